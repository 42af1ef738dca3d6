"""The documentation names everything that there is: codes, settings, commands, messages, routes."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from server.commands import main
from server.config import Config
from server.domain.errors import FloorRule, Refusal
from server.domain.judge import FLAGS
from server.web import desk_api, sockets_desk, station_host
from server.web.expectations import EXPECTED
from server.web.refusals import HTTP_CODES, status_of
from server.web.sockets_desk import DeskNamespace
from server.web.sockets_station import StationNamespace

DOCS = Path("docs")
BRINGING_IN = (desk_api, sockets_desk, station_host)
"""Importing these brings in every refusal of the web."""


def text_of(name: str) -> str:
    """Return a page of the documentation."""
    return (DOCS / name).read_text(encoding="utf-8")


def rows_of(name: str) -> dict[str, list[str]]:
    """Return the rows of a page's tables by their first cell, which stands in backticks."""
    lines = re.findall(r"^\| `([^`]+)` \|(.*)\|$", text_of(name), re.MULTILINE)
    return {first: [cell.strip() for cell in rest.split("|")] for first, rest in lines}


def refusals(kind: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """Return every class of refusal there is."""
    yield kind
    for below in kind.__subclasses__():
        yield from refusals(below)


REFUSALS = {kind.code: kind for kind in refusals()}


@pytest.mark.parametrize("code", sorted(REFUSALS))
def test_every_refusal_is_explained_with_its_status(code: str) -> None:
    status, _details, meaning = rows_of("refusals.md")[code]

    assert status == str(status_of(code))
    assert len(meaning) > 20


@pytest.mark.parametrize("rule", FloorRule.__subclasses__(), ids=lambda rule: rule.code)
def test_every_rule_that_may_be_broken_says_so_with_its_flag(rule: type[FloorRule]) -> None:
    meaning = rows_of("refusals.md")[rule.code][-1]

    assert f"`may_insist`, flag `{rule.flag}`" in meaning
    assert rule.flag in FLAGS


@pytest.mark.parametrize("status", HTTP_CODES)
def test_every_error_of_http_is_explained(status: int) -> None:
    assert rows_of("refusals.md")[HTTP_CODES[status]][0] == str(status)


def test_every_code_in_the_documentation_is_there() -> None:
    known = {*REFUSALS, *HTTP_CODES.values(), "failed", *EXPECTED}

    assert set(rows_of("refusals.md")) <= known


@pytest.mark.parametrize("code", EXPECTED)
def test_every_expectation_is_explained(code: str) -> None:
    pages = rows_of("refusals.md").keys() | set(
        re.findall(r"`([a-z-]+)[:`]", text_of("import-format.md"))
    )

    assert code in pages


@pytest.mark.parametrize("name", Config.model_fields)
def test_every_setting_is_explained(name: str) -> None:
    default, meaning = rows_of("configuration.md")[name]

    assert default
    assert meaning.endswith(".")


@pytest.mark.parametrize("name", ["host", "port", "plant_name", "time_zone", "badge_seconds"])
def test_the_defaults_are_those_of_the_documentation(name: str) -> None:
    assert rows_of("configuration.md")[name][0] == f"`{Config.model_fields[name].default}`"


def commands(
    group: click.Group = main, prefix: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Return every command with its name."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command
        yield (*prefix, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*prefix, name))


def section_of(command: str) -> str:
    """Return what the documentation says of a command."""
    found = re.search(
        rf"^## `floorline {command}\b.*?(?=^## |\Z)",
        text_of("commands.md"),
        re.DOTALL | re.MULTILINE,
    )
    assert found, command
    return found[0]


COMMON = {"--help", "--data", "--database", "--log-format", "--config"}
ALL_COMMANDS = dict(commands())


@pytest.mark.parametrize("name", ALL_COMMANDS, ids=" ".join)
def test_every_command_is_explained_with_its_options(name: tuple[str, ...]) -> None:
    command, section = ALL_COMMANDS[name], section_of(name[0])
    settings = {f"--{setting.replace('_', '-')}" for setting in Config.model_fields}
    named = settings if name[0] == "demo" else set()
    options = {
        option
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
        if option.startswith("--")
    }

    assert all(f"`{word}" in section for word in name[1:])
    missing = {o for o in options - COMMON - named if f"`{o}`" not in section}
    assert not missing


def test_every_section_of_the_commands_is_a_command() -> None:
    told = re.findall(r"^## `floorline ([a-z-]+)", text_of("commands.md"), re.MULTILINE)

    assert sorted(told) == sorted(name for name in main.list_commands(click.Context(main)))


@pytest.mark.parametrize("namespace", [StationNamespace, DeskNamespace])
def test_every_message_of_a_namespace_is_in_the_protocol(namespace: type) -> None:
    source = Path(f"server/web/{namespace.__module__.rpartition('.')[2]}.py")
    messages = re.findall(r'^            "(\w+)": self\._|"(\w+)": self\._', source.read_text())
    protocol = text_of("protocol.md")

    assert messages
    for message in {one or other for one, other in messages}:
        assert f"| `{message}` |" in protocol, message


def test_every_message_of_the_server_is_in_the_protocol() -> None:
    announced = Path("server/web/announcer.py").read_text(encoding="utf-8")
    told = set(re.findall(r'_wires\.tell\(\s*"(\w+)"', announced))

    assert told >= {"delta", "changed", "seen", "station", "print", "notice"}
    for message in told | {"answer"}:
        assert re.search(rf"^\| `{message}` \| server \|", text_of("protocol.md"), re.MULTILINE)


def test_every_route_of_the_desk_is_in_the_protocol() -> None:
    source = Path("server/web/desk_api.py").read_text(encoding="utf-8")
    routes = re.findall(r'@api\.(?:get|post)\("([^"]+)"\)', source)
    protocol = text_of("protocol.md")

    assert len(routes) > 20
    for route in routes:
        written = re.sub(
            r"<(?:\w+:)?(\w+)>", lambda found: f"<{found[1].replace('_', ' ')}>", route
        )
        assert f"/desk/api{written}" in protocol, route


def test_every_link_of_the_documentation_leads_somewhere() -> None:
    for page in DOCS.rglob("*.md"):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page}: {target}"
