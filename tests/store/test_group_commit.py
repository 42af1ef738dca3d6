"""Units of work that share a commit, and what becomes of them when one or all fail."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event
from time import monotonic, sleep

import pytest
from gevent import GreenletExit

from server.store.group_commit import CommitFailed, GroupCommit, Ticket
from server.store.session import Session


@dataclass
class Driver:
    """A database that only remembers what it was told, and may fail to commit."""

    told: list[str] = field(default_factory=list)
    is_full: bool = False

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        self.told.append("begin")
        yield self  # type: ignore[misc]  # Units of these tests give commands only.
        if self.is_full:
            raise OSError("disk full")
        self.told.append("commit")

    def command(self, sql: str) -> None:
        self.told.append(sql)


class Gate:
    """Lets nobody commit until it is opened, and knows when somebody stands before it."""

    def __init__(self) -> None:
        self.reached, self.opened = Event(), Event()

    def elsewhere(self, work: Callable[[], None]) -> None:
        self.reached.set()
        assert self.opened.wait(10)
        work()


def together(
    group: GroupCommit, gate: Gate, pool: ThreadPoolExecutor, *units: Callable[[Session], str]
) -> list[Future[str]]:
    """Return what becomes of units that are all there when the first of them commits."""
    answers = [pool.submit(group.write, units[0])]
    assert gate.reached.wait(10)
    answers += [pool.submit(group.write, unit) for unit in units[1:]]
    deadline = monotonic() + 10
    while len(group._waiting) < len(units) and monotonic() < deadline:
        sleep(0.001)
    gate.opened.set()
    return answers


def unit(name: str) -> Callable[[Session], str]:
    """Return a unit of work that tells its name."""

    def work(session: Session) -> str:
        session.command(name)
        return name

    return work


def failing(session: Session) -> str:
    """Begin to work and give up."""
    session.command("half")
    raise LookupError("no such order")


def killed(work: Callable[[], None]) -> None:
    """End as a greenlet does that is killed while another thread commits."""
    del work
    raise GreenletExit


def test_one_unit_is_one_transaction() -> None:
    driver = Driver()
    group = GroupCommit(driver.transaction)

    assert group.write(unit("a")) == "a"
    assert driver.told == ["begin", "savepoint unit", "a", "release savepoint unit", "commit"]


def test_units_that_arrive_together_share_a_commit() -> None:
    driver, gate = Driver(), Gate()
    group = GroupCommit(driver.transaction, gate.elsewhere)

    with ThreadPoolExecutor(3) as pool:
        answers = together(group, gate, pool, unit("a"), unit("b"), unit("c"))

    assert [answer.result() for answer in answers] == ["a", "b", "c"]
    assert driver.told.count("commit") == 1
    assert group.commits == 1


def test_a_unit_that_raises_is_undone_alone() -> None:
    driver, gate = Driver(), Gate()
    group = GroupCommit(driver.transaction, gate.elsewhere)

    with ThreadPoolExecutor(3) as pool:
        one, bad, other = together(group, gate, pool, unit("a"), failing, unit("c"))

    assert (one.result(), other.result()) == ("a", "c")
    with pytest.raises(LookupError, match="no such order"):
        bad.result()
    at = driver.told.index("half")
    assert driver.told[at + 1 : at + 3] == ["rollback to savepoint unit", "release savepoint unit"]
    assert driver.told[-1] == "commit"


def test_nobody_is_answered_when_the_commit_fails() -> None:
    driver, gate = Driver(is_full=True), Gate()
    group = GroupCommit(driver.transaction, gate.elsewhere)

    with ThreadPoolExecutor(3) as pool:
        answers = together(group, gate, pool, unit("a"), unit("b"), failing)

    errors = [answer.exception() for answer in answers]
    assert isinstance(errors[1], CommitFailed)
    assert isinstance(errors[2], LookupError)
    assert isinstance(errors[0], OSError | CommitFailed)


def test_nobody_is_answered_when_whoever_commits_is_killed() -> None:
    driver = Driver()
    group = GroupCommit(driver.transaction, killed)

    with pytest.raises(GreenletExit):
        group.write(unit("a"))
    with pytest.raises(CommitFailed):
        Ticket(unit("b")).outcome()


def test_after_a_failed_commit_the_next_one_is_tried() -> None:
    driver = Driver(is_full=True)
    group = GroupCommit(driver.transaction)

    with pytest.raises(OSError, match="disk full"):
        group.write(unit("a"))
    driver.is_full = False

    assert group.write(unit("b")) == "b"
