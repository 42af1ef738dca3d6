"""The units: systemd takes them, and what they start is there, with the options that they give."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from server.commands import main
from server.config import load
from server.serving import EVERYWHERE
from tests.deploy.conftest import Script

UNITS = ("floorline-server", "floorline-station", "floorline-kiosk")
STATION = (
    "--server",
    "http://plant:8080/",
    "--name",
    "LATHE-2",
    "--scanner",
    "/dev/serial/by-id/x",
)
FLAGS = {
    "--kiosk", "--no-first-run", "--noerrdialogs", "--password-store=basic",
    "--autoplay-policy=no-user-gesture-required", "--overscroll-history-navigation=0",
    "--disable-pinch", "--disable-translate", "--check-for-update-interval=31536000",
    "--ozone-platform=wayland", "--user-data-dir=/run/floorline-kiosk/profile",
}  # fmt: skip
"""What keeps Chromium from asking, restoring, zooming and waiting for a finger before a sound."""


def settings(text: str) -> list[tuple[str, str]]:
    """Return the settings of a unit in their order, lines that go on made one."""
    joined = re.sub(r"\\\n\s*", "", text)
    return [(found[1], found[2]) for found in re.finditer(r"^(\w+)=(.*)$", joined, re.MULTILINE)]


def command_of(text: str) -> list[str]:
    """Return the words of the command that a unit starts."""
    return shlex.split(dict(settings(text))["ExecStart"])


@pytest.fixture(params=UNITS)
def unit(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def text(deploy: Path, unit: str) -> str:
    return (deploy / "systemd" / f"{unit}.service").read_text(encoding="utf-8")


def values(text: str, name: str) -> list[str]:
    return [value for found, value in settings(text) if found == name]


def test_systemd_finds_nothing_wrong(unit: str, text: str, tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd-analyze is not here: no systemd to ask")
    # What is started need not be installed on the machine of a developer.
    copy = tmp_path / f"{unit}.service"
    copy.write_text(re.sub(r"^(Exec\w+=[-+]?)/\S+", r"\1/bin/true", text, flags=re.MULTILINE))

    outcome = subprocess.run(
        [analyze, "verify", "--man=no", str(copy)], capture_output=True, text=True, check=False
    )

    assert [line for line in outcome.stderr.splitlines() if f"{unit}.service" in line] == []


@pytest.mark.parametrize(("unit", "command"), [(UNITS[0], "serve"), (UNITS[1], "station")])
def test_the_command_and_its_options_exist(unit: str, command: str, text: str) -> None:
    program, name, *words = command_of(text)
    found = main.get_command(click.Context(main), name)

    assert program == f"/opt/floorline/{unit.removeprefix('floorline-')}/bin/floorline"
    assert name == command
    assert found is not None
    assert [word for word in words if word.startswith("-")]
    # Parsed as at the start; what the variables hold is put in by systemd.
    with found.make_context(name, [word for word in words if not word.startswith("$STATION")]):
        pass


def test_every_variable_is_in_the_settings_that_the_installer_writes(
    deploy: Path, script: Script
) -> None:
    written = script("install-station", "--dry-run", *STATION, "--code", "ABCD2345").stdout
    given = set(re.findall(r"^    \| (\w+)=", written, re.MULTILINE))
    used = {
        name
        for unit in UNITS[1:]
        for name in re.findall(
            r"\$\{?(\w+)", (deploy / "systemd" / f"{unit}.service").read_text(encoding="utf-8")
        )
    }

    assert used == given


@pytest.mark.parametrize("given", ["--scanner", "--badge-reader"])
def test_the_devices_of_the_settings_are_options_of_the_command(given: str, script: Script) -> None:
    written = script("install-station", "--dry-run", *STATION, given, "/dev/ttyS1").stdout
    found = re.search(r"^    \| STATION_DEVICES=(.*)$", written, re.MULTILINE)
    station = main.get_command(click.Context(main), "station")

    assert found
    assert station
    words = [*("--server", "http://plant:8080", "--name", "LATHE-2"), *found[1].split()]
    with station.make_context("station", words) as context:
        assert "/dev/ttyS1" in context.params["scanners"] + context.params["badge_readers"]


def test_the_settings_file_of_an_installed_server_is_valid(deploy: Path) -> None:
    config = load({}, {}, deploy / "floorline.toml")

    assert config.host == EVERYWHERE[0]


def test_the_services_come_back_whatever_happens(text: str) -> None:
    assert values(text, "Restart") == ["always"]
    assert values(text, "StartLimitIntervalSec") == ["0"]
    assert values(text, "WantedBy") == ["multi-user.target"]


@pytest.mark.parametrize("unit", UNITS[:2])
def test_server_and_station_tell_when_they_are_ready_and_may_do_little(text: str) -> None:
    limits = dict(settings(text))

    assert limits["Type"] == "notify"
    assert limits["NoNewPrivileges"] == "yes"
    assert limits["ProtectSystem"] == "strict"
    assert limits["CapabilityBoundingSet"] == ""
    assert limits["StateDirectory"] == limits["User"]
    assert limits["RequiresMountsFor"] == f"/var/lib/{limits['User']}"


@pytest.mark.parametrize("unit", ["floorline-station"])
def test_a_station_is_watched_and_reaches_scanners_and_nothing_else(text: str) -> None:
    assert values(text, "WatchdogSec") == ["20"]
    assert values(text, "SupplementaryGroups") == ["dialout input"]
    assert values(text, "DevicePolicy") == ["closed"]
    assert {value.split()[0] for value in values(text, "DeviceAllow")} == {
        "char-ttyUSB", "char-ttyACM", "char-ttyS", "char-ttyAMA", "char-input",
    }  # fmt: skip


@pytest.mark.parametrize("unit", ["floorline-kiosk"])
def test_the_kiosk_has_every_flag_and_keeps_nothing(text: str) -> None:
    words = command_of(text)

    assert words[:4] == ["/usr/bin/cage", "-s", "--", "${KIOSK_BROWSER}"]
    assert {word for word in words if word.startswith("--") and word != "--"} == FLAGS
    assert words[-1] == "${KIOSK_PAGE}"
    assert values(text, "RuntimeDirectory") == ["floorline-kiosk"]
    assert values(text, "TTYPath") == ["/dev/tty1"]
