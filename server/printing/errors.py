"""What can go wrong between a document and its PDF.

PaperFault
├── TemplateBroken      a template has a mistake; names the file and the line
├── FilesRefused        a picture, font or style is missing, or lies outside the template folders
├── SymbolRefused       a symbol is too wide for its place, does not read back, cannot be encoded
├── RenderTooLong       the time limit has passed
├── WorkersLost         every worker that took it has died
└── EngineFailed        the PDF engine gave up
"""

from collections.abc import Sequence
from typing import ClassVar


class PaperFault(Exception):
    """A document that could not become a PDF; the text says why, for the desk and the log."""

    code: ClassVar[str] = "paper"


class TemplateBroken(PaperFault):
    """A template has a mistake, at this line of this file."""

    code = "template-broken"

    def __init__(self, file: str, line: int, problem: str) -> None:
        super().__init__(f"{file}, line {line}: {problem}")
        self.file = file
        self.line = line
        self.problem = problem


class FilesRefused(PaperFault):
    """Files that a template asked for were not given to it, or are damaged."""

    code = "files-refused"

    def __init__(self, refused: Sequence[str]) -> None:
        super().__init__("; ".join(refused))
        self.refused = tuple(refused)


class SymbolRefused(PaperFault):
    """A symbol that could not be read from the paper must not get there."""

    code = "symbol-refused"


class RenderTooLong(PaperFault):
    """Rendering took longer than a document may."""

    code = "render-too-long"

    def __init__(self, limit_s: float) -> None:
        super().__init__(f"not finished after {limit_s:g} s")
        self.limit_s = limit_s


class WorkersLost(PaperFault):
    """Every worker that took the document has died of it, or was killed."""

    code = "workers-lost"

    def __init__(self, times: int) -> None:
        super().__init__(
            f"the paper worker died {times} times while it was at this document;"
            " the log of the server says when, print it again once the cause is gone"
        )
        self.times = times


class EngineFailed(PaperFault):
    """The PDF engine raised an error that names no template."""

    code = "engine-failed"
