"""The installers, run for real with --dry-run: they show every command and change nothing."""

import re
from pathlib import Path

import pytest

from tests.deploy.conftest import Script

BOX = ("--server", "http://plant:8080/", "--name", "LATHE-2", "--scanner", "/dev/serial/by-id/x")
ALL = ("--code", "ABCD2345", "--no-kiosk")


def commands(said: str) -> list[str]:
    """Return the commands that a script would run."""
    return [line.removeprefix("+ ") for line in said.splitlines() if line.startswith("+ ")]


def test_a_server_is_installed_step_by_step(script: Script) -> None:
    outcome = script("install-server", "--dry-run")
    steps = "\n".join(commands(outcome.stdout))

    assert outcome.returncode == 0, outcome.stderr
    assert re.search(
        r"bin/python -m pip .* --require-hashes .*run\.txt\n.*"
        r"floorline-server\.service /etc/systemd/system/floorline-server\.service\n.*"
        r"mv --no-target-directory /opt/floorline/server\.new /opt/floorline/server\n"
        r"systemctl daemon-reload\n"
        r"systemctl enable floorline-server\n"
        r"systemctl restart floorline-server$",
        steps,
        re.DOTALL,
    )
    assert "Nothing was changed." in outcome.stdout


def test_a_station_gets_its_settings_and_a_code_that_is_not_kept(script: Script) -> None:
    outcome = script("install-station", "--dry-run", *BOX, *ALL, "--beeper", "bel")

    assert outcome.returncode == 0, outcome.stderr
    assert "    | STATION_SERVER=http://plant:8080\n" in outcome.stdout
    assert "    | STATION_NAME=LATHE-2\n" in outcome.stdout
    assert "    | STATION_DEVICES=--scanner /dev/serial/by-id/x\n" in outcome.stdout
    assert "    | STATION_OPTIONS=--beeper bel\n" in outcome.stdout
    assert "    | KIOSK_PAGE=http://plant:8080/station/LATHE-2\n" in outcome.stdout
    (code,) = re.findall(r"^\+ write (\S+) \(mode 600\)", outcome.stdout, re.MULTILINE)
    assert code.startswith("/run/")


def test_every_file_of_the_folder_is_put_somewhere(script: Script, deploy: Path) -> None:
    said = script("install-server", "--dry-run").stdout
    said += script("install-station", "--dry-run", *BOX, "--browser", "/opt/browser").stdout
    shipped = [path for path in deploy.rglob("*") if path.is_file()]
    put = [path for path in shipped if f"{path} /" in said]
    scripts = {"install-server", "install-station", "steps.sh", "uninstall"}

    assert {path.name for path in shipped} - {path.name for path in put} == scripts


def test_what_disturbs_scanners_is_masked(script: Script) -> None:
    steps = commands(script("install-station", "--dry-run", *BOX, *ALL).stdout)

    assert "systemctl mask ModemManager.service brltty.service brltty-udev.service" in steps


def test_no_script_is_fetched_and_run(deploy: Path) -> None:
    for name in ("install-server", "install-station", "steps.sh", "uninstall", "floorline"):
        text = (deploy / name).read_text(encoding="utf-8")

        assert not re.search(r"\b(curl|wget)\b|\beval\b|\|\s*(ba)?sh\b", text), name


@pytest.mark.parametrize("part", ["server", "station"])
def test_uninstalling_keeps_the_data_and_says_where_it_is(part: str, script: Script) -> None:
    outcome = script("uninstall", "--dry-run", part)
    data = {"server": "/var/lib/floorline", "station": "/var/lib/floorline-station"}[part]

    assert outcome.returncode == 0, outcome.stderr
    assert f"rm -r {data}" in outcome.stdout.partition("What is left")[2]
    assert not [step for step in commands(outcome.stdout) if data in step or "userdel" in step]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "say --server, --name and --scanner"),
        (BOX[:4], "belong together"),
        ((*BOX, "--name"), "--name needs a value"),
        ((*BOX, "--code", "AB CD"), "cannot stand in /etc/floorline/station.env"),
        ((*BOX, "--page", "http://x/$(reboot)"), "cannot stand in"),
        ((*BOX, "--kiosk"), "there is no option --kiosk"),
        ((*BOX, *ALL, "/nowhere"), "/nowhere is no Floorline"),
    ],
)
def test_what_is_missing_or_wrong_is_said(
    options: tuple[str, ...], said: str, script: Script
) -> None:
    if not options and Path("/etc/floorline/station.env").exists():
        pytest.skip("this machine is a station: without options it would be updated")

    outcome = script("install-station", "--dry-run", *options)

    assert outcome.returncode == 1
    assert outcome.stderr.startswith("install-station: ")
    assert said in outcome.stderr


def test_another_system_is_refused(script: Script, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("ID=fedora\n", encoding="utf-8")

    outcome = script("install-server", "--dry-run", os_release=other)

    assert outcome.returncode == 1
    assert "made for Debian, Raspberry Pi OS and Ubuntu" in outcome.stderr
    assert outcome.stdout == ""


def test_ubuntus_chromium_is_refused_before_anything_is_done(
    script: Script, tmp_path: Path
) -> None:
    ubuntu = tmp_path / "ubuntu"
    ubuntu.write_text("ID=ubuntu\nID_LIKE=debian\n", encoding="utf-8")

    refused = script("install-station", "--dry-run", *BOX, os_release=ubuntu)
    taken = script("install-station", "--dry-run", *BOX, "--no-kiosk", os_release=ubuntu)

    assert (refused.returncode, refused.stdout) == (1, "")
    assert "--browser" in refused.stderr
    assert taken.returncode == 0


@pytest.mark.parametrize("name", ["install-server", "install-station", "uninstall"])
def test_help_is_what_stands_at_the_top(name: str, script: Script, deploy: Path) -> None:
    outcome = script(name, "--help")

    assert outcome.returncode == 0
    assert "--dry-run" in outcome.stdout
    assert "set -eu" not in outcome.stdout.splitlines()[0]
    assert outcome.stdout.splitlines()[0] in (deploy / name).read_text(encoding="utf-8")
