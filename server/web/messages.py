"""The message catalogue, for browsers: the same as the pages', as JSON."""

from flask import Blueprint, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, get_translations

from server.web.reasons import reason_words

messages = Blueprint("messages", __name__)

LANGUAGES = "FLOORLINE_LANGUAGES"
"""The key of the app's configuration that names the languages there are."""
DEFAULT_REASONS = "FLOORLINE_DEFAULT_REASONS"
"""The key that names the kinds of reasons for which the plant has none of its own."""


@messages.get("/messages.json")
def catalogue() -> ResponseReturnValue:
    """Return every message in the reader's language; English needs none."""
    known = getattr(get_translations(), "_catalog", {})
    texts = {key: text for key, text in known.items() if isinstance(key, str) and key and text}
    reasons = reason_words(current_app.config.get(DEFAULT_REASONS, ()))
    answer = jsonify(locale=str(get_locale() or "en"), messages=texts, reasons=reasons)
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Vary"] = "Accept-Language"
    return answer


def reader_language() -> str:
    """Return the language of the present reader: the browser's wish, else the plant's."""
    languages: list[str] = current_app.config[LANGUAGES]
    usual = languages[0]
    return request.accept_languages.best_match(languages, usual) or usual
