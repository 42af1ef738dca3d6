"""A server notices what its screens have not been told, and only that."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from server.web.follower import Follower, Heard


@dataclass
class Counts:
    """What has been committed, and what this process has told."""

    committed: int = 100
    heard: Heard = field(default_factory=Heard)
    late: list[tuple[int, int]] = field(default_factory=list)

    def follower(self) -> Follower:
        """Return a follower that begins now."""
        return Follower(lambda: self.committed, self.heard)

    def commit(self, facts: int) -> None:
        """Commit facts, and tell them not yet."""
        self.committed += facts
        self.late.append((self.committed, facts))

    def tell(self) -> None:
        """Tell all that has not been told."""
        for revision, facts in self.late:
            self.heard.note(revision, facts)
        self.late.clear()

    def forget(self) -> None:
        """Never tell what has not been told."""
        self.late.clear()


def test_what_is_told_is_nothing_new() -> None:
    counts = Counts()
    follower = counts.follower()

    counts.commit(3)
    counts.tell()

    assert not any(follower.look() for _ in range(3))


def test_what_nobody_tells_is_noticed_once() -> None:
    counts = Counts()
    follower = counts.follower()

    counts.commit(2)

    assert [follower.look() for _ in range(4)] == [False, True, False, False]


def test_a_fact_that_is_told_a_moment_after_its_commit_is_known() -> None:
    counts = Counts()
    follower = counts.follower()

    counts.commit(1)
    first = follower.look()
    counts.tell()

    assert [first, follower.look(), follower.look()] == [False, False, False]


def test_what_is_told_while_we_look_hides_nothing_and_alarms_nobody() -> None:
    counts = Counts()
    follower = Follower(lambda: counts.committed, counts.heard)

    looks = []
    for _ in range(5):
        counts.tell()
        counts.commit(1)
        looks.append(follower.look())

    assert not any(looks)


def test_a_fact_between_two_that_are_told_is_noticed() -> None:
    counts = Counts()
    follower = counts.follower()

    counts.commit(1)
    counts.tell()
    counts.commit(1)
    counts.forget()
    counts.commit(1)
    counts.tell()

    assert [follower.look() for _ in range(3)] == [False, True, False]


@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["told", "untold", "look"]), st.integers(1, 5)), max_size=40
    )
)
def test_every_fact_that_nobody_tells_is_noticed_whatever_is_told_meanwhile(
    steps: list[tuple[str, int]],
) -> None:
    counts = Counts()
    follower = counts.follower()
    noticed = True

    for what, facts in steps:
        if what == "told":
            counts.commit(facts)
            counts.tell()
        elif what == "untold":
            counts.commit(facts)
            counts.forget()
            noticed = False
        elif follower.look():
            noticed = True
    looks = [follower.look() for _ in range(3)]

    assert noticed or any(looks)
    assert not follower.look()
