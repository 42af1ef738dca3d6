"""A dispatcher signed in over HTTP, for scenarios and measurements that need no browser."""

import http.cookiejar
import json
import re
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener


class Desk:
    """A signed-in session at the desk."""

    def __init__(self, address: str, name: str, password: str) -> None:
        self._address = address
        self._jar = http.cookiejar.CookieJar()
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor(self._jar))
        self._csrf = self._token("/desk/sign-in")
        form = {"csrf_token": self._csrf, "name": name, "password": password}
        self._opener.open(f"{address}/desk/sign-in", urlencode(form).encode(), timeout=30).read()
        self._csrf = self._token("/desk/lists")

    def _token(self, path: str) -> str:
        with self._opener.open(self._address + path, timeout=30) as answer:
            page = answer.read().decode()
        found = re.search(r'csrf[-_]token"[^>]*?(?:content|value)="([^"]+)"', page)
        if found is None:
            raise RuntimeError(f"no CSRF token on {path}: {page[:300]}")
        return found[1]

    @property
    def cookie(self) -> str:
        """Return the session as a Cookie header."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self._jar)

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Do what the desk does: POST JSON."""
        headers = {
            "Content-Type": "application/json",
            "X-CSRFToken": self._csrf,
            "Referer": self._address + "/desk/lists",
        }
        request = Request(self._address + path, json.dumps(body).encode(), headers)  # noqa: S310
        with self._opener.open(request, timeout=120) as answer:
            return dict(json.loads(answer.read()))

    def get(self, path: str) -> dict[str, Any]:
        """Return the JSON of a GET."""
        with self._opener.open(self._address + path, timeout=120) as answer:
            return dict(json.loads(answer.read()))

    def enrol(self, station: str, code: str) -> str:
        """Return the token of a device that enrols as a station with a code from the desk."""
        body = json.dumps({"code": code}).encode()
        headers = {"Content-Type": "application/json"}
        path = f"{self._address}/station/{station}/enrol"
        opener = build_opener()
        with opener.open(Request(path, body, headers), timeout=30) as answer:  # noqa: S310
            cookie = SimpleCookie(answer.headers["Set-Cookie"])
        return cookie["floorline_station"].value
