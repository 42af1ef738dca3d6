"""A scanner that types: real key strokes, as fast as a scanner's whatever this machine does."""

import time
from dataclasses import dataclass

from playwright.sync_api import CDPSession, Page

STROKE_S = 0.008
SHIFT, CONTROL = 8, 2
MODIFIERS = {SHIFT: ("Shift", "ShiftLeft", 16), CONTROL: ("Control", "ControlLeft", 17)}
SHIFTED = {"+": "=", "_": "-", "(": "9", ")": "0", "^": "6", "{": "[", "}": "]"}
SIGNS = {
    "=": ("Equal", 187),
    "-": ("Minus", 189),
    "/": ("Slash", 191),
    ".": ("Period", 190),
    "[": ("BracketLeft", 219),
    "]": ("BracketRight", 221),
    " ": ("Space", 32),
    ",": ("Comma", 188),
    ">": ("Period", 190),
}
CONTROLS = {"\x1d": "]", "\x1e": "6", "\x04": "d"}
"""How a scanner types the separators of an ISO/IEC 15434 envelope."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """One key, with Shift, Control or neither held."""

    key: str
    code: str
    number: int
    held: int = 0

    @property
    def text(self) -> str:
        """Return what it types into a field."""
        if self.held == CONTROL:
            return ""
        return "\r" if self.key == "Enter" else self.key


ENTER = Stroke("Enter", "Enter", 13)


def stroke(char: str) -> Stroke:
    """Return how a scanner set to a US keyboard types a character."""
    if char in CONTROLS:
        return Stroke(CONTROLS[char], *_key(CONTROLS[char]), CONTROL)
    if char == ">":
        return Stroke(char, *_key("."), SHIFT)
    is_shifted = char in SHIFTED or char.isupper()
    return Stroke(char, *_key(SHIFTED.get(char, char)), SHIFT if is_shifted else 0)


def _key(char: str) -> tuple[str, int]:
    """Return the position and the number of the key that bears a character."""
    if char.isdecimal():
        return f"Digit{char}", ord(char)
    if char.isalpha():
        return f"Key{char.upper()}", ord(char.upper())
    return SIGNS[char]


class Scanner:
    """Types into a page; its strokes carry their own times, so a slow test is no slow scanner."""

    def __init__(self, page: Page) -> None:
        self._wire: CDPSession = page.context.new_cdp_session(page)
        self._at = 0.0

    def read(self, text: str) -> None:
        """Type a code and Enter."""
        self._at = max(self._at, time.time())  # noqa: TID251 - The browser's own clock is meant.
        for one in (*map(stroke, text), ENTER):
            if one.held:
                self._send("rawKeyDown", Stroke(*MODIFIERS[one.held]), one.held)
            self._send("keyDown", one, one.held)
            self._send("keyUp", one, one.held)
            if one.held:
                self._send("keyUp", Stroke(*MODIFIERS[one.held]), 0)

    def _send(self, kind: str, one: Stroke, held: int) -> None:
        self._at += STROKE_S / 4
        event = {
            "type": kind if one.text or kind == "keyUp" else "rawKeyDown",
            "key": one.key,
            "code": one.code,
            "windowsVirtualKeyCode": one.number,
            "modifiers": held,
            "timestamp": self._at,
        }
        if kind == "keyDown" and one.text:
            event["text"] = one.text
        self._wire.send("Input.dispatchKeyEvent", event)
