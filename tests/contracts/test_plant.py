"""What every store promises about the plant as it is set up."""

from dataclasses import replace
from datetime import timedelta

import pytest

from server.domain.errors import UnknownBadge, UnknownStation, UnknownWorkCenter
from server.domain.events import BadgeRead, OperatorKept, StationKept, WorkCenterKept
from server.domain.feed import Cursor
from server.domain.names import AccountName, BadgeNumber, StationName, WorkCenterName
from server.domain.plant import (
    Account,
    Actor,
    Box,
    BoxDevice,
    Operator,
    Role,
    Station,
    WorkCenter,
)
from tests.builders import (
    ANN,
    AT_LATHE,
    FLOOR,
    LATHE,
    MILL,
    NOON,
    minutes,
    op,
    plan,
    recording,
    released,
    set_up,
    start,
)
from tests.conftest import AnyStore


def test_work_centers_come_by_department_and_name(store: AnyStore) -> None:
    centers = [
        WorkCenter(WorkCenterName(name), "text", department, frozen)
        for name, department, frozen in [("b", "B", 0), ("a", "b", 2), ("É", "B", 1), ("Z", "B", 3)]
    ]
    store.write(recording(*map(WorkCenterKept, centers)))

    names = [one.name for one in store.read(lambda i: i.work_centers())]

    assert names == ["Z", "b", "É", "a"]


def test_a_work_center_is_kept_and_changed(store: AnyStore) -> None:
    changed = WorkCenter(LATHE, "new lathe", "hall 2", 4)
    store.write(set_up)

    store.write(recording(WorkCenterKept(changed)))

    assert store.read(lambda i: i.work_center(LATHE)) == changed
    with pytest.raises(UnknownWorkCenter):
        store.read(lambda i: i.work_center(WorkCenterName("NONE")))


def test_operators_come_by_name_and_only_an_active_one_has_a_badge(store: AnyStore) -> None:
    zoe = Operator(BadgeNumber("0007"), "Zoe", contractor=True, shift="late")
    gone = Operator(BadgeNumber("2"), "Abe", active=False)
    store.write(set_up)

    store.write(recording(OperatorKept(zoe), OperatorKept(gone)))

    assert store.read(lambda i: i.operator(zoe.badge)) == zoe
    assert [one.name for one in store.read(lambda i: i.operators())] == ["Abe", "Ann", "Zoe"]
    with pytest.raises(UnknownBadge):
        store.read(lambda i: i.operator(gone.badge))
    with pytest.raises(UnknownBadge):
        store.read(lambda i: i.operator(BadgeNumber("none")))


def test_a_station_stands_at_a_work_center_and_may_move(store: AnyStore) -> None:
    store.write(set_up)
    store.write(lambda b: b.note_contact(AT_LATHE, NOON))

    store.write(recording(StationKept(AT_LATHE, MILL), StationKept(StationName("A"), LATHE)))

    assert store.read(lambda i: i.stations()) == (
        Station(StationName("A"), LATHE),
        Station(AT_LATHE, MILL, contact_at=NOON),
    )


def test_a_station_needs_a_work_center_that_is_set_up(store: AnyStore) -> None:
    with pytest.raises(UnknownWorkCenter):
        store.write(recording(StationKept(AT_LATHE, LATHE)))

    with pytest.raises(UnknownStation):
        store.read(lambda i: i.station(AT_LATHE))


def test_a_badge_signs_in_for_one_action(store: AnyStore) -> None:
    store.write(set_up)
    store.write(released(plan(1)))

    store.write(recording(BadgeRead(ANN), actor=Actor(station=AT_LATHE)))
    signed_in = store.read(lambda i: i.station(AT_LATHE))
    store.write(lambda b: start(b, op(1)))

    assert (signed_in.badge, signed_in.badge_at) == (ANN, NOON)
    after = store.read(lambda i: i.station(AT_LATHE))
    assert (after.badge, after.badge_at) == (None, None)


def test_what_a_station_has_shown_is_noted(store: AnyStore) -> None:
    store.write(set_up)

    store.write(lambda b: b.note_seen(AT_LATHE, 12, minutes(1)))
    store.write(lambda b: b.note_contact(AT_LATHE, minutes(2)))

    station = store.read(lambda i: i.station(AT_LATHE))
    assert (station.seen_version, station.seen_at) == (12, minutes(1))
    assert station.contact_at == minutes(2)


def test_noting_a_station_that_is_gone_changes_nothing(store: AnyStore) -> None:
    store.write(lambda b: b.note_contact(AT_LATHE, NOON))

    assert store.read(lambda i: i.stations()) == ()


def test_an_enrolment_code_works_once(store: AnyStore) -> None:
    store.write(set_up)
    store.write(lambda b: b.keep_enrolment(AT_LATHE, "hash", minutes(15)))

    wrong, _ = store.write(lambda b: b.redeem_enrolment(AT_LATHE, "other", NOON))
    first, _ = store.write(lambda b: b.redeem_enrolment(AT_LATHE, "hash", minutes(15)))
    second, _ = store.write(lambda b: b.redeem_enrolment(AT_LATHE, "hash", NOON))

    assert (wrong, first, second) == (False, True, False)


def test_an_enrolment_code_grows_old_and_gives_way_to_a_new_one(store: AnyStore) -> None:
    store.write(set_up)
    store.write(lambda b: b.keep_enrolment(AT_LATHE, "old", minutes(15)))

    late = minutes(15) + timedelta(microseconds=1)
    too_late, _ = store.write(lambda b: b.redeem_enrolment(AT_LATHE, "old", late))
    store.write(lambda b: b.keep_enrolment(AT_LATHE, "new", minutes(30)))
    replaced, _ = store.write(lambda b: b.redeem_enrolment(AT_LATHE, "old", NOON))
    right, _ = store.write(lambda b: b.redeem_enrolment(AT_LATHE, "new", NOON))

    assert (too_late, replaced, right) == (False, False, True)


def test_only_a_station_that_is_set_up_can_be_enrolled(store: AnyStore) -> None:
    with pytest.raises(UnknownStation):
        store.write(lambda b: b.keep_enrolment(AT_LATHE, "hash", minutes(15)))


def test_the_tokens_of_all_devices_name_their_station_until_they_are_dropped(
    store: AnyStore,
) -> None:
    store.write(set_up)

    store.write(lambda b: b.keep_token(AT_LATHE, "first", NOON))
    store.write(lambda b: b.keep_token(AT_LATHE, "second", minutes(1)))
    holders = {
        store.read(lambda i: i.station_with_token("first")),
        store.read(lambda i: i.station_with_token("second")),
    }
    store.write(lambda b: b.drop_tokens(AT_LATHE))

    assert holders == {Station(AT_LATHE, LATHE, enrolled_at=minutes(1))}
    assert store.read(lambda i: i.station_with_token("first")) is None
    assert store.read(lambda i: i.station_with_token("second")) is None
    assert store.read(lambda i: i.station(AT_LATHE)).enrolled_at is None


def test_accounts_keep_their_password_until_they_get_another(store: AnyStore) -> None:
    dora = Account(AccountName("dora"), Role.DISPATCHER, "Dora")
    store.write(lambda b: b.keep_account(dora, "first"))

    store.write(lambda b: b.keep_account(replace(dora, active=False), None))
    kept = store.read(lambda i: i.password_hash(dora.name))
    store.write(lambda b: b.keep_account(replace(dora, role=Role.ADMINISTRATOR), "second"))

    assert kept == "first"
    assert store.read(lambda i: i.password_hash(dora.name)) == "second"
    assert store.read(lambda i: i.account(dora.name)) == replace(dora, role=Role.ADMINISTRATOR)


def test_accounts_come_by_name_and_unknown_ones_not_at_all(store: AnyStore) -> None:
    zoe, abe = (Account(AccountName(name), Role.DISPATCHER) for name in ("zoe", "abe"))
    store.write(lambda b: b.keep_account(zoe, None))
    store.write(lambda b: b.keep_account(abe, None))

    assert [one.name for one in store.read(lambda i: i.accounts())] == ["abe", "zoe"]
    assert store.read(lambda i: i.account(AccountName("none"))) is None
    assert store.read(lambda i: i.password_hash(AccountName("none"))) is None
    assert store.read(lambda i: i.password_hash(AccountName("abe"))) is None


def test_a_badge_read_away_from_a_station_signs_nobody_in(store: AnyStore) -> None:
    store.write(set_up)

    store.write(recording(BadgeRead(ANN), actor=replace(FLOOR, station=None)))

    assert store.read(lambda i: i.station(AT_LATHE)).badge is None


def test_how_far_a_feed_has_come_is_kept_for_each_station_and_epoch(store: AnyStore) -> None:
    store.write(set_up)

    for cursor in (Cursor(1, "id-1"), Cursor(2, "id-2")):
        store.write(lambda b: b.keep_cursor(AT_LATHE, "old", cursor, NOON))  # noqa: B023 - at once.

    assert store.read(lambda i: i.cursor(AT_LATHE, "old")) == Cursor(2, "id-2")
    assert store.read(lambda i: i.cursor(AT_LATHE, "new")) == Cursor()


def test_how_a_box_last_said_that_it_is_is_kept(store: AnyStore) -> None:
    devices = (BoxDevice("usb:05e0:1701", listens=False),)
    early = Box(NOON, 7, minutes(-5), devices, "1.0", -61.5, 0.02)
    late = Box(minutes(1), 0, None, (), "1.1", 0.0, 0.0)
    store.write(set_up)

    for box in (early, late, early):
        store.write(lambda b: b.note_box(AT_LATHE, box))  # noqa: B023 - at once.

    assert store.read(lambda i: i.boxes()) == {AT_LATHE: early}
