"""The `floorline` command.

A process that serves runs on gevent, which has to patch the standard library before anything else
is imported; every other command runs on ordinary threads.
"""

import sys

SERVING = frozenset({"serve", "demo"})

if SERVING.intersection(sys.argv[1:2]):
    from gevent import monkey

    monkey.patch_all()

from server.commands import main as commands
from server.commands.group import tell_bug


def main() -> None:
    """Run the `floorline` command; exits with its status."""
    sys.excepthook = tell_bug
    commands(prog_name="floorline")


if __name__ == "__main__":
    main()
