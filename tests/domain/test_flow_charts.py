"""The flow charts: every code, flag and check of the rules is in them, and nothing else."""

import re
from pathlib import Path

import pytest

from server.domain.errors import Refusal
from server.domain.judge import FLAGS
from server.domain.release import CHECKS
from server.domain.sequence import Rule
from tests.domain.test_facts import refusals

CHARTS = Path(__file__).parents[2] / "docs" / "algorithms"
NAMES = ("scan", "release", "resequence")
REFUSAL = re.compile(r'\(\["([a-z-]+)"\]\)')
FLAG = re.compile(r'\[/"([a-z_]+)"/\]')
IN_NO_CHART = {"sign-in-failed", "set-up-failed", "enrolment-failed", "name-taken", "invalid"}
"""Codes of forms at the desk, where there is nothing to draw."""
CODES = {kind.code for kind in refusals() if kind.code != Refusal.code}


def text(name: str) -> str:
    """Return a page of charts."""
    return (CHARTS / f"{name}.md").read_text(encoding="utf-8")


def test_every_refusal_is_in_a_chart() -> None:
    drawn = {code for name in NAMES for code in REFUSAL.findall(text(name))}

    assert drawn == CODES - IN_NO_CHART


def test_every_flag_is_in_the_chart_of_scans() -> None:
    assert set(FLAG.findall(text("scan"))) == set(FLAGS)


def test_every_release_check_is_in_the_table_with_its_codes() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \|", text("release"), re.MULTILINE)

    assert rows == list(CHECKS)
    source = Path(__file__).parents[2].joinpath("server/domain/release.py").read_text("utf-8")
    codes = set(re.findall(r'"((?:no|too|unknown)-[a-z-]+)"', source))
    assert {code for code in codes if f"`{code}`" not in text("release")} == set()


def test_every_rule_is_in_the_table() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \|", text("resequence"), re.MULTILINE)

    assert rows == list(Rule)


@pytest.mark.parametrize("name", NAMES)
def test_every_fact_in_a_chart_is_one(name: str) -> None:
    facts = set(re.findall(r"\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\b", text(name)))
    events = Path(__file__).parents[2].joinpath("server/domain/events.py").read_text("utf-8")

    assert {fact for fact in facts if f"class {fact}:" not in events} == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_step_of_a_chart_is_drawn(name: str) -> None:
    for chart in re.findall(r"```\{mermaid\}\n(.*?)```", text(name), re.DOTALL):
        drawn = set(re.findall(r"\b([A-Z][A-Z0-9]*)(?:\[|\{|\(\[)", chart))
        named = set(re.findall(r"(?:^ +|> |\| )([A-Z][A-Z0-9]*)\b(?! *[a-z])", chart, re.MULTILINE))
        assert named <= drawn
