"""Health: whether the server is alive, and whether it can do its work."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from server.web.here import plant

health = Blueprint("health", __name__)

READY, NOT_READY = 200, 503


@health.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Tell that the server is alive."""
    return jsonify(alive=True)


@health.get("/readyz")
def readyz() -> ResponseReturnValue:
    """Tell whether the database answers, its tables are ours, and somebody renders paper."""
    store = plant().store
    answers = store.answers()
    parts = {
        "database": answers,
        "migrations": answers and store.is_ready(),
        "paper": plant().press.is_ready(),
    }
    return jsonify(ready=all(parts.values()), **parts), READY if all(parts.values()) else NOT_READY
