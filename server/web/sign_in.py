"""Who is at the desk: signing in and out, and the first account of a new plant."""

from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from server.domain.errors import Refusal
from server.domain.names import AccountName
from server.domain.plant import Account, Role
from server.services import accounts
from server.services.accounts import Visit
from server.web import refusals
from server.web.here import desk, plant, sign_in_as

SESSION_NAME, SESSION_PROOF = "account", "proof"
MOST_FOR_NAME, MOST_FOR_ADDRESS = 10, 50
"""How many wrong passwords or set-up codes one address may try before it has to wait."""

pages = Blueprint("sign_in", __name__, url_prefix="/desk")


def require_account() -> ResponseReturnValue | None:
    """Let only those in who have signed in; a new plant asks for its first account."""
    account = accounts.visitor(plant(), session_visit())
    if account is not None:
        sign_in_as(account)
        return None
    if refusals.wants_page() and not accounts.has_accounts(plant()):
        return redirect(url_for("sign_in.first"))
    raise refusals.NotSignedIn


def session_visit() -> Visit:
    """Return who the session of the present request says it belongs to."""
    name = AccountName(str(session.get(SESSION_NAME, "")))
    return Visit(name, str(session.get(SESSION_PROOF, "")))


@pages.get("/sign-in")
def page() -> ResponseReturnValue:
    """Show the sign-in."""
    if not accounts.has_accounts(plant()):
        return redirect(url_for("sign_in.first"))
    return _form("desk/sign_in.html", next=_next(), name="")


@pages.post("/sign-in")
def enter() -> ResponseReturnValue:
    """Sign in, and go on to where the person wanted to."""
    name, password = _field("name"), request.form.get("password", "")
    address = request.remote_addr
    most = {f"{name.lower()} from {address}": MOST_FOR_NAME, f"from {address}": MOST_FOR_ADDRESS}
    try:
        with desk().attempts.attempt(most, plant().now()):
            _begin(accounts.sign_in(plant(), name, password))
    except Refusal as refusal:
        return _again("desk/sign_in.html", refusal, next=_next(), name=name)
    return redirect(_next())


@pages.post("/sign-out")
def leave() -> ResponseReturnValue:
    """Sign out."""
    session.clear()
    return redirect(url_for("sign_in.page"))


@pages.get("/first-account")
def first() -> ResponseReturnValue:
    """Show where the first account is created, while there is none."""
    if accounts.has_accounts(plant()):
        return redirect(url_for("sign_in.page"))
    needs_code = _needs_code()
    if needs_code:
        desk().set_up.tell()
    return _form("desk/first_account.html", name="", display_name="", needs_code=needs_code)


@pages.post("/first-account")
def create_first() -> ResponseReturnValue:
    """Create the first account, and sign it in."""
    account = Account(AccountName(_field("name")), Role.ADMINISTRATOR, _field("display_name"))
    most = {f"set-up from {request.remote_addr}": MOST_FOR_NAME}
    try:
        with desk().attempts.attempt(most, plant().now()):
            if _needs_code():
                desk().set_up.check(_field("code"))
            accounts.create_first_account(plant(), account, request.form.get("password", ""))
    except Refusal as refusal:
        kept = {"name": account.name, "display_name": account.display_name}
        return _again("desk/first_account.html", refusal, **kept, needs_code=_needs_code())
    _begin(account)
    return redirect(url_for("desk.release"))


def _needs_code() -> bool:
    """Tell whether a first account is only for whoever knows the set-up code."""
    return desk().set_up.is_asked_of(request) and not accounts.has_accounts(plant())


def _begin(account: Account) -> None:
    """Start a new session, so that nothing of an earlier one lives on."""
    session.clear()
    session.permanent = True
    visit = accounts.visit(plant(), account)
    session[SESSION_NAME], session[SESSION_PROOF] = visit.name, visit.proof


def _field(name: str) -> str:
    return request.form.get(name, "").strip()[:200]


def _next() -> str:
    """Return where to go after the sign-in: an address of the desk, whatever was asked for."""
    wanted = request.values.get("next", "")
    parts = urlsplit(wanted)
    is_ours = not parts.scheme and not parts.netloc and wanted.startswith("/desk/")
    # A line break cannot stand in a header, and nothing else that is unseen belongs there.
    return wanted if is_ours and wanted.isprintable() else url_for("desk.release")


def _form(template: str, **page: object) -> str:
    return render_template(template, page={**page, "refusal": None})


def _again(template: str, refusal: Refusal, **page: object) -> ResponseReturnValue:
    said = refusals.told(refusal.code, refusal.details)
    status = refusals.status_of(refusal.code)
    return render_template(template, page={**page, "refusal": said}), status
