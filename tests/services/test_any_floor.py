"""Whatever people do, allowed or not: the invariants of the plant hold after every step."""

from contextlib import suppress
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
)

from server.domain.errors import Refusal
from server.domain.events import OperatorKept, OrderReplanned, QuantityReported
from server.domain.floor import replay
from server.domain.names import OperationId, OrderNumber, WorkCenterName
from server.domain.operations import STARTABLE, Operation, OperationState, Quantities
from server.domain.orders import OrderState, WorkOrder
from server.domain.plant import Operator
from server.domain.rows import DispatchList
from server.domain.sequence import Rule
from server.services import paper, planning, release, resequence
from server.services.answers import Answer
from server.services.ports import Inquiries
from tests.domain.screen import Screen
from tests.fakes.memory_inquiries import MemoryInquiries
from tests.services.kiosk import Kiosk, journal, line_of, new_id, rows, sheets
from tests.workshop import (
    ANNA,
    BEN,
    BENCH,
    DISPATCHER,
    LATHE,
    MILL,
    Around,
    Clock,
    a_plant,
    examples,
    plan,
    record,
    step,
)

PLACES = (LATHE, MILL, BENCH)
NUMBERS = ("WO1", "WO1-2", "WO3")
BEGUN = set(OperationState) - {OperationState.WAITING, OperationState.READY}

places = st.sampled_from(PLACES)
numbers = st.sampled_from(NUMBERS).map(OrderNumber)
badges = st.sampled_from([ANNA, BEN])
steps = st.builds(step, st.sampled_from([10, 20, 30]), places)
plans = st.builds(
    plan,
    numbers,
    quantity=st.integers(1, 6),
    hot=st.booleans(),
    revision=st.sampled_from(["C", "D", ""]),
    routing=st.lists(steps, min_size=1, max_size=3, unique_by=lambda one: one.number).map(tuple),
)
pieces = st.builds(Quantities, st.integers(0, 6), st.integers(0, 1), st.integers(0, 1))
reasons = st.sampled_from(["", "surface"])


def assert_state_is_a_function_of_the_journal(inquiries: Inquiries) -> None:
    """Compare what a store tells with what its journal amounts to."""
    floor = replay(inquiries.entries(0, 100_000))
    if isinstance(inquiries, MemoryInquiries):
        assert floor == inquiries.floor
    assert sorted(floor.orders) == sorted(o.number for o in inquiries.search_orders("", 99))
    assert [inquiries.order(number) for number in floor.orders] == list(floor.orders.values())
    assert [inquiries.sheet(serial) for serial in floor.sheets] == list(floor.sheets.values())
    for name in PLACES:
        rows = inquiries.dispatch_list(name).rows
        places = [floor.places[row.operation] for row in rows]
        assert tuple(row.operation for row in rows) == floor.listed(name)
        assert [(row.rank, row.placed) for row in rows] == [(p.rank, p.placed) for p in places]


class AnyFloor(RuleBasedStateMachine):
    """Two operators, two dispatchers and a planner who do as they please."""

    answers = Bundle("answers")

    @initialize(plans=st.lists(plans, min_size=1, max_size=3, unique_by=lambda p: p.number))
    def begin(self, plans: Any) -> None:
        """Set a plant up, with some orders on its floor."""
        self.clock = Clock()
        self.around = Around(now=self.clock)
        self.plant = a_plant(self.around)
        self.screens = {name: Screen(self.listed(name)) for name in PLACES}
        self.told = len(self.around.announcer.told)
        self.where: dict[str, str] = {}
        self.again: dict[str, tuple[Answer, Any]] = {}
        planning.import_orders(self.plant, DISPATCHER, rows(*plans))
        release.release(self.plant, DISPATCHER, [p.number for p in plans], "in any case")

    # What the floor does

    @rule(place=places, badge=badges)
    def read_a_badge(self, place: WorkCenterName, badge: Any) -> None:
        Kiosk(self.plant, place).badge(badge)

    @rule(target=answers, place=places, one=st.data(), insists=st.booleans(), paper=st.booleans())
    def scan(self, place: WorkCenterName, one: st.DataObject, *, insists: bool, paper: bool) -> Any:
        operation = one.draw(st.sampled_from(self.operations()))
        kiosk = Kiosk(self.plant, place)
        if paper and self.has_line(operation):
            text = line_of(self.plant, operation.number, operation.order)
            return self.heard(kiosk.scan, text, insists=insists)
        text = f"{operation.order} {operation.number:03d}"
        return self.heard(kiosk.scan, text, typed=True, insists=insists)

    @rule(target=answers, place=places, badge=badges, one=st.data(), insists=st.booleans())
    def start(self, place: WorkCenterName, badge: Any, one: st.DataObject, *, insists: bool) -> Any:
        Kiosk(self.plant, place).badge(badge)
        operation = one.draw(st.sampled_from(self.operations()))
        text = f"{operation.order} {operation.number:03d}"
        return self.heard(Kiosk(self.plant, place).scan, text, typed=True, insists=insists)

    @rule(
        target=answers,
        place=places,
        one=st.data(),
        says=st.fixed_dictionaries(
            {
                "verb": st.sampled_from(["quantity", "quantity", "pause", "join", "leave"]),
                "pieces": pieces,
                "closes_short": st.booleans(),
                "insists": st.booleans(),
                "badge": st.none() | badges,
                "scrap_reason": reasons,
                "rework_reason": st.just("deburr"),
                "pause_reason": reasons,
            }
        ),
    )
    def report(self, place: WorkCenterName, one: st.DataObject, says: dict[str, Any]) -> Any:
        operation = one.draw(st.sampled_from(self.operations()))
        verb = says.pop("verb")
        return self.heard(Kiosk(self.plant, place).touch, verb, operation=operation, **says)

    @rule(target=answers, one=st.data(), badge=badges)
    def work_as_told(self, one: st.DataObject, badge: Any) -> Any:
        """Start something that is ready, where it belongs."""
        ready = [o for o in self.every_operation() if o.state in STARTABLE]
        if not ready:
            return multiple()
        operation = one.draw(st.sampled_from(ready))
        kiosk = Kiosk(self.plant, operation.work_center)
        kiosk.badge(badge)
        text = f"{operation.order} {operation.number:03d}"
        return self.heard(kiosk.scan, text, typed=True)

    @rule(
        target=answers,
        one=st.data(),
        verb=st.sampled_from(["finish", "finish", "some", "many", "join", "leave", "pause"]),
        badge=badges,
    )
    def go_on_as_told(self, one: st.DataObject, verb: str, badge: Any) -> Any:
        """Report on something that runs, where it runs."""
        running = [o for o in self.every_operation() if o.is_running]
        if not running:
            return multiple()
        operation = one.draw(st.sampled_from(running))
        kiosk = Kiosk(self.plant, operation.work_center)
        if verb == "join":
            kiosk.badge(badge)
        if verb in {"join", "leave", "pause"}:
            return self.heard(kiosk.touch, verb, operation=operation.id, pause_reason="tool")
        good = {"finish": operation.remaining, "some": 1}.get(verb, operation.remaining + 1)
        says = {"insists": verb == "many", "closes_short": good == 0}
        pieces = Quantities(good)
        return self.heard(kiosk.touch, "quantity", operation=operation.id, pieces=pieces, **says)

    @rule(answer=answers)
    def take_back_at_once(self, answer: Answer) -> None:
        self.heard(Kiosk(self.plant, self.where[answer.id]).undo, answer)

    @rule(place=places, answer=answers)
    def take_back(self, place: WorkCenterName, answer: Answer) -> None:
        self.heard(Kiosk(self.plant, place).undo, answer)

    @rule(answer=answers)
    def send_again(self, answer: Answer) -> None:
        known = len(journal(self.plant))
        first, send = self.again[answer.id]

        assert send() == first
        assert len(journal(self.plant)) == known

    @rule(seconds=st.sampled_from([1, 9, 70]))
    def wait(self, seconds: int) -> None:
        self.clock.wait(seconds)

    # What the office does

    @rule(plan=plans)
    def import_again(self, plan: Any) -> None:
        planning.import_orders(self.plant, DISPATCHER, rows(plan))

    @rule(number=numbers, reason=st.sampled_from(["", "in any case"]))
    def release(self, number: OrderNumber, reason: str) -> None:
        release.release(self.plant, DISPATCHER, [number], reason)

    @rule(number=numbers, held=st.sampled_from([True, False, False]))
    def hold(self, number: OrderNumber, *, held: bool) -> None:
        try:
            if held:
                release.hold(self.plant, DISPATCHER, number, "crack found")
            else:
                release.free(self.plant, DISPATCHER, number)
        except Refusal:
            pass

    @rule(number=numbers, reason=st.sampled_from(["", "coffee"]))
    def print(self, number: OrderNumber, reason: str) -> None:
        with suppress(Refusal):
            paper.print_traveler(self.plant, DISPATCHER, number, reason)

    @rule(badge=badges, active=st.sampled_from([True, True, False]))
    def come_or_go(self, badge: Any, *, active: bool) -> None:
        record(self.plant, OperatorKept(Operator(badge, f"Operator {badge}", active=active)))

    @rule(place=places, late=st.integers(0, 1), one=st.data(), by=st.sampled_from(Rule))
    def resequence(self, place: WorkCenterName, late: int, one: st.DataObject, by: Rule) -> None:
        version = self.listed(place).version - late
        acts = st.sampled_from(["move", "move", "accept", "undo"])
        try:
            match one.draw(acts):
                case "move":
                    some = st.sampled_from(self.operations())
                    wish = (one.draw(some), one.draw(st.none() | some))
                    resequence.move(self.plant, DISPATCHER, place, version, wish)
                case "accept":
                    after = resequence.propose(self.plant, DISPATCHER, place, by).after
                    resequence.accept(self.plant, DISPATCHER, place, version, (by, after))
                case _:
                    resequence.undo(self.plant, DISPATCHER, place, version)
        except Refusal:
            pass

    # What holds after each of it

    @invariant()
    def revisions_have_no_gaps(self) -> None:
        entries = journal(self.plant)
        assert [entry.rev for entry in entries] == list(range(1, len(entries) + 1))
        assert self.plant.store.read(lambda books: books.revision()) == len(entries)

    @invariant()
    def the_state_is_a_function_of_the_journal(self) -> None:
        self.plant.store.read(assert_state_is_a_function_of_the_journal)

    @invariant()
    def every_open_operation_is_on_one_list_once(self) -> None:
        listed = [(name, row.operation) for name in PLACES for row in self.listed(name).rows]
        assert sorted(listed) == sorted(
            (one.work_center, one.id)
            for whole in self.orders()
            if whole.is_on_the_floor
            for one in whole.operations
            if one.is_open
        )

    @invariant()
    def arrivals_and_states_follow_from_the_operations(self) -> None:
        for whole in self.orders():
            assert whole.settled() == whole
            for one in whole.operations:
                assert one.is_running == bool(one.crew)
                assert one.is_open == (one.completed_at is None)
                assert one.state not in BEGUN or one.started_at is not None

    @invariant()
    def nobody_makes_more_than_arrived_without_a_flag(self) -> None:
        events = [entry.event for entry in journal(self.plant)]
        flagged = {
            event.operation
            for event in events
            if isinstance(event, QuantityReported) and "over_quantity" in event.flags
        }
        replanned = {e.plan.number for e in events if isinstance(e, OrderReplanned)}
        for whole in self.orders():
            for one in whole.operations:
                excused = one.id in flagged or whole.number in replanned
                assert one.done.total <= one.arrived or excused

    @invariant()
    def at_most_one_traveler_of_an_order_is_current(self) -> None:
        for whole in self.orders():
            current = [sheet for sheet in sheets(self.plant, whole.number) if sheet.is_current]
            assert len(current) <= 1
            assert whole.state is not OrderState.CANCELLED

    @invariant()
    def screens_that_follow_show_what_is(self) -> None:
        for change in self.around.announcer.told[self.told :]:
            for delta in change.lists:
                self.screens[delta.work_center].apply(delta)
        self.told = len(self.around.announcer.told)
        for name in PLACES:
            assert self.screens[name].shown() == self.listed(name)

    # How it is looked at

    def listed(self, name: WorkCenterName) -> DispatchList:
        return self.plant.store.read(lambda books: books.dispatch_list(name))

    def orders(self) -> tuple[WorkOrder, ...]:
        return self.plant.store.read(lambda books: books.search_orders("", 99))

    def every_operation(self) -> list[Operation]:
        return [one for whole in self.orders() for one in whole.operations]

    def operations(self) -> list[OperationId]:
        return [one.id for one in self.every_operation()]

    def has_line(self, operation: OperationId) -> bool:
        of = sheets(self.plant, operation.order)
        return bool(of) and any(line.operation == operation.number for line in of[0].lines)

    def heard(self, act: Any, *arguments: Any, **says: Any) -> Any:
        """Return an answer that may be taken back, and keep how to ask for any again."""
        identity = new_id()

        def send() -> Answer:
            answer = act(*arguments, id=identity, **says)
            assert isinstance(answer, Answer)
            return answer

        answer = send()
        self.again[identity] = (answer, send)
        self.where[identity] = act.__self__.name
        return answer if answer.undo_until else multiple()


TestAnyFloor = AnyFloor.TestCase
TestAnyFloor.settings = settings(max_examples=examples(25), stateful_step_count=25, deadline=None)
