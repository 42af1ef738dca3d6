"""Mapping files: a plant's own column names, and how it writes dates and numbers.

They are TOML; a flat JSON object with keys such as `order` and `dates.order` says the same.

[columns]
order = "AUFNR"
[dates]
order = "dmy"
[numbers]
decimal = ","
"""

import json
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping

from server.exchange import limits
from server.exchange.amounts import MARKS
from server.exchange.days import ORDERS
from server.exchange.findings import Expected, Findings, Unfit
from server.exchange.synonyms import Field
from server.services.ports import MappingReading

DATE_ORDER = "dates.order"
DECIMAL_MARK = "numbers.decimal"
_COLUMNS = "columns"
_CHOICES = {DATE_ORDER: ORDERS, DECIMAL_MARK: MARKS}
_TABLES = (_COLUMNS, "dates", "numbers")


def read_mapping(name: str, content: bytes) -> MappingReading:
    """Return what a mapping file says, or everything that is wrong with it."""
    findings = Findings(name)
    try:
        mapping = dict(_entries(_tables(content), findings))
    except Unfit as unfit:
        findings.add(unfit.expected, unfit.row)
        return MappingReading(errors=findings.errors())
    check_mapping(mapping, findings)
    return MappingReading({} if findings else mapping, findings.errors())


def check_mapping(mapping: Mapping[str, str], findings: Findings) -> None:
    """Note everything wrong with a mapping: keys, choices, one column given to two fields."""
    given = Counter(name for key, name in mapping.items() if key not in _CHOICES)
    for key, value in mapping.items():
        if key not in _CHOICES and key not in set(Field):
            findings.add(Expected.KNOWN_KEY.of(*Field, *_CHOICES), column=key, value=value)
        elif key in _CHOICES and value not in _CHOICES[key]:
            findings.add(Expected.ONE_OF.of(*_CHOICES[key]), column=key, value=value)
        elif key not in _CHOICES and not value.strip():
            findings.add(Expected.REQUIRED, column=key, value=value)
        elif given[value] > 1 and key not in _CHOICES:
            findings.add(Expected.ONE_COLUMN.of(key), column=key, value=value)


def _tables(content: bytes) -> dict[str, object]:
    if len(content) > limits.MAPPING_BYTES:
        raise Unfit(Expected.FILE_SIZE.of(limits.MAPPING_BYTES))
    try:
        text = content.decode("utf-8-sig")
        # No TOML begins with a brace.
        return _nested(json.loads(text)) if text.lstrip()[:1] == "{" else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unfit(Expected.WELL_FORMED.of("toml")) from error


def _nested(flat: Mapping[str, object]) -> dict[str, object]:
    """Return a flat object as the tables that say the same."""
    tables: dict[str, dict[str, object]] = {}
    for key, value in flat.items():
        table, dot, rest = key.partition(".")
        named = table if dot and table in _TABLES else _COLUMNS
        tables.setdefault(named, {})[rest if named == table and dot else key] = value
    return dict(tables)


def _entries(tables: Mapping[str, object], findings: Findings) -> Iterator[tuple[str, str]]:
    for table, entries in tables.items():
        if table not in _TABLES or not isinstance(entries, dict):
            findings.add(Expected.KNOWN_KEY.of(*_TABLES), column=table, value=str(entries))
            continue
        for key, value in entries.items():
            place = f"{table}.{key}"
            if isinstance(value, str):
                yield key if table == _COLUMNS else place, value
            else:
                findings.add(Expected.TEXT, column=place, value=str(value))
