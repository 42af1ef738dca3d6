"""`floorline doctor`, run and understood by tests."""

import json
from typing import Any

from click.testing import CliRunner, Result

from server.commands import main

STATION = "LATHE-2"

Found = dict[str, dict[str, Any]]


def doctor(*options: str) -> Result:
    """Run the doctor as somebody at a terminal of 80 columns does."""
    environment = {"COLUMNS": "80", "http_proxy": None, "HTTP_PROXY": None}
    return CliRunner().invoke(main, ["doctor", *options], env=environment, prog_name="floorline")


def examined(*options: str) -> Found:
    """Return what the doctor tells a machine, by what it is about."""
    result = doctor(*options, "--json")
    told = json.loads(result.stdout)
    found: Found = {check["about"]: check for check in told["checks"]}
    is_wrong = any(check["state"] == "wrong" for check in told["checks"])
    assert told["ok"] is not is_wrong
    assert result.exit_code == is_wrong, result.output
    assert all(check["advice"] for check in told["checks"] if check["state"] != "ok")
    return found


def states(found: Found) -> set[tuple[str, str]]:
    """Return how it stands with each thing."""
    return {(about, check["state"]) for about, check in found.items()}
