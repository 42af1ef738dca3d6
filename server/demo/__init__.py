"""A believable plant, generated from a seed."""
