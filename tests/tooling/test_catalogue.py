"""The German catalogue says all that the sources say, and nothing else."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from scripts.messages import browser_texts, extracted, is_translated, read_catalogue, update

PLACES = re.compile(r"%\((\w+)\)s")
SCREENS = ("static/js/shared/", "static/js/station/", "templates/station/")
"""Where the texts are that are read from two metres."""
LONGER = 1.4
MORE_LETTERS = 6
"""How much longer than the English such a text may be; a single word may have some letters more."""


@pytest.fixture(scope="module")
def texts(root: Path) -> Catalog:
    """Return what the sources say now."""
    return extracted(root)


@pytest.fixture(scope="module")
def german(root: Path) -> Catalog:
    """Return the German catalogue as it is kept."""
    return read_catalogue(root / "translations" / "de" / "LC_MESSAGES" / "messages.po")


@pytest.fixture
def script(tmp_path: Path) -> Callable[[str], list[str]]:
    """Return how to read the texts of a module of the browser."""

    def read(source: str) -> list[str]:
        path = tmp_path / "module.js"
        path.write_text(source, encoding="utf-8")
        with path.open("rb") as opened:
            return [text for _line, _call, text, _comments in browser_texts(opened, {}, (), {})]

    return read


def messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def forms(words: str | tuple[str, ...] | list[str]) -> list[str]:
    """Return the singular and the plural of a text, or its one form."""
    return [words] if isinstance(words, str) else list(words)


def test_every_text_of_the_sources_is_in_the_catalogue(texts: Catalog, german: Catalog) -> None:
    kept = {(message.context, message.id) for message in messages(german)}

    missing = [one.id for one in messages(texts) if (one.context, one.id) not in kept]

    assert missing == [], "run `make messages`, then translate"


def test_no_text_is_kept_that_no_source_has(texts: Catalog, german: Catalog) -> None:
    said = {(message.context, message.id) for message in messages(texts)}

    left = [one.id for one in messages(german) if (one.context, one.id) not in said]

    assert left == [], "run `make messages`"
    assert list(german.obsolete) == []


def test_every_text_is_translated_for_good(german: Catalog) -> None:
    assert [one.id for one in messages(german) if not is_translated(one)] == []


def test_a_translation_has_the_places_of_its_text(german: Catalog) -> None:
    differing = [
        words
        for one in messages(german)
        for words in forms(one.string or "")
        if sorted(set(PLACES.findall(words))) != sorted(set(PLACES.findall(forms(one.id)[-1])))
        or PLACES.sub("", words).count("%") != PLACES.sub("", forms(one.id)[-1]).count("%")
    ]

    assert differing == []


def test_the_kiosk_stays_short(german: Catalog) -> None:
    long = [
        one.string
        for one in messages(german)
        if any(place.startswith(SCREENS) for place, _line in one.locations)
        and len(one.string or "") > max(LONGER * len(one.id), len(one.id) + MORE_LETTERS)
    ]

    assert long == []


def test_python_templates_and_browser_code_are_all_searched(texts: Catalog) -> None:
    places = {place for one in messages(texts) for place, _line in one.locations}

    assert {
        "server/web/words.py",
        "templates/desk/frame.html",
        "templates/paper/traveler.html",
        "static/js/station/panel.js",
    } <= places


def test_a_text_is_found_in_nested_templates_and_in_calls_of_several_lines(
    script: Callable[[str], list[str]],
) -> None:
    source = """
        html`<p>${rows.map((row) => html`<b title=${t("Deep")}>${t('Say "yes"', row)}</b>`)}</p>`;
        return t(
          "Several %(lines)s",
          { lines },
        );
    """

    found = script(source)

    assert found == ["Deep", 'Say "yes"', "Several %(lines)s"]


def test_what_only_looks_like_a_call_is_no_text(script: Callable[[str], list[str]]) -> None:
    source = 'export function t(english) {}\nimport("x"); element.t("Mine"); set("Yours");'

    assert script(source) == []


@pytest.mark.parametrize("call", ["t(words)", 't("One " + more)', "t(`A template`)"])
def test_a_text_that_cannot_be_read_from_the_source_is_refused(
    script: Callable[[str], list[str]], call: str
) -> None:
    with pytest.raises(SyntaxError, match="quotation marks"):
        script(call)


def test_an_update_keeps_translations_adds_texts_and_drops_old_ones(tmp_path: Path) -> None:
    path = tmp_path / "de" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    path.write_text(
        'msgid "Start"\nmsgstr "Beginn"\n\nmsgid "Old"\nmsgstr "Alt"\n', encoding="utf-8"
    )
    now = Catalog()
    now.add("Start")
    now.add("Started")

    update(path, now)

    kept = {message.id: message.string for message in messages(read_catalogue(path))}
    assert kept == {"Start": "Beginn", "Started": ""}
    assert "Old" not in path.read_text(encoding="utf-8")


def test_a_second_update_changes_nothing(root: Path, texts: Catalog, tmp_path: Path) -> None:
    path = tmp_path / "de" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    path.write_bytes((root / "translations/de/LC_MESSAGES/messages.po").read_bytes())
    update(path, texts)
    once = path.read_bytes()

    update(path, texts)

    assert path.read_bytes() == once
