"""What comes over the wire, validated: all errors at once, as codes with their data."""

from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from server.domain.errors import Invalid

T = TypeVar("T")

LONGEST_VALUE = 80
"""How much of a wrong value is sent back."""

_EXPECTED = {
    "missing": "required",
    "missing_argument": "required",
    "extra_forbidden": "no-such-field",
    "unexpected_keyword_argument": "no-such-field",
    "int_type": "whole-number",
    "int_parsing": "whole-number",
    "int_from_float": "whole-number",
    "bool_type": "yes-or-no",
    "bool_parsing": "yes-or-no",
    "string_type": "text",
    "list_type": "list",
    "tuple_type": "list",
    "dict_type": "object",
    "dataclass_type": "object",
    "model_type": "object",
    "model_attributes_type": "object",
    "string_pattern_mismatch": "other-characters",
}
_EXPECTED_WITH = {
    "greater_than_equal": "at-least:{ge}",
    "less_than_equal": "at-most:{le}",
    "string_too_short": "at-least-letters:{min_length}",
    "string_too_long": "max-length:{max_length}",
    "too_short": "at-least-entries:{min_length}",
    "too_long": "at-most-entries:{max_length}",
    "literal_error": "one-of:{expected}",
    "enum": "one-of:{expected}",
}


def checked(adapter: TypeAdapter[T], payload: object) -> T:
    """Return the message that a payload is; raise Invalid with everything wrong with it."""
    try:
        return adapter.validate_python(payload)
    except ValidationError as invalid:
        raise Invalid([_error(error) for error in invalid.errors(include_url=False)]) from invalid


def _error(error: ErrorDetails) -> dict[str, Any]:
    return {
        "field": ".".join(str(part) for part in error["loc"]),
        "value": _shown(error),
        "expected": expected(error),
    }


def _shown(error: ErrorDetails) -> str:
    value = error["input"]
    if "password" in error["loc"]:
        return ""
    return "" if isinstance(value, dict | list) else str(value)[:LONGEST_VALUE]


def expected(error: ErrorDetails) -> str:
    """Return what was expected instead: a code, its data after a colon."""
    kind = error["type"]
    if kind in _EXPECTED_WITH:
        return _EXPECTED_WITH[kind].format(**error.get("ctx", {}))
    if kind == "value_error":
        return str(error.get("ctx", {}).get("error", kind))
    return _EXPECTED.get(kind, kind.replace("_", "-"))
