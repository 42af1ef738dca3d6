"""Symbols from payloads, each read back before anybody can print it."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import zxingcpp
from barcode.codex import Code128

from hardware.errors import EmptyPayload, PayloadNotEncodable, PayloadTooLong, SymbolUnreadable


class Symbology(StrEnum):
    """The kinds of symbol that we print."""

    CODE_128 = "Code 128"
    DATA_MATRIX = "Data Matrix"


PRINTABLE = frozenset(map(chr, range(0x20, 0x7F)))
"""What every scanner sends as it stands."""

ENVELOPE = frozenset("\x04\x1c\x1d\x1e\x1f")
"""EOT, FS, GS, RS and US, of which an ISO/IEC 15434 envelope is built."""

ALPHABET = {Symbology.CODE_128: PRINTABLE, Symbology.DATA_MATRIX: PRINTABLE | ENVELOPE}

# 48 characters at the narrowest X just fit across a sheet of A4; a Data Matrix together with the
# three characters of its AIM identifier just fits into what the framer takes as one code.
LONGEST = {Symbology.CODE_128: 48, Symbology.DATA_MATRIX: 253}

QUIET_ZONE = {Symbology.CODE_128: 10, Symbology.DATA_MATRIX: 2}
"""The blank margin that belongs to a symbol, in modules."""

_SWITCH_TO_C = 99

_READ_AS = {
    Symbology.CODE_128: (zxingcpp.BarcodeFormat.Code128, "]C0"),
    Symbology.DATA_MATRIX: (zxingcpp.BarcodeFormat.DataMatrix, "]d1"),
}


@dataclass(frozen=True)
class Symbol:
    """A barcode as dark (true) and light modules, one row for a linear one, without its margin."""

    symbology: Symbology
    payload: str
    modules: tuple[tuple[bool, ...], ...]
    quiet_zone: int

    @property
    def is_linear(self) -> bool:
        """Say whether the height of its bars is free."""
        return len(self.modules) == 1

    @property
    def width(self) -> int:
        """Return the modules across, quiet zones included."""
        return len(self.modules[0]) + 2 * self.quiet_zone


def code128(payload: str) -> Symbol:
    """Return the Code 128 symbol of 1 to 48 printable ASCII characters."""
    _check(Symbology.CODE_128, payload)
    (bars,) = _SafeCode128(payload).build()
    return _proved(Symbology.CODE_128, payload, (tuple(bar == "1" for bar in bars),))


def data_matrix(payload: str) -> Symbol:
    """Return the square Data Matrix of 1 to 253 characters: printable ASCII and EOT FS GS RS US."""
    _check(Symbology.DATA_MATRIX, payload)
    made = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.DataMatrix, force_square=True)
    image = np.asarray(zxingcpp.write_barcode_to_image(made, scale=1, add_quiet_zones=False))
    return _proved(Symbology.DATA_MATRIX, payload, tuple(map(tuple, (image == 0).tolist())))


def read_back(symbol: Symbol) -> str:
    """Return what a reader finds in the symbol, or raise SymbolUnreadable if not its payload."""
    form, identifier = _READ_AS[symbol.symbology]
    found = zxingcpp.read_barcodes(
        _picture(symbol),
        formats=zxingcpp.BarcodeFormats(form),
        text_mode=zxingcpp.TextMode.Plain,
        try_rotate=False,
        try_invert=False,
        is_pure=True,
    )
    # A picture without a symbol still gives one result, which is not valid.
    valid = [code for code in found if code.valid]
    read = tuple(code.text for code in valid)
    # A FNC1 that slipped in shows in the identifier, not in the text.
    if read != (symbol.payload,) or valid[0].symbology_identifier != identifier:
        raise SymbolUnreadable(symbol.payload, read)
    return read[0]


def _check(symbology: Symbology, payload: str) -> None:
    if not payload:
        raise EmptyPayload(symbology)
    if strange := sorted(set(payload) - ALPHABET[symbology]):
        raise PayloadNotEncodable(symbology, payload, "".join(strange))
    if len(payload) > LONGEST[symbology]:
        raise PayloadTooLong(symbology, payload, LONGEST[symbology])


def _proved(symbology: Symbology, payload: str, modules: tuple[tuple[bool, ...], ...]) -> Symbol:
    symbol = Symbol(symbology, payload, modules, QUIET_ZONE[symbology])
    read_back(symbol)
    return symbol


def _picture(symbol: Symbol) -> npt.NDArray[np.uint8]:
    rows = 20 if symbol.is_linear else 1
    ink = np.pad(np.repeat(np.array(symbol.modules), rows, axis=0), symbol.quiet_zone)
    return np.where(ink, 0, 255).astype(np.uint8).repeat(2, axis=0).repeat(2, axis=1)


class _SafeCode128(Code128):  # type: ignore[misc]  # The library has no types.
    """python-barcode 0.16.1 prints payloads that begin with 99 without them; this one does not.

    Delete it when a later release is out, and keep the read-back.
    """

    def _build(self) -> list[int]:
        # The library leaves the last code set behind: a second call would start in the wrong one.
        self._charset, self._buffer = "C", ""
        encoded: list[int] = super()._build()
        return encoded

    def _try_to_optimize(self, encoded: list[int]) -> list[int]:
        # 99 as the first data pair is taken for the code that switches to set C.
        if encoded[1] == _SWITCH_TO_C:
            return encoded
        better: list[int] = super()._try_to_optimize(encoded)
        return better
