"""Find what some legs need beside Python: PostgreSQL, Redis, a Chromium."""

import getpass
import os
import secrets
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from console import say
from environment import PYTHON, ROOT

# How many processes share the tests of a leg.
PROCESSES = 2
WHERE_IS_PLAYWRIGHTS = """
from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


class Missing(Exception):
    """A leg cannot run here; the message says why."""


@contextmanager
def fresh_postgres() -> Iterator[dict[str, str]]:
    """Make an empty PostgreSQL database for each process of the leg, yield what names them, and drop them afterwards.

    The variable names the first; tests/conftest.py finds a process's own by the name that pytest-xdist gives it.
    """
    server = _postgres_server()
    name = f"foreword_test_{secrets.token_hex(4)}"
    names = [name, *(f"{name}_gw{number}" for number in range(PROCESSES))]
    url, *_others = [_database_tool("create", server, one) for one in names]
    try:
        yield {"TEST_DATABASE_URL": url}
    finally:
        for one in names:
            _database_tool("drop", server, one)


def _postgres_server() -> str:
    if given := os.environ.get("TEST_DATABASE_URL"):
        return given
    if not _listens(5432):
        raise Missing("TEST_DATABASE_URL is not set and nothing answers on 127.0.0.1:5432")
    people = dict.fromkeys([os.environ.get("PGUSER") or "postgres", "postgres", getpass.getuser()])
    reasons = []
    for person in people:
        url = f"postgresql://{person}@127.0.0.1:5432/postgres"
        try:
            _database_tool("ask", url, "")
        except Missing as missing:
            reasons.append(str(missing))
        else:
            return url
    raise Missing(f"PostgreSQL on 127.0.0.1:5432 lets none of {', '.join(people)} in ({reasons[-1]})")


def _database_tool(*arguments: str) -> str:
    command: list[str | Path] = [PYTHON, ROOT / "tools" / "database_for_tests.py", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Missing((done.stderr.strip().splitlines() or ["no reason given"])[-1])
    return done.stdout.strip()


@contextmanager
def own_redis_prefix() -> Iterator[dict[str, str]]:
    """Yield the variables that name a Redis and a key prefix of this run; remove its keys afterwards."""
    url = os.environ.get("TEST_REDIS_URL") or "redis://127.0.0.1:6379/0"
    if "TEST_REDIS_URL" not in os.environ and not _listens(6379):
        raise Missing("TEST_REDIS_URL is not set and nothing answers on 127.0.0.1:6379")
    prefix = f"forewordtest{secrets.token_hex(4)}"
    _database_tool("redis-ask", url, prefix)
    try:
        yield {"TEST_REDIS_URL": url, "TEST_REDIS_PREFIX": prefix}
    finally:
        _database_tool("redis-clear", url, prefix)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def chromium() -> Iterator[dict[str, str]]:
    """Yield the variable that names a Chromium: the system's, the distribution's, or Playwright's."""
    path = _found_chromium() or _packaged_chromium() or _downloaded_chromium()
    yield {"TEST_CHROMIUM": path}


def _found_chromium() -> str | None:
    names = [os.environ.get("TEST_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"]
    paths = [found for name in names if name and (found := shutil.which(name))]
    # Asking for the version leaves out what only looks like a browser (a stub that wants a snap).
    return next((path for path in paths if _succeeds([path, "--version"], 30)), None)


def _packaged_chromium() -> str | None:
    if not shutil.which("apt-get"):
        return None
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if sudo and not (shutil.which("sudo") and _succeeds([*sudo, "true"], 10)):
        return None
    say("Installing the distribution's Chromium")
    _succeeds([*sudo, "apt-get", "update", "-qq"], 300)
    _succeeds([*sudo, "apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], 600)
    return _found_chromium()


def _downloaded_chromium() -> str:
    say("Downloading Playwright's Chromium")
    if not _succeeds([str(PYTHON), "-m", "playwright", "install", "chromium"], 600):
        raise Missing("no Chromium is installed and none could be installed or downloaded")
    asked = subprocess.run([PYTHON, "-c", WHERE_IS_PLAYWRIGHTS], capture_output=True, text=True, check=True)
    path = asked.stdout.strip()
    if not (Path(path).is_file() and _succeeds([path, "--version"], 30)):
        raise Missing(
            "Playwright's Chromium was downloaded but does not start here (system libraries are missing)"
        )
    return path


def _succeeds(command: list[str], seconds: float) -> bool:
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
