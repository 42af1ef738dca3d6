"""What the keys of a scanner mean: positions of the Linux input system and the US layout. Pure.

A scanner that is set to the US layout means the same with every layout of this machine and with
CapsLock on or off. static/js/station/wedge.js has the same table for browsers.
"""

from enum import IntEnum

ENTER, TAB, KEYPAD_ENTER = 28, 15, 96
ENDS = frozenset({ENTER, TAB, KEYPAD_ENTER})


class Modifier(IntEnum):
    """A key that changes what others mean while it is held."""

    LEFT_CONTROL = 29
    LEFT_SHIFT = 42
    RIGHT_SHIFT = 54
    LEFT_ALT = 56
    RIGHT_CONTROL = 97
    RIGHT_ALT = 100
    LEFT_META = 125
    RIGHT_META = 126


SHIFTS = frozenset({Modifier.LEFT_SHIFT, Modifier.RIGHT_SHIFT})
CONTROLS = frozenset({Modifier.LEFT_CONTROL, Modifier.RIGHT_CONTROL})
ALTS = frozenset({Modifier.LEFT_ALT, Modifier.RIGHT_ALT})
METAS = frozenset({Modifier.LEFT_META, Modifier.RIGHT_META})
LOCKS = frozenset({58, 69, 70})
"""CapsLock, NumLock, ScrollLock."""

# Each row begins at the position of its first key; the keys of a row are numbered from there on.
_ROWS = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (57, " ", " "),
)
_KEYPAD_ROWS = ((55, "*"), (71, "789-456+1230."), (98, "/"))

US = {
    position: pair
    for first, plain, shifted in _ROWS
    for position, pair in enumerate(zip(plain, shifted, strict=True), first)
}
"""The characters of a key without and with Shift."""

KEYPAD = {
    position: character
    for first, row in _KEYPAD_ROWS
    for position, character in enumerate(row, first)
}
"""The characters of the keypad: a scanner takes NumLock to be on."""

SEPARATORS = {27: "\x1d", 7: "\x1e", 32: "\x04"}
"""GS, RS and EOT of ISO/IEC 15434, which scanners type as Control and ], 6 and D."""

FOREIGN = frozenset({86, 89, 95, 117, 121, 124})
"""Keys that no US keyboard has and others print with: beside Shift, Ro, Yen, further keypads."""


def character(key: int, held: frozenset[int]) -> str:
    """Return the character that a key means while others are held, "" when it means none."""
    if held & METAS:
        return ""
    if held & CONTROLS:
        return SEPARATORS.get(key, "")
    if key in KEYPAD:
        # Alt and three digits are one character in a mode that is not told from digits otherwise.
        return "" if held & ALTS else KEYPAD[key]
    plain, shifted = US.get(key, ("", ""))
    return shifted if held & SHIFTS else plain
