"""Files of work orders that a dispatcher sends from the desk."""

from collections.abc import Mapping

from flask import request
from werkzeug.datastructures import FileStorage

from server.domain.errors import Invalid
from server.services.planning import ImportReport, import_orders
from server.services.ports import Reading
from server.web.here import account, desk, plant

YES = frozenset({"1", "on", "true", "yes"})
MOST_FILES = 50


def import_report() -> ImportReport:
    """Return what the files that were sent do, or would do."""
    files = request.files.getlist("files")
    if not 0 < len(files) <= MOST_FILES:
        expected = f"between:1-{MOST_FILES}"
        raise Invalid([{"field": "files", "value": str(len(files)), "expected": expected}])
    dry_run = request.form.get("dry_run", "").lower() in YES
    found = desk().mappings("mapping", request.form.get("mapping", "").encode())
    if found.errors:
        return ImportReport(dry_run, errors=found.errors)
    readings = [_read(file, found.mapping) for file in files]
    return import_orders(plant(), account(), readings, dry_run=dry_run)


def _read(file: FileStorage, mapping: Mapping[str, str]) -> Reading:
    return desk().reader(file.filename or "file", file.read(), mapping)
