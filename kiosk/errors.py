"""What the station box raises.

KioskError
├── SettingsInvalid    settings that cannot be used, all of them at once
├── FolderInUse        another agent works in this folder
├── JournalUnsafe      the disk or the file cannot be trusted to keep a scan
├── JournalFailed      this scan could not be kept
├── ServerAway         not now; trying again may help
├── TokenRefused       the server does not take this box for the station any more
└── EnrolmentRefused   the server does not make this box the station
"""


class KioskError(Exception):
    """Something that a station box cannot do; its text says what to do about it."""


class SettingsInvalid(KioskError):
    """Settings that cannot be used; every mistake is one line of `errors`."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__("; ".join(errors))
        self.errors = errors


class FolderInUse(KioskError):
    """Two agents in one folder would be one station twice."""

    def __init__(self, folder: object) -> None:
        super().__init__(f"{folder}: another station agent works here; stop it first")


class JournalUnsafe(KioskError):
    """The journal cannot promise that a scan survives, so none may be taken."""


class JournalFailed(KioskError):
    """What was to be kept in the journal is not in it."""


class ServerAway(KioskError):
    """The server does not answer, or not sensibly; it may do so later."""


class TokenRefused(KioskError):
    """The token of this box was revoked, or belongs to another plant."""

    def __init__(self) -> None:
        super().__init__(
            "the server does not take this box for the station: get a new code in the desk, under "
            "Stations, and start the agent again with --code; its scans are kept meanwhile"
        )


class EnrolmentRefused(KioskError):
    """The code is wrong, used or too old, or there is no such station."""

    def __init__(self, station: str, said: str) -> None:
        super().__init__(
            f"{station} was not enrolled: {said} Get a new code in the desk, under Stations, and "
            "start the agent again with --code"
        )
