"""The namespace of the desk: which lists a dispatcher's screen watches."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from flask_socketio import Namespace
from pydantic import ConfigDict, StringConstraints, TypeAdapter
from pydantic.dataclasses import dataclass as checked_dataclass
from socketio.exceptions import ConnectionRefusedError as ConnectionDenied

from server.domain.errors import Invalid, NotAllowed, Refusal
from server.domain.names import WorkCenterName
from server.domain.plant import Account
from server.services import accounts, inquire
from server.services.accounts import Visit
from server.services.ports import Plant, StoreAway
from server.services.rights import Right, require
from server.web import wire
from server.web.checked import checked
from server.web.wires import DESK, Wires, list_room

logger = logging.getLogger(__name__)

NAMESPACE = "/desk"

Name = Annotated[str, StringConstraints(min_length=1, max_length=60)]


@checked_dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid"))
class WatchMessage:
    """The dispatch list that a screen shows, or shows no more."""

    work_center: Name


WATCH = TypeAdapter(WatchMessage)


@dataclass(frozen=True, slots=True)
class Caller:
    """A connection of the desk, and who it belongs to."""

    sid: str
    account: Account


Handler = Callable[[Caller, object], object]


class DeskNamespace(Namespace):
    """Lets the desk's screens follow dispatch lists."""

    def __init__(
        self, plant: Plant, wires: Wires, session_visit: Callable[[Mapping[str, Any]], Visit]
    ) -> None:
        super().__init__(NAMESPACE)
        self._plant = plant
        self._wires = wires
        self._session_visit = session_visit
        self._visits: dict[str, Visit] = {}
        self.messages: Mapping[str, Handler] = {"watch": self._watch, "unwatch": self._unwatch}

    def trigger_event(self, event: str, sid: str, *args: Any) -> object:  # noqa: ANN401 - JSON
        """Answer one message of the desk; a refusal is an answer too."""
        if event == "connect" and sid not in self._visits:
            self._connect(sid, args[0])
            return None
        if event == "disconnect" and not self._wires.is_connected(sid, NAMESPACE):
            self._visits.pop(sid, None)
            return None
        try:
            return self._answer(event, sid, args[0] if args else {})
        except Refusal as refusal:
            logger.info("desk refused event=%s code=%s", event, refusal.code)
            return {"code": refusal.code, "details": refusal.details}
        except StoreAway as away:
            logger.warning("desk message failed event=%s why=%s", event, away)
            return {"code": "store-away", "details": {}}
        except Exception:  # The one place where a bug must not cost the desk its connection.
            logger.exception("desk message failed event=%s", event)
            return {"code": "failed", "details": {}}

    def recheck(self) -> None:
        """Disconnect everybody who may not listen any longer."""
        for sid, visit in list(self._visits.items()):
            if accounts.visitor(self._plant, visit) is None:
                self._wires.disconnect(sid, NAMESPACE)

    def _connect(self, sid: str, environ: Mapping[str, Any]) -> None:
        visit = self._session_visit(environ)
        try:
            visitor = accounts.visitor(self._plant, visit)
        except StoreAway as away:
            logger.warning("desk cannot connect why=%s", away)
            # It is told nothing: a client that was refused would not come back by itself.
            self._wires.break_off(sid, NAMESPACE)
            raise ConnectionDenied("store-away") from away
        if visitor is None:
            raise ConnectionDenied(NotAllowed.code)
        self._visits[sid] = visit
        self._wires.enter(sid, DESK, NAMESPACE)

    def _answer(self, event: str, sid: str, payload: object) -> object:
        handler = self.messages.get(event)
        if handler is None:
            expected = f"one-of:{', '.join(self.messages)}"
            raise Invalid([{"field": "message", "value": event, "expected": expected}])
        return handler(Caller(sid, self._account(sid)), payload)

    def _account(self, sid: str) -> Account:
        """Return who speaks; raise NotAllowed when the account is no longer active."""
        visit = self._visits.get(sid)
        account = accounts.visitor(self._plant, visit) if visit else None
        if account is None:
            raise NotAllowed(Right.INQUIRE)
        require(account, Right.INQUIRE)
        return account

    def _watch(self, caller: Caller, payload: object) -> object:
        work_center = WorkCenterName(checked(WATCH, payload).work_center)
        # The room first: a delta that comes before the list does no harm, one that is missed does.
        self._wires.enter(caller.sid, list_room(work_center), NAMESPACE)
        view = inquire.list_view(self._plant, caller.account, work_center)
        return {
            "rev": view.rev,
            "version": view.listed.version,
            "feed": view.listed.feed,
            "rows": [wire.row(row) for row in view.listed.rows],
            "frozen": view.work_center.frozen,
        }

    def _unwatch(self, caller: Caller, payload: object) -> object:
        room = list_room(checked(WATCH, payload).work_center)
        self._wires.leave(caller.sid, room, NAMESPACE)
        return {"ok": True}
