"""A service tells systemd how it is, over a real socket; without one it says nothing."""

import logging
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.systemd import Systemd, started_by
from tests.fakes.systemd import FakeSystemd


@pytest.fixture
def listening() -> Iterator[FakeSystemd]:
    with FakeSystemd(watchdog_s=20) as fake:
        yield fake


def test_a_service_says_what_systemd_understands(listening: FakeSystemd) -> None:
    systemd = started_by(listening.environment())

    systemd.ready()
    systemd.status("server here,\n3 unsent")
    systemd.alive()
    systemd.stopping()

    assert listening.said() == [
        "READY=1",
        "STATUS=server here, 3 unsent",
        "WATCHDOG=1",
        "STOPPING=1",
    ]


def test_a_socket_without_a_file_is_spoken_to_as_well() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as abstract:
        abstract.bind("\0floorline-test-systemd")

        started_by({"NOTIFY_SOCKET": "@floorline-test-systemd"}).ready()

        assert abstract.recv(100) == b"READY=1"


@pytest.mark.parametrize("address", ["", "vsock:2:1234"])
def test_at_a_terminal_nobody_listens(address: str) -> None:
    systemd = started_by({"NOTIFY_SOCKET": address})

    systemd.ready()

    assert not systemd.listens


def test_a_systemd_that_has_gone_holds_nobody_up(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        Systemd(str(tmp_path / "gone")).ready()

    assert "systemd not told said=READY=1" in caplog.text


def test_the_watchdog_of_the_unit_is_known(listening: FakeSystemd) -> None:
    assert started_by(listening.environment(os.getpid())).watchdog_s == 20.0


def test_the_watchdog_of_another_process_is_not_ours(listening: FakeSystemd) -> None:
    assert started_by(listening.environment(os.getpid() + 1)).watchdog_s is None


@pytest.mark.parametrize("asked", ["", "0", "soon", "-5"])
def test_a_unit_without_a_watchdog_expects_no_sign_of_life(asked: str) -> None:
    assert (
        started_by({"NOTIFY_SOCKET": "/run/systemd/notify", "WATCHDOG_USEC": asked}).watchdog_s
        is None
    )
