"""The journal keeps what was read, in order, whatever happens afterwards."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from kiosk.errors import JournalFailed, JournalUnsafe
from kiosk.events import Pushed, Scan
from kiosk.journal import KEPT_FOR, Journal, migrations
from server.domain.feed import Accord, Cursor
from tests.kiosk.box import NOON, STATION, Box, Watch, first_unsent, settle

MakeScan = Callable[[str], Scan]


def test_a_scan_that_was_kept_is_there_after_a_restart(box: Box, a_scan: MakeScan) -> None:
    with box.journal() as journal:
        kept = journal.keep(a_scan("4101"))

    with box.journal() as journal:
        assert first_unsent(journal) == kept


def test_events_are_numbered_without_a_gap_and_sent_in_that_order(
    journal: Journal, a_scan: MakeScan, watch: Watch
) -> None:
    kept = [journal.keep(a_scan(text)) for text in ("one", "two", "three")]

    sent = []
    while event := first_unsent(journal):
        sent.append(event)
        settle(journal, event, watch(), {"code": "started"})

    assert [event.seq for event in kept] == [1, 2, 3]
    assert sent == kept


def test_what_was_answered_is_kept_with_its_answer(box: Box, a_scan: MakeScan) -> None:
    with box.journal() as journal:
        event = journal.keep(a_scan("4101"))
        settle(journal, event, NOON + timedelta(seconds=1), {"code": "badge"})

    with sqlite3.connect(box.folder / "journal.db") as db:
        rows = db.execute("select seq, id, text, sent_at, answer from events").fetchall()
    db.close()
    assert rows == [(1, event.id, "4101", "2026-11-02T12:00:01+00:00", '{"code": "badge"}')]


def test_unsent_events_are_counted(journal: Journal, a_scan: MakeScan, watch: Watch) -> None:
    for text in ("one", "two"):
        journal.keep(a_scan(text))
    before = journal.count_unsent()
    first = first_unsent(journal)
    assert first is not None

    settle(journal, first, watch(), {})

    assert (before, journal.count_unsent()) == (2, 1)


def test_a_power_cut_loses_no_commit(journal: Journal) -> None:
    modes = [
        next(journal._db.query(f"pragma {name}"))[name] for name in ("journal_mode", "synchronous")
    ]

    assert modes == ["wal", 2]


@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_comes_back_as_it_was(journal: Journal, text: str) -> None:
    event = journal.keep(Scan(NOON, text, "/dev/scanner", late=True))

    assert first_unsent(journal) == event
    settle(journal, event, NOON, {"number": text})


def test_the_journal_of_another_station_is_not_taken(box: Box, a_scan: MakeScan) -> None:
    with box.journal() as journal:
        kept = journal.keep(a_scan("4101"))

    with pytest.raises(JournalUnsafe, match=f"journal of {STATION}"):
        Journal(box.folder / "journal.db", "MILL-1")

    with box.journal() as journal:
        assert first_unsent(journal) == kept


def test_a_damaged_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    path.write_bytes(b"no database" * 100)

    with pytest.raises(JournalUnsafe, match="it may hold scans"):
        Journal(path, STATION)

    assert path.read_bytes() == b"no database" * 100


def test_a_full_disk_loses_nothing_that_was_taken(journal: Journal, a_scan: MakeScan) -> None:
    first = journal.keep(a_scan("first"))
    journal._db.execute("pragma max_page_count = 1")

    with pytest.raises(JournalFailed, match="full"):
        journal.keep(a_scan("x" * 20_000))

    assert first_unsent(journal) == first
    journal._db.execute("pragma max_page_count = 100000")
    assert journal.keep(a_scan("room again")).seq == 2


def test_a_locked_file_is_said(box: Box, journal: Journal, a_scan: MakeScan) -> None:
    journal._db.execute("pragma busy_timeout = 10")
    other = sqlite3.connect(box.folder / "journal.db", isolation_level=None)
    other.execute("begin immediate")

    with pytest.raises(JournalFailed, match="locked"):
        journal.keep(a_scan("4101"))

    other.close()
    assert journal.keep(a_scan("4101")).seq == 1


# Epochs --------------------------------------------------------------------------------------


def has(journal: Journal, have: int, have_id: str, at: datetime = NOON) -> Accord:
    """Let a push have brought the server so far."""
    return journal.agree(Cursor(have, have_id), Pushed(have, at, {}))


def test_events_name_the_one_before_them(journal: Journal, a_scan: MakeScan) -> None:
    one, two, three = (journal.keep(a_scan(text)) for text in ("one", "two", "three"))

    packets = journal.unsent(10)

    assert [(p.seq, p.prev, p.event.id) for p in packets] == [
        (1, "", one.id),
        (2, one.id, two.id),
        (3, two.id, three.id),
    ]
    assert [p.event for p in journal.unsent(2)] == [one, two]


def test_the_servers_word_goes_up_and_down(journal: Journal, a_scan: MakeScan) -> None:
    one, two = (journal.keep(a_scan(text)) for text in ("one", "two"))

    assert has(journal, 2, two.id) is Accord.SAME
    assert journal.count_unsent() == 0

    assert has(journal, 1, one.id) is Accord.SAME
    assert [p.event for p in journal.unsent(10)] == [two]


def test_what_the_server_has_and_nobody_heard_of_is_asked_for_again(
    journal: Journal, a_scan: MakeScan
) -> None:
    one, two = (journal.keep(a_scan(text)) for text in ("one", "two"))
    has(journal, 1, one.id)

    assert journal.agree(Cursor(2, two.id)) is Accord.SAME

    assert [p.event for p in journal.unsent(10)] == [two]


def test_another_story_begins_an_epoch_with_all_that_is_held(
    journal: Journal, a_scan: MakeScan
) -> None:
    kept = [journal.keep(a_scan(text)) for text in ("one", "two")]
    epoch = journal.epoch

    assert journal.agree(Cursor(2, "of another")) is Accord.FORKED

    assert journal.epoch != epoch
    assert [(p.seq, p.event) for p in journal.unsent(10)] == list(enumerate(kept, 1))


def test_a_disk_that_was_restored_begins_an_epoch(journal: Journal, a_scan: MakeScan) -> None:
    journal.keep(a_scan("one"))

    assert journal.agree(Cursor(7, "written after the copy was made")) is Accord.FORKED


def test_a_month_later_only_the_last_of_what_the_server_has_is_held(
    box: Box, a_scan: MakeScan
) -> None:
    later = NOON + KEPT_FOR + timedelta(seconds=1)
    with box.journal() as journal:
        kept = [journal.keep(a_scan(text)) for text in ("one", "two", "three")]
        has(journal, 2, kept[1].id)

        assert journal.prune(NOON + KEPT_FOR) == 0
        assert journal.prune(later) == 1

    with box.journal() as journal:
        assert journal.agree(Cursor(2, kept[1].id)) is Accord.SAME
        has(journal, 3, kept[2].id, later)
        assert journal.prune(later + 2 * KEPT_FOR) == 1
        assert journal.keep(a_scan("four")).seq == 4
        assert journal.agree(Cursor(1, kept[0].id)) is Accord.GAP
        assert [p.event.scan.text for p in journal.unsent(9)] == ["three", "four"]


def test_the_journal_of_the_version_before_goes_on_where_it_was(box: Box, a_scan: MakeScan) -> None:
    with older_agent(box) as db:
        for seq, sent in ((1, "2026-11-02T11:00:00+00:00"), (2, None)):
            row = (seq, f"id-{seq}", NOON.isoformat(), f"text {seq}", "/dev/scanner", 0, sent)
            db.execute("insert into events values (?, ?, ?, ?, ?, ?, ?, null)", row)

    with box.journal() as journal:
        (packet,) = journal.unsent(10)
        assert (packet.seq, packet.prev, packet.event.id) == (1, "", "id-2")
        third = journal.keep(a_scan("text 3"))

    # And the version before goes on after this one: it sees what is unsent, and adds to it.
    with sqlite3.connect(box.folder / "journal.db") as db:
        unsent = db.execute("select id from events where sent_at is null").fetchall()
        db.execute("insert into events values (4, 'id-4', ?, 'x', '/', 0, null, null)", ["2026"])
    db.close()
    assert unsent == [("id-2",), (third.id,)]


@contextmanager
def older_agent(box: Box) -> Iterator[sqlite3.Connection]:
    """Lend a journal as the version before makes it."""
    box.folder.mkdir()
    opened = sqlite3.connect(box.folder / "journal.db")
    db = Database(opened)
    migrations.apply(db, stop_before="m0002_epochs")
    db.table("station").insert({"name": STATION})
    with opened:
        yield opened
    opened.close()
