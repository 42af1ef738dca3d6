"""Files and messages in and out of the plant."""
