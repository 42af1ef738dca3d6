"""Health and messages: what machines ask for."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from server.services.ports import StoreAway
from server.web.messages import LANGUAGES
from tests.web.visiting import NewSite, Site


@dataclass
class Broken:
    """A part of the plant that is not ready."""

    def answers(self) -> bool:
        """Tell that it does not."""
        return False

    def is_ready(self) -> bool:
        """Tell that it is not."""
        return False


def test_a_server_that_answers_is_alive(site: Site) -> None:
    assert site.browser().json("/healthz") == {"alive": True}


def test_a_server_is_ready_when_database_and_paper_are(site: Site) -> None:
    answer = site.browser().get("/readyz")

    assert answer.status_code == 200
    assert answer.get_json() == {
        "ready": True,
        "database": True,
        "migrations": True,
        "paper": True,
    }


@pytest.mark.parametrize("part", ["store", "press"])
def test_a_server_without_database_or_paper_is_not_ready(site: Site, part: str) -> None:
    desk = site.server.app.extensions["floorline"]
    plant = type(desk.plant)(
        **{name: getattr(desk.plant, name) for name in ("store", "announcer", "press", "now")}
        | {part: Broken()}
    )
    site.server.app.extensions["floorline"] = replace(desk, plant=plant)

    answer = site.browser().get("/readyz")

    assert answer.status_code == 503
    assert answer.get_json()["ready"] is False


def test_without_its_database_a_server_asks_for_patience(site: Site) -> None:
    site.server.app.add_url_rule("/away", view_func=away)

    answer = site.browser().get("/away")

    assert answer.status_code == 503
    assert "The database does not answer" in answer.text


def away() -> str:
    """Fail as every view does whose store cannot be reached."""
    raise StoreAway("The database does not answer")


def test_english_needs_no_catalogue(site: Site) -> None:
    answer = site.browser().json("/messages.json")

    assert (answer["locale"], answer["messages"]) == ("en", {})


def test_a_reader_gets_the_language_of_the_browser_else_the_plants(site: Site) -> None:
    site.server.app.config[LANGUAGES] = ["de", "en", "fr"]
    client = site.browser().client

    locales = [
        client.get("/messages.json", headers={"Accept-Language": wish}).get_json()["locale"]
        for wish in ("fr-FR,fr;q=0.9", "en", "sv", "")
    ]

    assert locales == ["fr", "en", "de", "de"]


def test_the_catalogue_is_asked_for_again_when_it_may_have_changed(site: Site) -> None:
    answer = site.browser().get("/messages.json")

    assert answer.headers["Cache-Control"] == "no-cache"
    assert "Accept-Language" in answer.headers["Vary"]


def test_static_files_are_served(site: Site) -> None:
    with site.browser().get("/static/js/shared/list.js") as answer:
        assert answer.status_code == 200
        assert answer.mimetype == "text/javascript"


def test_the_import_map_names_files_that_are_there(new_site: NewSite) -> None:
    html = new_site().browser().get("/station/LATHE-2").text

    names = [line.split('"')[3] for line in html.splitlines() if "/static/vendor/" in line]

    assert len(names) == 6
    for name in names:
        assert Path(name.lstrip("/")).is_file(), name
