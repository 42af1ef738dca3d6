"""The words of every refusal: why not, and what to do next.

Each text may name the details of its refusal. `docs/refusals.md` lists the same codes.
"""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

REFUSALS: dict[str, LazyString] = {
    "already-done": _("Operation %(operation)s of %(order)s is done: %(good)s good."),
    "already-in-crew": _("Badge %(badge)s works on this already."),
    "already-released": _("Order %(order)s does not wait for release: it is %(state)s."),
    "badge-needed": _("Scan your badge first."),
    "bad-request": _("The server did not understand the request. Load the page again."),
    "enrolment-failed": _("The code is wrong, used or too old. Ask the office for a new one."),
    "failed": _("Something went wrong in the server. Call the office."),
    "frozen": _("%(operation)s runs or is about to: it keeps its place."),
    "held": _("Order %(order)s is held: %(why)s. Ask the dispatcher."),
    "invalid": _("Something is not filled in as it should be: %(errors)s"),
    "list-changed": _("Somebody has changed the list meanwhile. Look, then repeat."),
    "method-not-allowed": _("This address is not made for that. Load the page again."),
    "name-taken": _("The name %(name)s is in use already. Choose another."),
    "not-a-traveler": _("This code starts no work. Scan the line of one operation."),
    "not-allowed": _("You may not do this. Ask an administrator."),
    "not-found": _("There is nothing at this address."),
    "not-in-crew": _("Badge %(badge)s does not work on this."),
    "not-on-the-list": _("%(operation)s is not on this list any more. Look, then repeat."),
    "not-released": _("Order %(order)s is %(state)s, not released. Ask the dispatcher."),
    "not-running": _("Operation %(operation)s of %(order)s is not running: it is %(state)s."),
    "not-signed-in": _("Sign in first."),
    "nothing-arrived": _("Nothing has come from operation %(previous)s at %(work_center)s yet."),
    "nothing-reported": _("Nothing was counted. Enter what was made."),
    "nothing-to-undo": _("No resequence of %(work_center)s can be taken back."),
    "page-expired": _("This page has been open for too long. Load it again and repeat."),
    "reason-needed": _("Give a reason."),
    "refused": _("This cannot be done."),
    "release-checks-failed": _("Order %(order)s does not pass its checks: %(failed)s."),
    "set-up-failed": _("This is not the set-up code. Look for it in the log of the server."),
    "sheet-superseded": _("Sheet %(serial)s of order %(order)s is out of date."),
    "sign-in-failed": _("Name and password do not fit together. Try again."),
    "store-away": _("The database does not answer; nothing was changed. Try again in a moment."),
    "too-large": _("This is too large: at most %(megabytes)s MB."),
    "too-many": _("%(reported)s reported, but only %(arrived)s are here. Count again."),
    "too-many-attempts": _("Too many wrong attempts. Wait %(seconds)s seconds."),
    "undo-too-late": _("Too late to take back. Ask the dispatcher to correct it."),
    "undecodable": _("What the station's box sent makes no sense; it is kept as it came."),
    "unknown-badge": _("Badge %(badge)s is not known."),
    "unknown-code": _("%(text)s is no code of this plant."),
    "unknown-job": _("There is no print job %(job)s, or it is not ready yet."),
    "unknown-operation": _("Order %(order)s has no operation %(operation)s."),
    "unknown-order": _("There is no order %(order)s."),
    "unknown-sheet": _("Sheet %(serial)s was never printed here."),
    "unknown-station": _("There is no station %(station)s."),
    "unknown-work-center": _("There is no work center %(work_center)s."),
    "unreadable": _("The code arrived damaged. Scan again."),
    "wrong-work-center": _("These parts belong to %(right)s, not to %(here)s."),
}
"""What a person is told for each code."""

TITLES: dict[int, LazyString] = {
    403: _("Not allowed"),
    404: _("Not found"),
    500: _("Something went wrong"),
}
"""The heading of an error page by its status; any other has the one of `OTHER_TITLE`."""
OTHER_TITLE = _("This did not work")

CHECKS: dict[str, LazyString] = {
    "routing": _("routing"),
    "work-centers": _("work centers"),
    "standards": _("run standards"),
    "drawing-revision": _("drawing revision"),
    "lead-time": _("lead time"),
    "hold": _("hold"),
}
"""The names of the release checks."""

STATES: dict[str, LazyString] = {
    "planned": _("planned"),
    "released": _("released"),
    "waiting": _("waiting"),
    "ready": _("ready"),
    "running": _("running"),
    "suspended": _("suspended"),
    "completed": _("completed"),
    "cancelled": _("cancelled"),
}
"""The states of orders and operations."""
