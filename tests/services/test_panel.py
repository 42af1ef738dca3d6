"""The finish panel: what a scan of a running operation opens."""

from datetime import timedelta

from server.domain.events import (
    OperatorKept,
    TravelerRead,
)
from server.domain.operations import OperationState
from server.domain.plant import Operator
from server.services.answers import CrewMember, Panel, SignedIn, Verdict
from server.services.ports import Plant
from tests.services.kiosk import Kiosk, journal, operation_of
from tests.workshop import (
    ANNA,
    BEN,
    BENCH,
    LATHE,
    MILL,
    NOON,
    record,
)

RUNNING, COMPLETED = OperationState.RUNNING, OperationState.COMPLETED

SIXTY_SECONDS = timedelta(seconds=60)


def test_the_panel_of_a_running_operation_says_what_is_left(plant: Plant, lathe: Kiosk) -> None:
    lathe.start()
    lathe.count(3, scrap=1, scrap_reason="surface")

    answer = lathe.line()

    assert (answer.verdict, answer.code) == (Verdict.OK, "panel")
    assert answer.panel == Panel(
        *("WO100245/010", "P-7001", "C", "Shaft", ""),
        quantity=10,
        arrived=10,
        good=3,
        scrap=1,
        rework=0,
        remaining=6,
        more_will_come=False,
        crew=(CrewMember(ANNA, "Anna"),),
    )
    assert isinstance(journal(plant)[-1].event, TravelerRead)


def test_the_panel_offers_the_operator_who_is_signed_in_to_join(lathe: Kiosk) -> None:
    lathe.start()
    lathe.badge(BEN)

    answer = lathe.line()

    assert answer.panel
    assert answer.panel.may_join == CrewMember(BEN, "Ben")
    assert answer.operator == SignedIn(BEN, "Ben", NOON + SIXTY_SECONDS)


def test_the_panel_does_not_offer_the_crew_to_join(lathe: Kiosk) -> None:
    lathe.start()
    lathe.badge(ANNA)

    panel = lathe.line().panel

    assert panel
    assert panel.may_join is None


def test_the_panel_says_whether_more_will_come(plant: Plant, lathe: Kiosk) -> None:
    lathe.start()
    lathe.count(4)
    mill = Kiosk(plant, MILL)
    mill.start(20)

    panel = mill.line(20).panel

    assert panel
    assert (panel.arrived, panel.remaining, panel.more_will_come) == (4, 4, True)


def test_the_panel_names_a_crew_member_who_has_left_the_plant(plant: Plant, lathe: Kiosk) -> None:
    lathe.start()
    record(plant, OperatorKept(Operator(ANNA, "Anna", active=False)))

    panel = lathe.line().panel

    assert panel
    assert panel.crew == (CrewMember(ANNA, "Anna"),)


def test_the_panel_opens_at_the_right_work_center_only(plant: Plant, lathe: Kiosk) -> None:
    lathe.start()
    bench = Kiosk(plant, BENCH)

    assert bench.line().code == "wrong-work-center"
    assert bench.line(insists=True).flags == ("rerouted",)
    assert operation_of(plant).work_center == LATHE
