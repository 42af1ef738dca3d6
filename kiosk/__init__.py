"""The station box, which works alone."""
