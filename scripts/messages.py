"""Brings the message catalogues up to date with the texts of the sources: `make messages`.

`translations/babel.cfg` names the sources. What is new stands empty in every catalogue until
somebody translates it, and what no source says any more is dropped.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po
from babel.util import pathmatch

KEYWORDS = {**DEFAULT_KEYWORDS, "lazy_gettext": None, "t": None}

CALL = re.compile(r"(?<![\w.$])(?<!function )t\(\s*")
LITERAL = re.compile(
    r'"((?:[^"\\]|\\.)*)"\s*(?=[,)])' + r"|'((?:[^'\\]|\\.)*)'\s*(?=[,)])", re.DOTALL
)
ESCAPED = re.compile(r"\\(.)", re.DOTALL)

Text = tuple[int, str, str, list[str]]


def browser_texts(
    script: BinaryIO,
    _keywords: Mapping[str, Any],
    _comment_tags: Collection[str],
    options: Mapping[str, Any],  # noqa: ARG001 # Babel passes it by its name.
) -> Iterator[Text]:
    """Yield the texts of `t("…")` calls, which Babel's own lexer loses in nested templates."""
    source = script.read().decode("utf-8")
    for call in CALL.finditer(source):
        line = source.count("\n", 0, call.start()) + 1
        literal = LITERAL.match(source, call.end())
        if literal is None:
            raise SyntaxError(f"{script.name}:{line}: t() needs its text in quotation marks")
        text = literal[1] if literal[1] is not None else literal[2]
        yield line, "t", ESCAPED.sub(r"\1", text), []


def extracted(root: Path) -> Catalog:
    """Return all texts of the sources under a folder, without translations."""
    texts = Catalog(project="Floorline", charset="utf-8")
    with (root / "translations" / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call] # So it is.
    for pattern, method in methods:
        for path in sorted((root / pattern.partition("/")[0]).rglob("*.*")):
            name = path.relative_to(root).as_posix()
            if not pathmatch(pattern, name):
                continue
            found = extract_from_file(method, path, KEYWORDS, (), options.get(pattern, {}))
            for _line, text, _comments, context in found:
                texts.add(text, locations=[(name, 0)], context=context)
    return texts


def read_catalogue(path: Path) -> Catalog:
    """Return a catalogue as it is kept."""
    with path.open("rb") as source:
        return read_po(source, locale=path.parts[-3])


def update(path: Path, texts: Catalog) -> None:
    """Give a catalogue the texts that are there now, and leave the translations alone."""
    kept = read_catalogue(path)
    kept.update(texts, no_fuzzy_matching=True, update_creation_date=False)
    written = BytesIO()
    write_po(written, kept, width=100, sort_output=True, ignore_obsolete=True, include_lineno=False)
    path.write_bytes(written.getvalue())


def main() -> None:
    """Update every catalogue and say what is left to translate."""
    root = Path(__file__).parents[1]
    texts = extracted(root)
    for path in sorted((root / "translations").glob("*/LC_MESSAGES/*.po")):
        update(path, texts)
        left = [text.id for text in read_catalogue(path) if text.id and not is_translated(text)]
        print(f"{path.relative_to(root)}: {len(left)} to translate")  # noqa: T201 # A tool speaks.


def is_translated(text: Message) -> bool:
    """Return whether a message has all its words."""
    words = text.string if isinstance(text.string, (list, tuple)) else [text.string]
    return all(words) and not text.fuzzy


if __name__ == "__main__":
    main()
