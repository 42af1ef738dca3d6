"""What a form, a message or a file should have had, in words.

An error names what was expected by a code, its data behind a colon: `max-length:60`.
"""

from collections.abc import Mapping
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

EXPECTED: dict[str, LazyString] = {
    # Messages and forms
    "account-name": _("a name of 2 to 32 small letters, digits, dots or dashes"),
    "at-least": _("at least %(data)s"),
    "at-least-entries": _("at least %(data)s of them"),
    "at-least-letters": _("at least %(data)s characters"),
    "at-least-reported": _("not less than the %(data)s pieces that have been reported"),
    "at-most": _("at most %(data)s"),
    "at-most-entries": _("at most %(data)s of them"),
    "badge-and-name": _("a badge of 3 to 8 digits, and a name"),
    "between": _("a number from %(data)s"),
    "known-account": _("an account that exists"),
    "known-badge": _("the badge of an operator"),
    "known-station": _("a station that exists"),
    "length": _("%(data)s characters"),
    "list": _("a list"),
    "moment": _("a moment, such as 2026-11-30T06:12:00Z"),
    "no-such-field": _("no such field"),
    "not-reserved": _("a name that Floorline does not act under itself (%(data)s)"),
    "object": _("fields with their values"),
    "operation": _("an operation, such as WO100245/010"),
    "other-characters": _("other characters"),
    "station-name": _("a name of capital letters, digits, dots or dashes, such as LATHE-2"),
    "yes-or-no": _("yes or no"),
    # Files
    "cell-value": _("a value, not an error of the spreadsheet (%(data)s)"),
    "column-in-file": _("a column that is in the file"),
    "date": _("a date that exists, such as 2026-11-30 (%(data)s)"),
    "encoding": _("text in UTF-8 or Windows-1252"),
    "file-size": _("a file of at most %(data)s bytes"),
    "file-type": _("a file of one of these types: %(data)s"),
    "first-in-row": _("an operation number that the order has not yet; row %(data)s has it"),
    "known-key": _("a key that a mapping may have"),
    "max-alternates": _("at most %(data)s alternates"),
    "max-columns": _("at most %(data)s columns"),
    "max-length": _("at most %(data)s characters"),
    "max-operations": _("at most %(data)s operations"),
    "max-orders": _("at most %(data)s orders"),
    "max-rows": _("at most %(data)s rows"),
    "more-errors": _("%(data)s more errors, not listed"),
    "no-control-characters": _("text without control characters"),
    "no-more-cells": _("no more cells than there are columns"),
    "no-plus": _("no + in an order number"),
    "not-empty": _("a file that is not empty"),
    "number": _("a number %(data)s"),
    "once": _("each order once; it is in %(data)s already"),
    "one-column": _("one column for this, not several (%(data)s)"),
    "one-of": _("one of: %(data)s"),
    "one-work-center": _("one work center for this operation (%(data)s)"),
    "open-order": _("an order that is still open; this one is %(data)s"),
    "order-number": _("an order number: capital letters, digits, dots, dashes, at most 20"),
    "order-rows": _("rows of orders under a row of headers"),
    "required": _("a value"),
    "required-column": _("a column for this"),
    "running-operation": _("an operation that runs must stay in the routing"),
    "same-as-row": _("the same as in row %(data)s"),
    "some-operations": _("at least one operation"),
    "text": _("text"),
    "too-costly": _(
        "a file that is read in less time and memory; save only the rows with orders, as CSV,"
        " or send them in several files"
    ),
    "unambiguous-date": _("a date that can only mean one day (%(data)s)"),
    "unambiguous-number": _("a number that can only mean one thing (%(data)s)"),
    "unpacked-size": _("a file of at most %(data)s bytes when unpacked"),
    "well-formed": _("a file that is whole (%(data)s)"),
    "whole-number": _("a whole number %(data)s"),
}
"""What each code means; `%(data)s` is what stands behind the colon."""


def expected_words(expected: str) -> str:
    """Return what was expected, in the reader's language."""
    code, _colon, data = expected.partition(":")
    words = EXPECTED.get(code)
    return expected if words is None else (str(words) % {"data": data}).replace(" ()", "").strip()


def sentence(error: Mapping[str, Any]) -> str:
    """Return one error of a form or message as a sentence."""
    field, value = error.get("field", ""), error.get("value", "")
    shown = f"{field} “{value}”" if value else str(field)
    return f"{shown}: {expected_words(str(error.get('expected', '')))}.".removeprefix(": ")
