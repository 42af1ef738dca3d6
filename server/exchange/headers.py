"""Which column of a file holds what."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from server.exchange.findings import Expected, Findings, shown
from server.exchange.json_table import STEP_PREFIX
from server.exchange.synonyms import (
    ALTERNATIVES,
    IN_OPERATION,
    IN_ORDER,
    REQUIRED,
    REQUIRED_IN_STEP,
    SYNONYMS,
    Field,
)
from server.exchange.tables import Row, Table, columns_of

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})  # codespell:ignore ue


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field stands in a row, and the columns that nothing is read from."""

    places: Mapping[Field, int]
    unused: tuple[str, ...] = ()
    are_complete: bool = True
    """Every field that is required has a column."""


def plain(header: str) -> str:
    """Return a column name without case, spaces and punctuation, for comparing."""
    folded = unicodedata.normalize("NFKC", header).casefold().translate(_UMLAUTS)
    return "".join(c for c in folded if c.isalnum())


OURS = {plain(field): field for field in Field}
OTHERS = {plain(name): field for field, names in SYNONYMS.items() for name in names}


def match_columns(table: Table, mapping: Mapping[str, str], findings: Findings) -> Columns:
    """Return where the fields are; what is ambiguous or missing goes to the findings.

    A mapping wins over our own names, and those win over synonyms.
    """
    claims: dict[Field, list[int]] = {}
    taken: set[int] = set()
    for reading in (_mapped(table, mapping, findings), _named(table, OURS), _named(table, OTHERS)):
        level: dict[Field, list[int]] = {}
        for field, place in reading:
            if field not in claims and _twin(field) not in claims and place not in taken:
                level.setdefault(field, []).append(place)
        claims |= level
        taken.update(place for places in level.values() for place in places)
    _refuse_missing(table, claims, mapping, findings)
    unused = tuple(shown(n) for place, n in enumerate(table.columns) if n and place not in taken)
    are_complete = all(field in claims for field in REQUIRED)
    return Columns(_unambiguous(table, claims, findings), unused, are_complete)


def suits(mapping: Mapping[str, str], header: Row) -> bool:
    """Tell whether a header names every column that is required."""
    named = Table(columns_of(header), (), header.number)
    return match_columns(named, mapping, Findings("")).are_complete


def _mapped(
    table: Table, mapping: Mapping[str, str], findings: Findings
) -> Iterator[tuple[Field, int]]:
    wanted = {Field(key): name for key, name in mapping.items() if key in set(Field)}
    for field, name in wanted.items():
        places = [at for at, column in enumerate(table.columns) if _key(column) == _key(name)]
        exact = [at for at in places if table.columns[at] == name]
        if not places:
            findings.add(Expected.COLUMN_IN_FILE.of(field), table.header_row, name)
        for place in exact or places:
            yield field, place


def _key(header: str) -> str:
    """Return what to compare a mapped name by: the plain name, unless it is all punctuation."""
    return plain(header) or header


def _named(table: Table, names: Mapping[str, Field]) -> Iterator[tuple[Field, int]]:
    nested = any(column.startswith(STEP_PREFIX) for column in table.columns) or _is_hollow(table)
    for place, column in enumerate(table.columns):
        within = IN_OPERATION if column.startswith(STEP_PREFIX) else IN_ORDER if nested else {}
        key = plain(column.removeprefix(STEP_PREFIX))
        field = within.get(key) or names.get(key)
        if field is not None:
            yield field, place


def _is_hollow(table: Table) -> bool:
    """Tell whether some order of the file has an empty list of operations."""
    return any(row.is_without_steps for row in table.rows)


def _twin(field: Field) -> Field | None:
    """Return the other field that says the same in another unit."""
    return next((b if a is field else a for a, b in ALTERNATIVES.items() if field in (a, b)), None)


def _unambiguous(
    table: Table, claims: Mapping[Field, list[int]], findings: Findings
) -> dict[Field, int]:
    """Return the fields that one column alone claims; cells of others would mislead."""
    clear: dict[Field, int] = {}
    for field, places in sorted(claims.items(), key=lambda claim: claim[1]):
        twin = _twin(field)
        if len(places) == 1 and twin not in claims:
            clear[field] = places[0]
            continue
        for place in places:
            name = table.columns[place]
            findings.add(Expected.ONE_COLUMN.of(field), table.header_row, name, name)
    return clear


def _refuse_missing(
    table: Table,
    claims: Mapping[Field, list[int]],
    mapping: Mapping[str, str],
    findings: Findings,
) -> None:
    # Where orders came without operations, that is said; no column is missing then.
    excused = REQUIRED_IN_STEP if _is_hollow(table) else ()
    for field in REQUIRED:
        # A mapped column that is not in the file has been reported already.
        if field not in claims and field not in mapping and field not in excused:
            findings.add(Expected.REQUIRED_COLUMN.of(field), table.header_row, field)
