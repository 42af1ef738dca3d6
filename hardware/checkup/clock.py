"""Whether the clock of this machine can be believed."""

import ctypes
from collections.abc import Iterator
from pathlib import Path

from hardware.checkup.findings import Finding, look, ok

CLOCKS = Path("/sys/class/rtc")
_TIME_ERROR = 5
"""What adjtimex answers while nothing synchronises the clock."""
_WITH_NTP = "Switch it on (sudo timedatectl set-ntp true) with the plant's time server."


class _Timex(ctypes.Structure):
    """The beginning of the kernel's `struct timex`, and room for the rest; zeros only ask."""

    _fields_ = (
        ("modes", ctypes.c_uint),
        ("offset", ctypes.c_long),
        ("frequency", ctypes.c_long),
        ("greatest_error_us", ctypes.c_long),
        ("rest", ctypes.c_byte * 512),
    )


def check_synchronised() -> Iterator[Finding]:
    """Look whether something keeps the clock right."""
    about = "clock synchronised"
    asked = _Timex()
    answer = ctypes.CDLL(None, use_errno=True).adjtimex(ctypes.byref(asked))
    if answer < 0:
        yield look(about, "this system does not tell", "See what `timedatectl` says.")
    elif answer == _TIME_ERROR:
        yield look(about, "nothing keeps this clock right", _WITH_NTP)
    else:
        yield ok(about, f"yes, right within {asked.greatest_error_us / 1e6:.3f} s")


def check_battery(clocks: Path = CLOCKS) -> Iterator[Finding]:
    """Look whether a clock goes on while the machine is off."""
    found = sorted(clock.name for clock in clocks.glob("rtc*"))
    if found:
        yield ok("clock with a battery", ", ".join(found))
        return
    yield look(
        "clock with a battery",
        "none: after a power cut the time is wrong until the network is back",
        "Add a clock module (RTC), or give the machine a time server that is always there.",
    )
