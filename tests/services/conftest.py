"""A workshop with a clock that tests can turn, and one released order."""

import pytest
from hypothesis import HealthCheck, settings

from server.services.ports import Plant
from tests.services.kiosk import Kiosk, released
from tests.workshop import LATHE, ORDER, Around, Clock, a_plant, examples

settings.register_profile(
    "busy machine",
    deadline=None,
    max_examples=examples(100),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("busy machine")


@pytest.fixture
def clock() -> Clock:
    """Return the clock of the plant."""
    return Clock()


@pytest.fixture
def around(clock: Clock) -> Around:
    """Return what stands around the plant."""
    return Around(now=clock)


@pytest.fixture
def plant(around: Around) -> Plant:
    """Return a plant of three work centers, two operators and one released order."""
    plant = a_plant(around)
    released(plant, ORDER)
    return plant


@pytest.fixture
def lathe(plant: Plant) -> Kiosk:
    """Return the kiosk of the first operation."""
    return Kiosk(plant, LATHE)
