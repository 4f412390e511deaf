"""Run the legs of a test run, two at a time where it helps, and say plainly what came of each."""

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from console import say, still_working, write
from environment import ROOT
from services import Missing

REPORTS = ROOT / "test-results"
NO_TESTS = 5  # pytest's exit status when nothing was collected


@dataclass(frozen=True)
class Leg:
    """One part of a test run: commands that must all succeed, and what they need.

    ``needs`` is entered around the commands: it yields variables for them, or raises `Missing`.
    """

    name: str
    commands: Sequence[Sequence[str | Path]]
    needs: Callable[[], AbstractContextManager[dict[str, str]]] = field(default=lambda: nullcontext({}))
    is_pytest: bool = False


@dataclass
class Result:
    """What came of a leg; ``missing`` is the reason why it did not run."""

    leg: Leg
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    missing: str = ""
    output: str = ""


def run_legs(stages: Sequence[Sequence[Leg]]) -> int:
    """Run the stages one after another, the legs of a stage two at a time; return the exit status."""
    REPORTS.mkdir(exist_ok=True)
    results: list[Result] = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for stage in stages:
            results += pool.map(run_leg, stage)
    return summarise(results)


def run_leg(leg: Leg) -> Result:
    """Run one leg to its end and print what a person needs of it."""
    say(f"{leg.name} …")
    begun = time.monotonic()
    result = Result(leg)
    try:
        with leg.needs() as variables, still_working(leg.name, every=30):
            _run_commands(leg, result, variables)
    except Missing as missing:
        result.missing = str(missing)
    result.seconds = time.monotonic() - begun
    if result.failed:
        write(f"\n──── {leg.name}: what failed ────\n{result.output.strip()}\n────")
    for line in result.output.splitlines():
        if line.startswith("RERUN "):
            say(f"{leg.name}: tried twice: {line.removeprefix('RERUN ')}")
    say(f"{leg.name}: {_outcome(result)}")
    return result


def _run_commands(leg: Leg, result: Result, variables: dict[str, str]) -> None:
    # A developer's own settings (a real database, perhaps) must never reach a test.
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TEST_", "FOREWORD_"))}
    for command in leg.commands:
        report = REPORTS / f"{leg.name.replace(' ', '-')}.xml"
        report.unlink(missing_ok=True)
        extra = [f"--junitxml={report}", "-p", "no:cacheprovider"] if leg.is_pytest else []
        done = subprocess.run(
            [*command, *extra],
            cwd=ROOT,
            env=kept | {"FOREWORD_DEMO": "0", "NO_COLOR": "1"} | variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            errors="replace",
            check=False,
        )
        result.output += done.stdout
        _count(result, done.returncode, report if leg.is_pytest else None)


def _count(result: Result, status: int, report: Path | None) -> None:
    """Add a command to the result: pytest's own counts, or one for a command that counts nothing."""
    if report is None:
        result.passed += status == 0
        result.failed += status != 0
    elif status == NO_TESTS:
        raise Missing("there are no such tests yet")
    else:
        _count_report(result, report)
        # A run that broke before or after its tests is a failure too, though no test says so.
        result.failed += status != 0 and result.failed == 0


def _count_report(result: Result, report: Path) -> None:
    if not report.is_file():
        return
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):
        numbers = {name: int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")}
        bad = numbers["failures"] + numbers["errors"]
        result.failed += bad
        result.skipped += numbers["skipped"]
        result.passed += numbers["tests"] - bad - numbers["skipped"]


def _outcome(result: Result) -> str:
    if result.missing:
        return f"did not run: {result.missing}"
    skipped = f", {result.skipped} skipped" if result.skipped else ""
    return f"{result.passed} passed, {result.failed} failed{skipped}"


def summarise(results: list[Result]) -> int:
    """Print the table of legs and, last, the totals; return 1 when something failed or was missed."""
    required = {name.strip() for name in os.environ.get("REQUIRE_LEGS", "").split(",") if name.strip()}
    unknown = required - {result.leg.name for result in results}
    absent = [result for result in results if result.missing and result.leg.name in required]
    write("")
    for result in results:
        write(f"  {result.leg.name:<14} {result.seconds:6.1f} s  {_outcome(result)}")
    for name in [result.leg.name for result in absent] + sorted(unknown):
        write(f"  {name} is in REQUIRE_LEGS and did not run")
    failed = sum(result.failed for result in results) + len(absent) + len(unknown)
    write(f"{sum(result.passed for result in results)} passed, {failed} failed")
    return 1 if failed else 0
