"""The reasons that come by default are said in the reader's language, a plant's own as written."""

from typing import Any

import pytest

from server.config import Config
from server.web.reasons import REASONS
from tests.web.visiting import NewSite, Site


def told(site: Site, language: str) -> Any:
    """Return the words of reasons that a reader's screens get."""
    answer = site.browser().client.get("/messages.json", headers={"Accept-Language": language})
    return answer.get_json()["reasons"]


@pytest.mark.parametrize("kind", REASONS)
def test_every_default_reason_has_words(kind: str) -> None:
    assert tuple(REASONS[kind]) == Config.model_fields[f"{kind}_reasons"].default


def test_a_reader_gets_the_default_reasons_in_his_language(site: Site) -> None:
    words = told(site, "de")

    assert words["scrap"]["operator error"] == "Bedienfehler"
    assert words["rework"]["surface"] == "Oberfläche"
    assert words["pause"]["end of shift"] == "Schichtende"


def test_english_readers_get_them_as_they_are_recorded(site: Site) -> None:
    assert told(site, "en") == {"scrap": {}, "rework": {}, "pause": {}}


def test_nobody_translates_the_reasons_of_a_plant_of_its_own(new_site: NewSite) -> None:
    site = new_site(pause_reasons=["break", "tool missing"])

    assert set(told(site, "de")) == {"scrap", "rework"}
