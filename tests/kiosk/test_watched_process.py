"""The real `floorline station` tells systemd how it is, without a server and without a scanner."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.home import Home
from tests.fakes.systemd import FakeSystemd
from tests.kiosk.box import PATIENCE_S, STATION

pytestmark = pytest.mark.slow


def test_a_station_starts_under_systemd_with_nothing_but_its_disk(tmp_path: Path) -> None:
    with Home(tmp_path / "box") as home:
        home.keep_token("a-token-of-before")
    with FakeSystemd(watchdog_s=1) as systemd:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "server.cli", "station", "--name", STATION),
                *("--server", "http://127.0.0.1:9", "--scanner", str(tmp_path / "unplugged")),
                *("--data", str(tmp_path / "box")),
            ],
            env={**os.environ, **systemd.environment()},
            stderr=subprocess.DEVNULL,
        )
        before = systemd.hears("READY=1")
        systemd.hears("STATUS=server away, 0 unsent")
        systemd.hears("WATCHDOG=1")
        process.send_signal(signal.SIGTERM)
        status = process.wait(PATIENCE_S)
        after = systemd.said()

    assert before == []
    assert status == 0
    assert after[-1] == "STOPPING=1"
