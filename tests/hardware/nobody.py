"""What somebody without rights may do, as a user who is not root would find it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

NOBODY = 65534
TTY = 5
"""The group tty of every Linux."""


@contextmanager
def as_nobody() -> Iterator[None]:
    """Have no rights for a while."""
    if os.geteuid() != 0:
        pytest.skip("only root can become somebody else")
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@contextmanager
def open_folder() -> Iterator[Path]:
    """Lend a folder that everybody may look into, and only its owner may change."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)
