"""Whether this user may open a device, and what would let them."""

import grp
import os
import pwd
import stat
from collections.abc import Iterator
from pathlib import Path

from hardware.checkup.findings import Finding, ok

AGAIN = "sign in again, or restart the agent, for it to count"


def user() -> str:
    """Return whose rights this process has."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())


def check_user() -> Iterator[Finding]:
    """Tell who looks, since what can be seen and opened depends on it."""
    if os.geteuid() == 0:
        yield ok("user", "root, who may open everything: its rights prove nothing for the agent's")
    else:
        groups = ", ".join(sorted(map(_group, os.getgroups())))
        found = f"{user()} in the groups {groups}; what others hold open shows with sudo only"
        yield ok("user", found)


def may_open(path: Path) -> bool:
    """Tell whether this user may read and write a device."""
    return os.access(path, os.R_OK | os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def rights_of(path: Path) -> str:
    """Return who may do what, as `ls -l` has it."""
    status = path.stat()
    return f"{stat.filemode(status.st_mode)} {_group(status.st_gid)}"


def way_in(path: Path) -> str:
    """Return what lets this user open a device."""
    status = path.stat()
    group = _group(status.st_gid)
    if not status.st_mode & stat.S_IRGRP or group == "root":
        return "Install the udev rules of deploy/, which give scanners to a group, and replug it."
    if user() in grp.getgrgid(status.st_gid).gr_mem:
        return f"{user()} is in the group {group}, but not yet in this session: {AGAIN}."
    return f"Put {user()} into its group (sudo usermod -aG {group} {user()}), then {AGAIN}."


def _group(number: int) -> str:
    try:
        return grp.getgrgid(number).gr_name
    except KeyError:
        return str(number)
