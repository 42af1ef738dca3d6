"""CSV files: the delimiter from the header line, quotes respected, one row after another."""

import csv
import io
from collections.abc import Iterator

from server.exchange.decoding import decoded
from server.exchange.findings import Expected, Unfit
from server.exchange.limits import ROW_POSITION
from server.exchange.tables import (
    Row,
    RowCount,
    Suits,
    Table,
    begin,
    fitted,
    is_hopeless,
    table,
    trimmed,
)

DELIMITERS = (",", ";", "\t")
_HINT = "sep="


def read_csv(content: bytes, count: RowCount, suits: Suits) -> Table:
    """Return the table in a CSV file, cut short when its header does not suit.

    Raises Unfit when there is none; counts the rows.
    """
    text = decoded(content)
    delimiter, body, skipped = _hinted(text)
    delimiter = delimiter or sniffed(body)
    every = _rows(body, delimiter, skipped, count)
    rows = begin(every)
    if not is_hopeless(rows, suits):
        rows += every
    if not rows:
        raise Unfit(Expected.NOT_EMPTY)
    # A list separated by commas comes from where the comma is not the decimal mark.
    return table(rows[0], tuple(rows[1:]), "." if delimiter == "," else None)


def sniffed(text: str) -> str:
    """Return the delimiter that occurs most often outside quotes in the first line with text."""
    counts = dict.fromkeys(DELIMITERS, 0)
    quoted = begun = False
    for character in text:
        if character == '"':
            quoted = not quoted
        elif not quoted and character in counts:
            counts[character] += 1
        elif not quoted and character in "\r\n" and begun:
            break
        begun = begun or not character.isspace()
    return max(DELIMITERS, key=lambda delimiter: counts[delimiter])


def _hinted(text: str) -> tuple[str | None, str, int]:
    """Return the delimiter that a `sep=;` line states, the text after it, and lines skipped."""
    first, newline, rest = text[:8].partition("\n")
    hint = first.rstrip("\r")
    if not newline or hint[:-1].lower() != _HINT or hint[-1] not in (*DELIMITERS, "|"):
        return None, text, 0
    return hint[-1], text[len(text[:8]) - len(rest) :], 1


def _rows(text: str, delimiter: str, skipped: int, count: RowCount) -> Iterator[Row]:
    # The same few texts come again and again: keeping one of each keeps large files small.
    kept: dict[str, str] = {}
    width = None
    for number, cells in enumerate(_records(text, delimiter, skipped), start=skipped + 1):
        if number > ROW_POSITION:
            raise Unfit(Expected.MAX_ROWS.of(ROW_POSITION), number)
        said = trimmed([kept.setdefault(cell, cell) for cell in cells])
        if not said:
            continue
        row = fitted(number, said, width)
        if width is None:
            width = len(row.cells)
        else:
            count.add(number)
        yield row


def _records(text: str, delimiter: str, skipped: int) -> Iterator[list[str]]:
    number = skipped
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        number += 1
        try:
            record = next(records)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unfit(Expected.WELL_FORMED.of("csv"), number) from error
        yield record
