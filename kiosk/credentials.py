"""What makes a box the station: a token, which the server gives for a one-time code."""

import json
from http.client import HTTPException
from http.cookies import CookieError, SimpleCookie
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from kiosk.config import Settings
from kiosk.errors import EnrolmentRefused, ServerAway, TokenRefused
from kiosk.home import Home
from server.web.station import COOKIE, tokens_of

ENROL_S = 10.0
LONGEST_BODY = 10_000
SERVER_ERROR = 500


class Credentials:
    """The token of this box, asked for when it is first needed."""

    def __init__(self, settings: Settings, home: Home) -> None:
        self._settings = settings
        self._home = home
        self._code = settings.code
        self._is_refused = False

    def token(self) -> str:
        """Return the token; raise ServerAway, EnrolmentRefused or TokenRefused without one."""
        if self._is_refused and self._code:
            return self._enrol()
        return self._home.token or self._enrol()

    def forget(self) -> bool:
        """Take note that the token was refused; tell whether there is a code for another one."""
        self._is_refused = True
        return bool(self._code)

    def _enrol(self) -> str:
        if not self._code:
            raise TokenRefused
        try:
            token = enrol(self._settings.server, self._settings.name, self._code)
        except EnrolmentRefused:
            # It will not become right by trying again, and wrong codes are counted.
            self._code = ""
            raise
        self._code = ""
        self._is_refused = False
        self._home.keep_token(token)
        return token


def enrol(server: str, station: str, code: str) -> str:
    """Return a new token for a one-time code; raise EnrolmentRefused or ServerAway."""
    request = Request(  # noqa: S310 - the settings allow http and https only
        f"{server}/station/{quote(station)}/enrol",
        data=json.dumps({"code": code}).encode(),
        headers={"Content-Type": "application/json", "Accept": "application/json"},
    )
    try:
        with urlopen(request, timeout=ENROL_S) as answer:  # noqa: S310 - as above
            cookies = answer.headers.get_all("Set-Cookie", [])
    except HTTPError as refusal:
        with refusal:
            if refusal.code >= SERVER_ERROR:
                raise ServerAway(str(refusal)) from refusal
            raise EnrolmentRefused(station, _said(refusal)) from refusal
    except (OSError, HTTPException) as problem:
        raise ServerAway(str(problem)) from problem
    return _token(cookies)


def _token(cookies: list[str]) -> str:
    """Return the token in what an enrolled browser would keep."""
    try:
        tokens = [tokens_of(SimpleCookie(cookie)[COOKIE].value) for cookie in cookies]
        return tokens[-1][-1]
    except (CookieError, KeyError, IndexError) as missing:
        raise ServerAway("it is no Floorline server: it gave no token") from missing


def _said(refusal: HTTPError) -> str:
    """Return why the server refuses, in its own words where it has some."""
    try:
        text = json.loads(refusal.read(LONGEST_BODY))["text"]
    except (OSError, HTTPException, ValueError, KeyError, TypeError):
        text = f"{refusal.code} {refusal.reason}."
    return str(text)
