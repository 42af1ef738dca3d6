"""What is wrong with a file: a closed list of codes, and the place where it was found."""

from enum import StrEnum

from server.exchange import limits
from server.services.ports import FileError


class Expected(StrEnum):
    """What a file should have had; each is explained in docs/import-format.md."""

    # The file
    FILE_SIZE = "file-size"
    FILE_TYPE = "file-type"
    ENCODING = "encoding"
    WELL_FORMED = "well-formed"
    UNPACKED_SIZE = "unpacked-size"
    NOT_EMPTY = "not-empty"
    ORDER_ROWS = "order-rows"
    MAX_ROWS = "max-rows"
    MAX_COLUMNS = "max-columns"
    MAX_ORDERS = "max-orders"
    MORE_ERRORS = "more-errors"
    TOO_COSTLY = "too-costly"
    # The columns
    REQUIRED_COLUMN = "required-column"
    ONE_COLUMN = "one-column"
    COLUMN_IN_FILE = "column-in-file"
    # A row or a cell
    NO_MORE_CELLS = "no-more-cells"
    CELL_VALUE = "cell-value"
    REQUIRED = "required"
    TEXT = "text"
    MAX_LENGTH = "max-length"
    NO_CONTROL_CHARACTERS = "no-control-characters"
    ORDER_NUMBER = "order-number"
    NO_PLUS = "no-plus"
    WHOLE_NUMBER = "whole-number"
    NUMBER = "number"
    UNAMBIGUOUS_NUMBER = "unambiguous-number"
    DATE = "date"
    UNAMBIGUOUS_DATE = "unambiguous-date"
    ONE_OF = "one-of"
    ONE_WORK_CENTER = "one-work-center"
    MAX_ALTERNATES = "max-alternates"
    # The rows of an order together
    SAME_AS_ROW = "same-as-row"
    FIRST_IN_ROW = "first-in-row"
    MAX_OPERATIONS = "max-operations"
    SOME_OPERATIONS = "some-operations"
    # The mapping
    KNOWN_KEY = "known-key"

    def of(self, *details: object) -> str:
        """Return the code with its data behind a colon."""
        return f"{self}:{','.join(str(detail) for detail in details)}" if details else str(self)

    def within(self, bounds: tuple[object, object]) -> str:
        """Return the code with the lowest and the highest value that are taken."""
        return f"{self}:{bounds[0]}..{bounds[1]}"


class Unfit(Exception):
    """A value or a file that is not what was expected."""

    def __init__(self, expected: str, row: int | None = None) -> None:
        super().__init__(expected)
        self.expected = expected
        self.row = row


class Findings:
    """Collects what is wrong with one file; lists the first of it and counts the rest."""

    def __init__(self, file: str) -> None:
        self._file = shown(file)
        self._listed: list[FileError] = []
        self._unlisted = 0

    def __bool__(self) -> bool:
        """Tell whether anything is wrong."""
        return bool(self._listed)

    def add(self, expected: str, row: int | None = None, column: str = "", value: str = "") -> None:
        """Note one thing that is wrong."""
        if len(self._listed) == limits.LISTED_ERRORS:
            self._unlisted += 1
            return
        self._listed.append(FileError(self._file, row, shown(column), shown(value), str(expected)))

    def errors(self) -> tuple[FileError, ...]:
        """Return what is wrong, in the order of the file; a last one counts what is not listed."""
        errors = sorted(self._listed, key=lambda error: error.row or 0)
        if self._unlisted:
            more = Expected.MORE_ERRORS.of(self._unlisted)
            errors.append(FileError(self._file, None, "", "", more))
        return tuple(errors)


def shown(value: str) -> str:
    """Return a value as an error may repeat it: not too long, and harmless on any screen."""
    cut = value[: limits.SHOWN_CHARACTERS]
    safe = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in cut)
    return safe + "…" if len(value) > len(cut) else safe
