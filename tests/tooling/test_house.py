"""The limits of the house that no linter knows."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

CODE = ("hardware", "kiosk", "server")
LINES_PER_FILE = 500
LINES_PER_FUNCTION = 50
LINES_PER_BROWSER_MODULE = 200

# The part of the standard library that is no clock, no chance, no disk and no network.
PURE = frozenset(
    {
        "__future__", "abc", "base64", "bisect", "collections", "contextlib", "copy", "dataclasses",
        "datetime", "decimal", "enum", "fractions", "functools", "hashlib", "heapq", "hmac",
        "itertools", "json", "math", "numbers", "operator", "re", "statistics", "string",
        "textwrap", "types", "typing", "unicodedata", "uuid",
    }
)  # fmt: skip


def imports(tree: ast.Module) -> Iterator[str]:
    """Yield the name of every module that a module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def functions(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield the name and the length of every function of a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.fixture(scope="module")
def modules(root: Path) -> list[Path]:
    """Return every Python module of the product."""
    return [path for folder in CODE for path in sorted((root / folder).rglob("*.py"))]


def test_the_domain_stands_on_nothing_but_pure_parts_of_python(root: Path) -> None:
    strangers = {
        f"{path.relative_to(root)}: {name}"
        for path in (root / "server" / "domain").rglob("*.py")
        for name in imports(ast.parse(path.read_text()))
        if name.partition(".")[0] not in PURE and not name.startswith("server.domain")
    }

    assert strangers == set()


def test_the_list_of_pure_modules_names_only_python_itself() -> None:
    assert PURE - sys.stdlib_module_names == frozenset()


def test_no_module_is_too_long_to_read(root: Path, modules: list[Path]) -> None:
    tests = sorted((root / "tests").rglob("*.py"))
    lengths = {path: len(path.read_text().splitlines()) for path in [*modules, *tests]}

    assert {path: n for path, n in lengths.items() if n > LINES_PER_FILE} == {}


def test_no_function_is_too_long_to_read(modules: list[Path]) -> None:
    too_long = {
        f"{path.name}: {name}": lines
        for path in modules
        for name, lines in functions(ast.parse(path.read_text()))
        if lines > LINES_PER_FUNCTION
    }

    assert too_long == {}


def test_no_browser_module_is_too_long_to_read(root: Path) -> None:
    scripts = (root / "static" / "js").rglob("*.js")
    lengths = {path.name: len(path.read_text().splitlines()) for path in scripts}

    assert {name: n for name, n in lengths.items() if n > LINES_PER_BROWSER_MODULE} == {}
