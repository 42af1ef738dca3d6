"""The desk's JSON: what its pages ask again, and every change they make."""

from dataclasses import replace

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from server.domain.names import AccountName, BadgeNumber, OrderNumber, StationName, WorkCenterName
from server.domain.plant import Account, Operator, WorkCenter
from server.services import accounts, inquire, release, resequence, setup, stations
from server.web import desk_messages as said
from server.web import desk_wire, pages
from server.web.desk import JOB
from server.web.here import account, plant, posted
from server.web.importing import import_report
from server.web.printing import printed
from server.web.refusals import UnknownJob
from server.web.sign_in import require_account

api = Blueprint("desk_api", __name__, url_prefix="/desk/api")
api.before_request(require_account)


@api.get("/counts")
def counts() -> ResponseReturnValue:
    """Return what the rail of every page counts."""
    return jsonify(pages.counts())


@api.get("/release")
def due() -> ResponseReturnValue:
    """Return the orders due for release, with their checks."""
    return jsonify(pages.release())


@api.post("/release")
def release_orders() -> ResponseReturnValue:
    """Release orders."""
    message = posted(said.RELEASE)
    numbers = [OrderNumber(number) for number in message.orders]
    done = release.release(plant(), account(), numbers, message.reason)
    return jsonify(desk_wire.released(done))


@api.post("/hold")
def hold() -> ResponseReturnValue:
    """Stop an order."""
    message = posted(said.HOLD)
    release.hold(plant(), account(), OrderNumber(message.order), message.why)
    return jsonify({})


@api.post("/free")
def free() -> ResponseReturnValue:
    """Take the hold of an order away."""
    release.free(plant(), account(), OrderNumber(posted(said.FREE).order))
    return jsonify({})


@api.get("/lists")
def lists() -> ResponseReturnValue:
    """Return the loads of all work centers."""
    return jsonify(pages.lists())


@api.get("/lists/<work_center>")
def dispatch_list(work_center: str) -> ResponseReturnValue:
    """Return a dispatch list."""
    return jsonify(pages.dispatch_list(WorkCenterName(work_center)))


@api.post("/lists/<work_center>/move")
def move(work_center: str) -> ResponseReturnValue:
    """Move an operation on a list."""
    message = posted(said.MOVE)
    place = (message.operation, message.before)
    name = WorkCenterName(work_center)
    version = resequence.move(plant(), account(), name, message.version, place)
    return jsonify(version=version)


@api.post("/lists/<work_center>/propose")
def propose(work_center: str) -> ResponseReturnValue:
    """Return the order that a dispatch rule would give the list."""
    rule = posted(said.PROPOSE).rule
    proposal = resequence.propose(plant(), account(), WorkCenterName(work_center), rule)
    return jsonify(desk_wire.proposal(proposal))


@api.post("/lists/<work_center>/accept")
def accept(work_center: str) -> ResponseReturnValue:
    """Give the list the order of a proposal."""
    message = posted(said.ACCEPT)
    proposed = (message.rule, message.order)
    name = WorkCenterName(work_center)
    version = resequence.accept(plant(), account(), name, message.version, proposed)
    return jsonify(version=version)


@api.post("/lists/<work_center>/undo")
def undo(work_center: str) -> ResponseReturnValue:
    """Take the last resequence of a list back."""
    version = posted(said.UNDO).version
    after = resequence.undo(plant(), account(), WorkCenterName(work_center), version)
    return jsonify(version=after)


@api.get("/orders")
def orders() -> ResponseReturnValue:
    """Return the orders that a search finds."""
    return jsonify(pages.orders(request.args.get("q", "")))


@api.get("/orders/<path:number>")
def order(number: str) -> ResponseReturnValue:
    """Return where a job is."""
    return jsonify(pages.order(OrderNumber(number)))


@api.post("/print")
def print_document() -> ResponseReturnValue:
    """Put a document on the spool."""
    return jsonify(job=printed(posted(said.PRINT)))


@api.get(f"/print/<{JOB}:job>")
def print_state(job: int) -> ResponseReturnValue:
    """Return how far a print job is."""
    found = inquire.print_job(plant(), account(), job)
    if found is None:
        raise UnknownJob(job)
    return jsonify(desk_wire.print_job(found))


@api.get("/paper")
def paper() -> ResponseReturnValue:
    """Return the newest print jobs."""
    return jsonify(pages.paper())


@api.get("/flags")
def flags() -> ResponseReturnValue:
    """Return the newest reports that carry flags."""
    return jsonify(pages.flags())


@api.post("/import")
def import_files() -> ResponseReturnValue:
    """Take files of work orders, all or nothing."""
    return jsonify(desk_wire.import_report(import_report()))


@api.get("/stations")
def list_stations() -> ResponseReturnValue:
    """Return every station."""
    return jsonify(pages.stations())


@api.post("/stations")
def add_station() -> ResponseReturnValue:
    """Set up a station, or move one to another work center."""
    message = posted(said.STATION)
    work_center = WorkCenterName(message.work_center)
    stations.add_station(plant(), account(), message.name, work_center)
    return jsonify({})


@api.post("/stations/<name>/code")
def station_code(name: str) -> ResponseReturnValue:
    """Return a one-time code that makes a device this station."""
    enrolment = stations.enrolment_code(plant(), account(), StationName(name))
    return jsonify(code=enrolment.code, until=enrolment.until)


@api.post("/stations/<name>/revoke")
def revoke_station(name: str) -> ResponseReturnValue:
    """Take a device's right to speak for a station away."""
    stations.revoke(plant(), account(), StationName(name))
    return jsonify({})


@api.get("/accounts")
def list_accounts() -> ResponseReturnValue:
    """Return every account."""
    return jsonify(pages.accounts())


@api.post("/accounts")
def add_account() -> ResponseReturnValue:
    """Create an account."""
    message = posted(said.ACCOUNT)
    new = Account(AccountName(message.name), message.role, message.display_name)
    accounts.add_account(plant(), account(), new, message.password)
    return jsonify({})


@api.post("/accounts/<name>")
def change_account(name: str) -> ResponseReturnValue:
    """Change an account."""
    message = posted(said.ACCOUNT_CHANGE)
    changed = Account(AccountName(name), message.role, message.display_name, message.active)
    accounts.change_account(plant(), account(), changed, message.password)
    return jsonify({})


@api.post("/work-centers")
def keep_work_center() -> ResponseReturnValue:
    """Set up or change a work center."""
    message = posted(said.WORK_CENTER)
    named = WorkCenter(WorkCenterName(message.name), message.description, message.department)
    setup.keep_work_center(plant(), account(), replace(named, frozen=message.frozen))
    return jsonify({})


@api.post("/operators")
def keep_operator() -> ResponseReturnValue:
    """Set up or change an operator and the badge."""
    message = posted(said.OPERATOR)
    badge = BadgeNumber(message.badge)
    operator = Operator(badge, message.name, message.contractor, message.active)
    setup.keep_operator(plant(), account(), operator)
    return jsonify({})
