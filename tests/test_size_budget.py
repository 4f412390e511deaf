"""The size budget: it binds the tail, so that what grows is split by an idea before it is a burden."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

import pytest

ROOT = Path(__file__).resolve().parents[1]
PYTHON_FOLDERS = ["app", "annotators", "scoring", "tools"]
TYPESCRIPT_FOLDERS = ["app/frontend/src", "annotators"]
NOT_OURS = {"node_modules", "__pycache__", "build", "static"}
# A switched-off check, with whatever is written behind it.
SUPPRESSION = re.compile(
    r"(?:#|//|/\*)\s*(noqa|type: ignore|biome-ignore|@ts-(?:ignore|expect-error|nocheck))(.*)"
)
CODES = re.compile(r"^(?:\[[\w, -]+\]|:?\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*|\s+lint/[\w/]+:?)?")


def files(folders: list[str], *endings: str) -> list[Path]:
    found = (path for folder in folders for path in sorted((ROOT / folder).rglob("*")))
    return [path for path in found if path.suffix in endings and not NOT_OURS & set(path.parts)]


def python_files() -> list[Path]:
    return [*files(PYTHON_FOLDERS, ".py"), *ROOT.glob("wsgi.py")]


def typescript_files() -> list[Path]:
    return files(TYPESCRIPT_FOLDERS, ".ts", ".tsx")


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Yield each function's place and its lines, from ``def`` to its end, docstring left out."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            docstring = (
                (first.end_lineno or 0) - first.lineno + 1 if ast.get_docstring(node, clean=False) else 0
            )
            yield (
                f"{path.relative_to(ROOT)}:{node.lineno} {node.name}",
                (node.end_lineno or 0) - node.lineno + 1 - docstring,
            )


def p90(numbers: list[int]) -> float:
    return quantiles(numbers, n=10, method="inclusive")[-1]


@pytest.fixture(scope="module")
def function_sizes() -> dict[str, int]:
    return dict(item for path in python_files() for item in functions(path))


def test_functions_are_short(function_sizes: dict[str, int]) -> None:
    sizes = list(function_sizes.values())
    assert median(sizes) <= 9
    assert p90(sizes) <= 25


def test_no_function_is_longer_than_sixty_lines(function_sizes: dict[str, int]) -> None:
    assert {place: size for place, size in function_sizes.items() if size > 60} == {}


def test_python_files_are_small() -> None:
    sizes = [len(lines_of(path)) for path in python_files()]
    assert median(sizes) <= 80
    assert p90(sizes) <= 250


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    every = [*python_files(), *typescript_files(), *files(["tests", "bench"], ".py")]
    sizes = {str(path.relative_to(ROOT)): len(lines_of(path)) for path in every}
    assert {path: size for path, size in sizes.items() if size > 400} == {}


def test_components_fit_on_two_screens() -> None:
    components = {
        str(path.relative_to(ROOT)): len(lines_of(path))
        for path in typescript_files()
        if path.suffix == ".tsx"
    }
    assert {path: size for path, size in components.items() if size > 150} == {}


def all_code() -> list[Path]:
    every = [*python_files(), *typescript_files(), *files(["tests", "bench", "migrations"], ".py")]
    return [path for path in every if path != Path(__file__)]


def suppressions() -> Iterator[tuple[str, str]]:
    """Yield the place of every switched-off check and the reason given behind it."""
    for path in all_code():
        for number, line in enumerate(lines_of(path), 1):
            if match := SUPPRESSION.search(line):
                yield f"{path.relative_to(ROOT)}:{number}", CODES.sub("", match[2]).strip(" #:()-—*/")


def test_switched_off_checks_are_rare_and_give_a_reason() -> None:
    found = list(suppressions())
    total = sum(len(lines_of(path)) for path in all_code())
    assert [place for place, reason in found if len(reason) < 10] == []
    assert len(found) <= total / 1000
