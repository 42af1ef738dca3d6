"""The desk's pages: each shows what server.web.pages says, and changes nothing."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from server.domain.names import OrderNumber, WorkCenterName
from server.services import inquire
from server.services.rights import Right, require
from server.web import pages
from server.web.here import account, plant
from server.web.refusals import UnknownJob
from server.web.sign_in import require_account

JOB = "int(max=2147483647)"
"""The number of a print job in an address: no larger than a database can be asked for."""

desk = Blueprint("desk", __name__, url_prefix="/desk")
desk.before_request(require_account)


@desk.get("/")
def release() -> ResponseReturnValue:
    """Show the orders due for release."""
    return _shown("release", pages.release())


@desk.get("/release")
def release_too() -> ResponseReturnValue:
    """Lead to the orders due for release."""
    return redirect(url_for("desk.release"))


@desk.get("/lists")
def lists() -> ResponseReturnValue:
    """Show every work center with what stands in front of it."""
    return _shown("lists", pages.lists())


@desk.get("/lists/<work_center>")
def dispatch_list(work_center: str) -> ResponseReturnValue:
    """Show a dispatch list."""
    return _shown("list", pages.dispatch_list(WorkCenterName(work_center)))


@desk.get("/orders")
def orders() -> ResponseReturnValue:
    """Show the orders that a search finds."""
    return _shown("orders", pages.orders(request.args.get("q", "")))


@desk.get("/orders/<path:number>")
def order(number: str) -> ResponseReturnValue:
    """Show where a job is."""
    return _shown("order", pages.order(OrderNumber(number)))


@desk.get("/import")
def import_files() -> ResponseReturnValue:
    """Show where files of work orders are taken."""
    require(account(), Right.IMPORT)
    return _shown("import", {})


@desk.get("/paper")
def paper() -> ResponseReturnValue:
    """Show what was printed, and what can be."""
    return _shown("paper", pages.paper())


@desk.get("/flags")
def flags() -> ResponseReturnValue:
    """Show the reports that carry flags."""
    return _shown("flags", pages.flags())


@desk.get("/stations")
def stations() -> ResponseReturnValue:
    """Show the stations."""
    return _shown("stations", pages.stations())


@desk.get("/accounts")
def accounts() -> ResponseReturnValue:
    """Show who may sign in."""
    return _shown("accounts", pages.accounts())


@desk.get(f"/print/<{JOB}:job>.pdf")
def pdf(job: int) -> ResponseReturnValue:
    """Return the paper of a print job."""
    paper_of = inquire.pdf(plant(), account(), job)
    if paper_of is None:
        raise UnknownJob(job)
    return Response(paper_of, mimetype="application/pdf")


def _shown(screen: str, page: pages.Json) -> str:
    return render_template(f"desk/{screen}.html", frame=pages.frame(), page=page)
