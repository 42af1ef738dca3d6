"""What keeps strangers out of browsers and browsers out of trouble: headers, cookies, origins."""

import logging
import os
import secrets
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from flask import Flask, Response, g, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from server.domain.errors import NotAllowed
from server.services.ports import LARGEST_FILE

logger = logging.getLogger(__name__)

KEY_BYTES = 32
SESSION_AGE = timedelta(hours=12)
MEGABYTE = 1_000_000
LARGEST_REQUEST = LARGEST_FILE + MEGABYTE
"""A file of work orders is the largest thing that anybody sends; the form around it is small."""
LARGEST_MESSAGE = 64_000
"""In bytes, for one message of a socket."""

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

POLICY = (
    ("default-src", "'none'"),
    ("script-src", "'self' 'nonce-{nonce}'"),
    ("style-src", "'self'"),
    ("img-src", "'self' data:"),
    ("font-src", "'self'"),
    ("media-src", "'self'"),
    ("connect-src", "'self'"),
    ("manifest-src", "'self'"),
    ("worker-src", "'self'"),
    ("form-action", "'self'"),
    ("base-uri", "'none'"),
    ("frame-ancestors", "'none'"),
)
"""The Content-Security-Policy of every answer."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), microphone=(), payment=(), usb=()",
}


def secret_key(folder: Path, *, may_be_one_of_several: bool = False) -> bytes:
    """Return the key that signs sessions, made on the first start and readable by us alone."""
    path = folder / "secret.key"
    folder.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        # Whole or not at all: neither a crash nor another process may leave or find half a key.
        with NamedTemporaryFile(dir=folder) as draft, suppress(FileExistsError):
            draft.write(secrets.token_bytes(KEY_BYTES))
            draft.flush()
            os.fsync(draft.fileno())
            path.hardlink_to(draft.name)
            if may_be_one_of_several:
                logger.warning(
                    "secret key is new, all servers of a plant need the same path=%s", path
                )
    return path.read_bytes()


def secure(
    app: Flask, csrf: CSRFProtect, origins: Collection[str], *, secure_cookies: bool
) -> None:
    """Give an app its session cookie, its protection against forged requests, and its headers."""
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        PERMANENT_SESSION_LIFETIME=SESSION_AGE,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_NAME="floorline_desk",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=secure_cookies,
        # The token lives as long as the session: a desk is left open all day.
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.before_request(_draw_nonce)
    app.before_request(lambda: _refuse_foreign(origins))
    csrf.init_app(app)
    app.context_processor(lambda: {"csp_nonce": _nonce()})
    app.after_request(lambda response: _headed(response, secure=secure_cookies))


def behind_proxies(app: Flask, count: int) -> None:
    """Believe so many proxies what they say about the client; must wrap everything else."""
    if count:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign] # As Flask's own documentation does.
            app.wsgi_app, x_for=count, x_proto=count, x_host=count, x_prefix=count
        )


Environ = Mapping[str, Any]


def origin_check(others: Collection[str]) -> Callable[[str, Environ], bool]:
    """Return the check of a handshake's origin: the server's own, or one of the others."""

    def is_allowed(origin: str, environ: Environ) -> bool:
        own = f"{environ['wsgi.url_scheme']}://{environ.get('HTTP_HOST', '')}"
        return origin == own or origin in others

    return is_allowed


def _refuse_foreign(others: Collection[str]) -> None:
    """Refuse a change that a page of another origin asks for."""
    origin = request.headers.get("Origin")
    if request.method in SAFE_METHODS or origin is None:
        return
    if not origin_check(others)(origin, request.environ):
        raise NotAllowed("origin")


def _draw_nonce() -> None:
    g.csp_nonce = secrets.token_urlsafe(16)


def _nonce() -> str:
    nonce: str = g.csp_nonce
    return nonce


def _headed(response: Response, *, secure: bool) -> Response:
    nonce = g.get("csp_nonce", "")
    policy = "; ".join(f"{name} {value.format(nonce=nonce)}" for name, value in POLICY)
    response.headers["Content-Security-Policy"] = policy
    response.headers.update(HEADERS)
    if secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response
