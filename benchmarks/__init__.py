"""Measurements: run `make bench`; nothing here is asserted as a time in a test."""
