"""Templates are confined, and their mistakes are told; paper comes out anyway."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from server.domain.documents import badges_document, traveler_document
from server.domain.paper import DocumentKind
from server.printing.errors import (
    EngineFailed,
    FilesRefused,
    PaperFault,
    SymbolRefused,
    TemplateBroken,
)
from server.printing.render import Rendered, render
from server.services.ports import Document
from tests.printing.paperwork import (
    IMPRINT,
    TEMPLATES,
    operator,
    order_of,
    sheet_of,
    symbols,
    words,
)

OWN = Callable[..., Rendered]
DOT = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9Q"
    "DwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def badges() -> Document:
    context = badges_document([operator("10234", "Anna Lindqvist")], IMPRINT)
    return Document(DocumentKind.BADGES, "badges", context)


@pytest.fixture
def own(tmp_path: Path) -> OWN:
    """Return how to render badges with a template that a plant has written itself."""
    folder = tmp_path / "plant"
    folder.mkdir()
    (tmp_path / "secret.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")

    def rendered(template: str, *, ours: bool = False, **files: str) -> Rendered:
        (folder / "badges.html").write_text(template)
        for name, content in files.items():
            (folder / f"{name}.svg").write_text(content)
        return render(badges(), [folder, TEMPLATES] if ours else [folder])

    return rendered


def test_a_context_is_plain_json() -> None:
    order = order_of(3)
    context = traveler_document(order, sheet_of(order), IMPRINT)

    assert json.loads(json.dumps(context)) == context


def test_a_plants_own_template_comes_first_and_may_build_on_ours(own: OWN) -> None:
    rendered = own(
        '{% extends "base.html" %}{% block content %}<p>ours {{ plant }}</p>{% endblock %}',
        ours=True,
    )

    assert rendered.warnings == ()
    assert "ours Northfield Works" in words(rendered.pdf)[0]


def test_a_template_may_build_on_ours_of_the_same_name(own: OWN) -> None:
    rendered = own(
        '{% extends "standard/badges.html" %}{% block kind %}Keep it clean{% endblock %}', ours=True
    )

    assert rendered.warnings == ()
    (text,) = words(rendered.pdf)
    assert "KEEP IT CLEAN" in text.upper()
    assert "Anna Lindqvist" in text


def test_a_template_that_is_put_there_later_is_used_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "not-there-yet"
    before = render(badges(), [folder, TEMPLATES])
    folder.mkdir()
    (folder / "badges.html").write_text("<p>new</p>")

    after = render(badges(), [folder, TEMPLATES])

    assert "Anna Lindqvist" in words(before.pdf)[0]
    assert words(after.pdf) == ["new"]


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("<p>\n{% if %}\n</p>", 2),
        ("<p>\n\n{{ nonsense }}", 3),
        ("{{ badges[99].name }}", 1),
        ("\n{{ printed_by|local }}", 2),
        ("\n{{ 1 / 0 }}", 2),
        ("\n{% include 'missing.html' %}", 2),
        ("{% for n in range(10**9) %}{% endfor %}", 1),
    ],
)
def test_a_mistake_is_named_by_file_and_line(own: OWN, template: str, line: int) -> None:
    with pytest.raises(TemplateBroken) as broken:
        own(template)

    assert Path(broken.value.file).name == "badges.html"
    assert broken.value.line == line


@pytest.mark.parametrize(
    "escape",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ badges.__init__.__globals__ }}",
        "{{ self.__init__.__globals__ }}",
        "{{ '{0.__class__}'.format(plant) }}",
        "{{ (code128|attr('__globals__'))['Markup'] }}",
        "{{ badges.append(1) }}",
        "{% include '../secret.svg' %}",
        "{% include '/etc/hostname' %}",
    ],
)
def test_a_template_cannot_reach_out_of_its_sandbox(own: OWN, escape: str) -> None:
    with pytest.raises(TemplateBroken):
        own(f"<p>{escape}</p>")


def test_what_a_document_says_is_never_markup() -> None:
    context = badges_document([operator("10234", "<img src=x>")], IMPRINT)

    rendered = render(Document(DocumentKind.BADGES, "badges", context), [TEMPLATES])

    assert "<img src=x>" in words(rendered.pdf)[0]


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/hostname",
        "/etc/hostname",
        "../secret.svg",
        "%2e%2e/secret.svg",
        "file:///paper/../../etc/hostname",
        "link.svg",
        "http://127.0.0.1:9/logo.svg",
        "ftp://127.0.0.1/logo.svg",
        "missing.svg",
    ],
)
@pytest.mark.parametrize(
    "markup",
    [
        '<link rel="attachment" href="{}">',
        '<img src="{}" alt="">',
        '<link rel="stylesheet" href="{}">',
        '<p style="background: url({})">x</p>',
        "<svg><image href='{}' width='9' height='9'/></svg>",
    ],
)
def test_a_file_outside_the_template_folders_fails_loudly(
    own: OWN, tmp_path: Path, address: str, markup: str
) -> None:
    (tmp_path / "plant" / "link.svg").symlink_to(tmp_path / "secret.svg")

    with pytest.raises(FilesRefused):
        own(markup.format(address))


def test_a_damaged_picture_fails_loudly(own: OWN) -> None:
    with pytest.raises(FilesRefused, match=r"logo\.svg"):
        own("<img src=logo.svg alt=''>", logo="this is no picture")


def test_a_logo_beside_the_template_is_printed(own: OWN) -> None:
    square = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
    )

    rendered = own(f'<img src="logo.svg" alt=""><img src="{DOT}" alt="">', logo=square)

    assert rendered.warnings == ()


def test_a_broken_template_gives_way_to_ours_and_the_paper_says_so(own: OWN) -> None:
    rendered = own("<p>\n{{ nonsense }}", ours=True)

    (text,) = words(rendered.pdf)
    (warning,) = rendered.warnings
    assert "Anna Lindqvist" in text
    assert "standard form" in text
    assert "badges.html, line 2" in text
    assert warning.startswith("template-broken: ")
    assert "line 2: UndefinedError: 'nonsense' is undefined" in warning


def test_a_missing_key_is_our_mistake_and_fails() -> None:
    document = Document(DocumentKind.TRAVELER, "WO1", {"plant": "Northfield Works"})

    with pytest.raises(TemplateBroken):
        render(document, [TEMPLATES])


def test_a_style_rule_that_is_not_understood_is_a_warning(own: OWN) -> None:
    rendered = own("<p style='colr: red'>x</p>")

    assert "colr: red" in rendered.warnings[0]


@pytest.mark.parametrize(
    "symbol",
    [
        "code128('W' ~ 'A' * 40, 10, 100)",
        "code128('Ä')",
        "code128('')",
        "data_matrix('ñ')",
        "line_code('12', 1)",
        "line_code('0000001', 100)",
    ],
)
def test_a_symbol_that_would_not_scan_fails_the_document(own: OWN, symbol: str) -> None:
    with pytest.raises(SymbolRefused):
        own(f"{{{{ {symbol} }}}}", ours=True)


def test_no_style_sheet_can_make_a_symbol_finer(own: OWN) -> None:
    style = "<style>svg, .symbol { width: 10mm !important; max-width: 1mm }</style>"

    rendered = own(style + "{{ line_code('0000123', 1) }}")

    (code,) = symbols(rendered.pdf)
    assert code.text == "0000123017"
    assert code.position.top_right.x - code.position.top_left.x == pytest.approx(540, abs=4)


def test_every_fault_has_a_code_of_its_own() -> None:
    faults: list[type[PaperFault]] = [PaperFault, *PaperFault.__subclasses__()]

    codes = [fault.code for fault in faults]

    assert len(set(codes)) == len(codes)
    assert EngineFailed.code in codes


def test_the_words_of_paper_are_those_of_the_plants_language() -> None:
    german = replace(IMPRINT, language="de")
    order = order_of(2)
    context = traveler_document(order, sheet_of(order), german)
    document = Document(DocumentKind.TRAVELER, "traveler", context)
    translated = TEMPLATES.parents[1] / "translations"

    pdf = render(document, [TEMPLATES], translated).pdf

    assert "Di., 1. Dez. 2026" in words(pdf)[0]
    assert {"ausschuss", "nacharbeit", "gedruckt", "lager"} <= set(words(pdf)[0].lower().split())


def test_paper_of_a_language_without_a_catalogue_is_in_english() -> None:
    icelandic = replace(IMPRINT, language="is")
    context = badges_document([operator("10234", "Anna Lindqvist")], icelandic)
    document = Document(DocumentKind.BADGES, "badges", context)

    pdf = render(document, [TEMPLATES], TEMPLATES.parents[1] / "translations").pdf

    assert "Badges" in words(pdf)[0].split()
