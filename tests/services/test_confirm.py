"""Confirmations: recorded once under the sender's id, answered the same every time."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.domain.errors import UnknownStation
from server.domain.operations import Quantities
from server.services import answers
from server.services.answers import Answer
from server.services.ports import Plant
from tests.services.kiosk import Kiosk, journal, line_of, operation_of, released
from tests.workshop import BEN, BENCH, LATHE, MILL, ORDER, Around, a_plant, examples


def test_a_repeated_scan_gets_the_same_answer_and_changes_nothing(
    plant: Plant, lathe: Kiosk
) -> None:
    lathe.badge()
    first = lathe.line(id="once")
    known, stood = len(journal(plant)), operation_of(plant)

    again = lathe.line(id="once")

    assert again == first
    assert len(journal(plant)) == known
    assert operation_of(plant) == stood


def test_a_repeated_report_counts_once(plant: Plant, lathe: Kiosk) -> None:
    lathe.start()

    first, again = (lathe.count(4, id="once") for _ in range(2))

    assert again == first
    assert operation_of(plant).done == Quantities(4)


def test_a_repeated_refusal_stays_one_even_when_it_would_be_taken_now(lathe: Kiosk) -> None:
    refused = lathe.line(id="once")
    lathe.badge()

    assert lathe.line(id="once") == refused
    assert lathe.line(id="twice").code == "started"


def test_a_repeated_undo_takes_back_once(plant: Plant, lathe: Kiosk) -> None:
    started = lathe.start()

    first, again = (lathe.undo(started, id="once") for _ in range(2))

    assert again == first
    assert operation_of(plant).crew == ()


def test_an_id_means_the_same_at_every_station(plant: Plant, lathe: Kiosk) -> None:
    refused = lathe.line(id="once")

    assert Kiosk(plant, MILL).line(20, id="once") == refused


@settings(max_examples=examples(30))
@given(st.sampled_from(["start", "panel", "count", "pause", "join", "leave", "wrong", "foreign"]))
def test_the_stored_answer_is_the_answer(what: str) -> None:
    plant = a_plant()
    released(plant, ORDER)
    lathe = Kiosk(plant)
    if what != "start":
        lathe.start()
        lathe.badge(BEN)

    def act() -> Answer:
        match what:
            case "start":
                lathe.badge()
                return lathe.line(id="once")
            case "panel":
                return lathe.line(id="once")
            case "count":
                return lathe.count(3, scrap=1, scrap_reason="surface", id="once")
            case "wrong":
                return Kiosk(plant, BENCH).line(id="once")
            case "foreign":
                return lathe.scan("\x00ß", id="once")
            case _:
                return lathe.touch(what, id="once", pause_reason="tool")

    first = act()

    assert act() == first
    assert answers.decode(answers.encode(first)) == first


def test_a_station_that_does_not_exist_is_not_answered(plant: Plant) -> None:
    known = len(journal(plant))

    with pytest.raises(UnknownStation):
        Kiosk(plant, "NOWHERE").badge()

    assert len(journal(plant)) == known


def test_a_refused_touch_names_its_operation(lathe: Kiosk) -> None:
    answer = lathe.count(4)

    assert (answer.code, answer.number) == ("not-running", "WO100245 / 010")


def test_screens_are_told_after_each_fact(plant: Plant, around: Around) -> None:
    told = len(around.announcer.told)

    Kiosk(plant).start()

    started = around.announcer.told[-1]
    assert len(around.announcer.told) == told + 2
    assert started.rev == len(journal(plant))
    assert [delta.work_center for delta in started.lists] == [LATHE]


def test_nobody_is_told_of_a_repeat(plant: Plant, lathe: Kiosk, around: Around) -> None:
    lathe.badge()
    code = line_of(plant, 10)
    lathe.scan(code, id="once")
    told = list(around.announcer.told)

    lathe.scan(code, id="once")

    assert around.announcer.told == told
