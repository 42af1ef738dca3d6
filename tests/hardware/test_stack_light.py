"""A stack light shows the state, and nothing that happens to it hurts anybody else."""

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import Event, Thread

import pytest

from hardware.errors import UnusableAddress
from hardware.stack_light import AGAIN_S, LightAddress, Lights, StackLight, command
from tests.fakes.patlite import Manner, Patlite

PATIENCE_S = 30.0
WHITE = command(Lights(white=True))
GREEN = command(Lights(green=True))
DARK = bytes.fromhex("58 58 43 00 00 00")


class State:
    """What a light is to show; a test changes it."""

    def __init__(self) -> None:
        self.lights = Lights(white=True)

    def __call__(self) -> Lights:
        return self.lights


Shining = Callable[..., AbstractContextManager[State]]


@pytest.fixture
def patlite() -> Iterator[Patlite]:
    light = Patlite().plug()
    yield light
    light.unplug()


@pytest.fixture
def shining(patlite: Patlite) -> Shining:
    """Return a context in which a thread keeps the light, and is gone afterwards."""

    @contextmanager
    def shine(again_s: float = AGAIN_S) -> Iterator[State]:
        state, stop = State(), Event()
        light = StackLight(LightAddress("127.0.0.1", patlite.port), state, again_s)
        thread = Thread(target=light.shine, args=(stop,))
        thread.start()
        try:
            yield state
        finally:
            stop.set()
            thread.join(PATIENCE_S)
            assert not thread.is_alive()

    return shine


# What is sent


@pytest.mark.parametrize(
    ("lights", "sent"),
    [
        (Lights(), "58 58 53 00 00 06 00 00 00 00 00 00"),
        (Lights(green=True), "58 58 53 00 00 06 00 00 01 00 00 00"),
        (Lights(white=True, yellow=True), "58 58 53 00 00 06 00 01 00 00 01 00"),
        (Lights(blue=True), "58 58 53 00 00 06 00 00 00 01 00 00"),
    ],
)
def test_a_state_is_written_as_the_manual_has_it(lights: Lights, sent: str) -> None:
    assert command(lights) == bytes.fromhex(sent)


def test_red_and_the_buzzer_are_never_ours() -> None:
    sent = command(Lights(yellow=True, green=True, blue=True, white=True))

    assert (sent[6], sent[11]) == (0, 0)


# Where it is sent


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("patlite://light-2.plant", LightAddress("light-2.plant", 10000)),
        ("patlite://10.0.0.7:10001/", LightAddress("10.0.0.7", 10001)),
        ("patlite://[fe80::1]:10000", LightAddress("fe80::1", 10000)),
    ],
)
def test_an_address_names_a_light(written: str, meant: LightAddress) -> None:
    assert LightAddress.parse(written) == meant
    assert LightAddress.parse(str(meant)) == meant


@pytest.mark.parametrize(
    "written",
    [
        "",
        "light-2",
        "http://light-2",
        "patlite://",
        "patlite://a b",
        "patlite://a:0",
        "patlite://a:65536",
    ],
)
def test_what_names_no_light_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(UnusableAddress, match="patlite://host:port"):
        LightAddress.parse(written)


# The life of a light


def test_the_state_is_shown_at_once_and_whenever_it_changes(
    shining: Shining, patlite: Patlite
) -> None:
    with shining() as state:
        first = patlite.next()
        state.lights = Lights(green=True)
        second = patlite.next()

    assert (first, second) == (WHITE, GREEN)


def test_the_state_is_told_again_although_nothing_has_changed(
    shining: Shining, patlite: Patlite
) -> None:
    with shining(again_s=0.01):
        told = [patlite.next() for _ in range(3)]

    assert told == [WHITE] * 3


def test_a_light_that_was_off_is_told_the_state_when_it_is_back(
    shining: Shining, patlite: Patlite
) -> None:
    with shining() as state:
        patlite.hear(WHITE)
        patlite.cut()
        state.lights = Lights(green=True)
        patlite.hear(GREEN)


def test_a_light_that_is_not_there_yet_is_waited_for(shining: Shining, patlite: Patlite) -> None:
    patlite.unplug()
    with shining():
        patlite.plug()

        assert patlite.next() == WHITE


def test_a_light_that_nobody_tends_is_dark(shining: Shining, patlite: Patlite) -> None:
    with shining():
        patlite.hear(WHITE)

    assert patlite.next() == DARK


def test_it_ends_when_told_although_the_light_is_not_there(
    shining: Shining, patlite: Patlite
) -> None:
    patlite.unplug()

    with shining():
        pass

    assert patlite.heard.empty()


@pytest.mark.parametrize("manner", [Manner.NAK, Manner.HANG, Manner.CLOSE])
def test_a_light_that_fails_is_logged_once_and_tried_until_it_works(
    shining: Shining, patlite: Patlite, manner: Manner, caplog: pytest.LogCaptureFixture
) -> None:
    patlite.manner = manner
    with caplog.at_level(logging.INFO), shining():
        tried = [patlite.next() for _ in range(2)]
        patlite.manner = Manner.ACK
        patlite.hear(WHITE)

    assert tried == [WHITE, WHITE]
    assert [record.msg.partition(" address")[0] for record in caplog.records] == [
        "stack light gone",
        "stack light there",
    ]
