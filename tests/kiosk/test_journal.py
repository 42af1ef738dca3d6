"""The journal keeps what was read, in order, whatever happens afterwards."""

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.errors import JournalFailed, JournalUnsafe
from kiosk.events import Scan
from kiosk.journal import Journal
from tests.kiosk.box import NOON, STATION, Box, Watch

MakeScan = Callable[[str], Scan]


def test_a_scan_that_was_kept_is_there_after_a_restart(box: Box, a_scan: MakeScan) -> None:
    with box.journal() as journal:
        kept = journal.keep(a_scan("4101"))

    with box.journal() as journal:
        assert journal.oldest_unsent() == kept


def test_events_are_numbered_without_a_gap_and_sent_in_that_order(
    journal: Journal, a_scan: MakeScan, watch: Watch
) -> None:
    kept = [journal.keep(a_scan(text)) for text in ("one", "two", "three")]

    sent = []
    while event := journal.oldest_unsent():
        sent.append(event)
        journal.settle(event, watch(), {"code": "started"})

    assert [event.seq for event in kept] == [1, 2, 3]
    assert sent == kept


def test_what_was_answered_is_kept_with_its_answer(box: Box, a_scan: MakeScan) -> None:
    with box.journal() as journal:
        event = journal.keep(a_scan("4101"))
        journal.settle(event, NOON + timedelta(seconds=1), {"code": "badge"})

    with sqlite3.connect(box.folder / "journal.db") as db:
        rows = db.execute("select seq, id, text, sent_at, answer from events").fetchall()
    db.close()
    assert rows == [(1, event.id, "4101", "2026-11-02T12:00:01+00:00", '{"code": "badge"}')]


def test_unsent_events_are_counted(journal: Journal, a_scan: MakeScan, watch: Watch) -> None:
    for text in ("one", "two"):
        journal.keep(a_scan(text))
    before = journal.count_unsent()
    first = journal.oldest_unsent()
    assert first is not None

    journal.settle(first, watch(), {})

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

    assert journal.oldest_unsent() == event
    journal.settle(event, NOON, {"number": text})


def test_the_journal_of_another_station_is_not_taken(box: Box, a_scan: MakeScan) -> None:
    with box.journal() as journal:
        kept = journal.keep(a_scan("4101"))

    with pytest.raises(JournalUnsafe, match=f"journal of {STATION}"):
        Journal(box.folder / "journal.db", "MILL-1")

    with box.journal() as journal:
        assert journal.oldest_unsent() == kept


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

    assert journal.oldest_unsent() == first
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
