"""The central server and the rules of the plant."""
