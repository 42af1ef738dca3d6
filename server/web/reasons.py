"""The reasons that a station offers by default, in the reader's language.

What is recorded is the text of the settings, whoever reads it. A plant that has set reasons of its
own has chosen their words: nobody translates those.
"""

from collections.abc import Iterable

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

REASONS: dict[str, dict[str, LazyString]] = {
    "scrap": {
        "dimension": _("dimension"),
        "surface": _("surface"),
        "material": _("material"),
        "setup piece": _("setup piece"),
        "operator error": _("operator error"),
    },
    "rework": {
        "dimension": _("dimension"),
        "surface": _("surface"),
        "burr": _("burr"),
        "missing feature": _("missing feature"),
    },
    "pause": {
        "break": _("break"),
        "end of shift": _("end of shift"),
        "material missing": _("material missing"),
        "machine down": _("machine down"),
        "question": _("question"),
    },
}
"""The words for each default of the settings `scrap_reasons`, `rework_reasons`, `pause_reasons`."""


def by_default(settings: Iterable[str]) -> list[str]:
    """Return the kinds of reasons that none of these settings sets."""
    own = set(settings)
    return [kind for kind in REASONS if f"{kind}_reasons" not in own]


def reason_words(kinds: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return the words of some kinds of reasons, where they differ from what is recorded."""
    said = {kind: {text: str(words) for text, words in REASONS[kind].items()} for kind in kinds}
    return {
        kind: {text: words for text, words in texts.items() if words != text}
        for kind, texts in said.items()
    }
