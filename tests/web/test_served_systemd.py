"""A served plant tells systemd when it serves and when it stops."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.fakes.systemd import FakeSystemd
from tests.web.serving import DEADLINE_S, Serve

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]


@pytest.fixture
def systemd(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeSystemd]:
    """Return the systemd that starts the processes of a test."""
    with FakeSystemd() as fake:
        for name, value in fake.environment().items():
            monkeypatch.setenv(name, value)
        yield fake


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    serving = Serve(tmp_path)
    yield serving
    serving.stop_all()


def test_a_server_is_ready_when_it_answers_and_says_that_it_stops(
    serve: Serve, systemd: FakeSystemd
) -> None:
    running = serve()

    before = systemd.hears("READY=1")
    answer = requests.get(f"{running.address}/healthz", timeout=DEADLINE_S)
    status = running.process.stop()

    assert before == []
    assert answer.json() == {"alive": True}
    assert status == 0
    assert systemd.said() == ["STOPPING=1"]
