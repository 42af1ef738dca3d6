"""Bytes to text: UTF-8 with and without a mark, UTF-16 with one, else Windows-1252."""

import codecs

from server.exchange.findings import Expected, Unfit

ENCODINGS = ("utf-8", "utf-16", "windows-1252")
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def decoded(content: bytes) -> str:
    """Return the text of a file; raise Unfit when it is in no encoding we read."""
    try:
        for mark, encoding in _MARKS.items():
            if content.startswith(mark):
                return content.decode(encoding)
        return _unmarked(content)
    except UnicodeDecodeError as error:
        raise Unfit(Expected.ENCODING.of(*ENCODINGS)) from error


def _unmarked(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        # Text in Windows-1252 with a letter outside ASCII is hardly ever valid UTF-8.
        return content.decode("windows-1252")
