"""The set-up code: only its owner may be the first to come to a plant that has no account yet."""

import hmac
import logging
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Request

from server.domain.errors import SetUpFailed
from server.services.stations import CODE_LENGTH, CODE_LETTERS, compact

logger = logging.getLogger(__name__)

FORWARDED = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip")
"""Headers of a proxy: behind one, anybody may be asking."""


class SetUp:
    """The one-time code for the first account, and who is asked for it.

    It is made of the key that all servers of a plant share, so that each of them takes it.
    """

    def __init__(self, key: bytes, *, behind_proxies: bool) -> None:
        drawn = hmac.digest(key, b"floorline set-up code", "sha256")[:CODE_LENGTH]
        self.code = "".join(CODE_LETTERS[byte % len(CODE_LETTERS)] for byte in drawn)
        self._behind_proxies = behind_proxies
        self._is_told = False

    def tell(self) -> None:
        """Write the code into the log, once: whoever can read it may run the plant."""
        if not self._is_told:
            self._is_told = True
            logger.warning("no account yet, set-up needs a code code=%s", self.code)

    def is_asked_of(self, request: Request) -> bool:
        """Tell whether a request may come from another machine than the server's own."""
        if self._behind_proxies or any(name in request.headers for name in FORWARDED):
            return True
        # The name too: a page of a stranger can make its own name lead to this machine.
        return not (is_loopback(request.remote_addr or "") and is_loopback(_name_in(request.host)))

    def check(self, typed: str) -> None:
        """Raise SetUpFailed unless this is the code, however its letters were typed."""
        if not hmac.compare_digest(compact(typed).encode(), self.code.encode()):
            raise SetUpFailed


def is_loopback(host: str) -> bool:
    """Tell whether an address or name can only be reached from the machine itself."""
    try:
        address = ip_address(host)
    except ValueError:
        return host.lower() == "localhost"
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)


def _name_in(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
