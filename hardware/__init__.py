"""Drivers: bytes and paper, no work orders."""
