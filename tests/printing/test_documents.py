"""Every document renders, says what its context says, and every symbol on it scans."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from server.domain.documents import (
    UNKNOWN_CODE,
    Imprint,
    Trial,
    badges_document,
    dispatch_list_document,
    station_labels_document,
    traveler_document,
    try_it_document,
)
from server.domain.paper import DocumentKind
from server.printing.render import Rendered, render
from server.services.ports import Document
from tests.printing.paperwork import (
    IMPRINT,
    LATHE,
    LETTER,
    TEMPLATES,
    list_of,
    list_sheet,
    operator,
    order_of,
    pages,
    sheet_of,
    station,
    symbols,
    words,
)


def printed(kind: DocumentKind, context: Mapping[str, Any]) -> Rendered:
    return render(Document(kind, "paper", context), [TEMPLATES])


def test_a_traveler_has_its_code_at_every_operation_and_its_sheet_on_every_page() -> None:
    order = order_of(15)
    context = traveler_document(order, sheet_of(order), IMPRINT)

    rendered = printed(DocumentKind.TRAVELER, context)

    read = pages(rendered.pdf)
    assert rendered.warnings == ()
    assert len(read) == 3
    assert sum(read, Counter()) == Counter(
        {context["envelope"]: 3, **{o["code"]: 1 for o in context["operations"]}}
    )


def test_each_page_of_a_traveler_names_order_sheet_print_page_and_time() -> None:
    order = order_of(9)
    context = traveler_document(order, sheet_of(order, "0000123", print_number=2), IMPRINT)

    first, second = words(printed(DocumentKind.TRAVELER, context).pdf)

    for text, number in ((first, "1 of 2"), (second, "2 of 2")):
        for said in ("WO100245", "0000123", "print 2", number, "22 Nov 2026, 13:00", "anna"):
            assert said in text


def test_a_traveler_says_what_is_to_be_done() -> None:
    order = order_of(2)
    context = traveler_document(order, sheet_of(order), IMPRINT)

    (text,) = words(printed(DocumentKind.TRAVELER, context).pdf)

    for said in ("250", "Tue 1 Dec 2026", "LATHE-2", "WO100245 / 010", "HOT"):
        assert said in text
    assert "Größe prüfen, Öl auftragen" in text
    assert "Проверить размеры по чертежу" in text
    assert "9 h 38 min" in text  # 15 minutes of setup and 250 pieces at 2.25.


def test_a_line_code_is_printed_with_the_module_width_of_the_standard() -> None:
    order = order_of(1)

    codes = symbols(
        printed(DocumentKind.TRAVELER, traveler_document(order, sheet_of(order), IMPRINT)).pdf
    )

    (line,) = [code for code in codes if code.text.isdecimal()]
    width = line.position.top_right.x - line.position.top_left.x
    assert width == pytest.approx(90 * 6, abs=4)  # 0.508 mm are 6 dots.


def test_codes_of_a_sheet_stand_apart() -> None:
    orders = [order_of(1, f"WO{n}") for n in range(9)]
    listed = list_of(orders)
    sheet = list_sheet(row.operation for row in listed.rows)
    document = dispatch_list_document(listed, LATHE, sheet, IMPRINT)

    codes = symbols(printed(DocumentKind.DISPATCH_LIST, document).pdf)

    tops = sorted(code.position.top_left.y for code in codes if code.text.isdecimal())
    gaps = [lower - upper for upper, lower in pairwise(tops)]
    assert len(gaps) > 5
    assert min(gaps) / 300 * 25.4 >= 25  # Ten millimetres of bars, and fifteen without any.


def test_a_long_order_number_and_long_words_keep_every_code_readable() -> None:
    order = order_of(
        4,
        "WO-2026.11/LONG-NUM9",
        part="P" * 40,
        description="Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz " * 3,
        quantity=99_999_999,
    )
    context = traveler_document(order, sheet_of(order, "9999999", 99), LETTER)

    read = pages(printed(DocumentKind.TRAVELER, context).pdf)

    codes = {o["code"] for o in context["operations"]}
    assert sum(read, Counter()).keys() == {context["envelope"], *codes}


def test_a_held_order_says_why() -> None:
    order = replace(order_of(1), hold="Material certificate missing")

    (text,) = words(
        printed(DocumentKind.TRAVELER, traveler_document(order, sheet_of(order), IMPRINT)).pdf
    )

    assert "HELD" in text
    assert "Material certificate missing" in text


def test_a_dispatch_list_has_a_code_for_every_line() -> None:
    orders = [order_of(2, f"WO{n:06d}", hot=n == 0) for n in range(12)]
    listed = list_of(orders)
    sheet = list_sheet(row.operation for row in listed.rows)
    context = dispatch_list_document(listed, LATHE, sheet, IMPRINT)

    rendered = printed(DocumentKind.DISPATCH_LIST, context)

    read = pages(rendered.pdf)
    assert sum(read, Counter()) == Counter(
        {context["envelope"]: len(read), **{row["code"]: 1 for row in context["rows"]}}
    )
    text = words(rendered.pdf)[0]
    assert "Version 37" in text
    assert text.index("WO000000 / 010") < text.index("WO000001 / 010")


def test_a_dispatch_list_counts_what_is_not_on_the_sheet() -> None:
    listed = list_of(order_of(1, f"WO{n}") for n in range(3))
    sheet = list_sheet([listed.rows[0].operation])
    context = dispatch_list_document(listed, LATHE, sheet, IMPRINT)

    (text,) = words(printed(DocumentKind.DISPATCH_LIST, context).pdf)

    assert "2 more operations are on the list but not on this sheet." in text


def test_badges_are_of_the_size_of_a_bank_card_and_scan() -> None:
    people = [
        operator("99107", "Jürgen Müller-Großkreutz"),
        operator("12345678", "Александр Константинопольский", contractor=True),
        operator("100", "Bo Li"),
    ]
    context = badges_document(people, IMPRINT)

    rendered = printed(DocumentKind.BADGES, context)

    assert pages(rendered.pdf) == [Counter(["1H99107", "3H12345678", "1H100"])]
    codes = {c.text: c.position.top_left.y for c in symbols(rendered.pdf)}
    assert abs(codes["1H100"] - codes["1H99107"]) == pytest.approx(54 / 25.4 * 300, abs=8)
    assert "CONTRACTOR" in words(rendered.pdf)[0]


def test_station_labels_scan_however_long_the_name_is() -> None:
    stations = [station("LATHE-2"), station("INSPECTION.HALL-2_AB")]
    context = station_labels_document(stations, [LATHE], LETTER)

    rendered = printed(DocumentKind.STATION_LABELS, context)

    assert pages(rendered.pdf) == [Counter(["10SLATHE-2", "10SINSPECTION.HALL-2_AB"])]
    assert "CNC lathe, long bed" in words(rendered.pdf)[0]


@pytest.mark.parametrize("imprint", [IMPRINT, LETTER])
def test_the_try_it_sheet_is_one_page_that_has_everything_to_scan(imprint: Imprint) -> None:
    first, second = order_of(3), order_of(2, "WO100246")
    trial = Trial(
        [operator(f"1010{n}", "Anna Lindqvist") for n in range(4)],
        [station("LATHE-2"), station("MILL-3")],
        [(first, sheet_of(first)), (second, sheet_of(second, "0000124"))],
        "http://127.0.0.1:8080",
    )
    context = try_it_document(trial, [LATHE], imprint)

    rendered = printed(DocumentKind.TRY_IT, context)

    (read,) = pages(rendered.pdf)
    parts = [*context["badges"], *context["stations"]]
    lines = [line for traveler in context["travelers"] for line in traveler["operations"]]
    envelopes = [traveler["envelope"] for traveler in context["travelers"]]
    assert read == Counter([UNKNOWN_CODE, *envelopes, *(part["code"] for part in [*parts, *lines])])
    assert "http://127.0.0.1:8080" in words(rendered.pdf)[0]


@pytest.mark.parametrize(("imprint", "size"), [(IMPRINT, (210, 297)), (LETTER, (215.9, 279.4))])
def test_paper_is_of_the_size_the_plant_uses(
    imprint: Imprint, size: tuple[float, float], page_size: Any
) -> None:
    rendered = printed(DocumentKind.BADGES, badges_document([], imprint))

    assert page_size(rendered.pdf) == pytest.approx(size, abs=0.1)
