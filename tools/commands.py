"""The table of commands, and what the short ones do."""

import os
import subprocess
import sys
from pathlib import Path

from api_types import write_api_types
from console import Stop, say
from environment import PYTHON, ROOT, RUN_FILES, TEST_FILES, install, run
from legs import run_legs
from prepare import build_frontend, compile_messages, migrate, prepare
from serve import require_free_port, serve
from stages import FAST, FULL, LONG
from translations import refresh_messages


def run_() -> int:
    """set up what is missing, then run Foreword with its demo on loopback"""
    require_free_port()
    os.environ.setdefault("FOREWORD_DEMO", "1")
    prepare()
    return serve()


def install_() -> int:
    """install and build only, for example into a container"""
    install(RUN_FILES)
    build_frontend()
    compile_messages()
    return 0


def serve_() -> int:
    """set up what is missing, then run Foreword for a school (no demo)"""
    require_free_port()
    prepare()
    return serve()


def test() -> int:
    """run all tests, as continuous integration does"""
    _prepare_tests()
    return run_legs(FULL)


def check() -> int:
    """run the fast half of the tests, in under a minute"""
    _prepare_tests()
    return run_legs(FAST)


def test_long() -> int:
    """run the long tests: kills, soak, fuzzing, mutants"""
    _prepare_tests()
    return run_legs(LONG)


def bench() -> int:
    """run the benchmarks and print their table"""
    _prepare_tests()
    return subprocess.call([PYTHON, ROOT / "bench" / "run.py", *sys.argv[2:]], cwd=ROOT)


def _prepare_tests() -> None:
    install(TEST_FILES)
    build_frontend()
    compile_messages()


def lock() -> int:
    """compile the lock files (pinned, hashed, without any address); UPGRADE=1 takes newer versions"""
    install(RUN_FILES)
    options = ["--quiet", "--universal", "--generate-hashes", "--no-annotate", "--no-header"]
    options += ["--python-version", "3.11", *(["--upgrade"] if os.environ.get("UPGRADE") == "1" else [])]
    for name in ("requirements", "requirements-saml", "requirements-dev", "tools/uv"):
        say(f"Compiling {name}.txt")
        compile_: list[str | Path] = [
            PYTHON,
            "-m",
            "uv",
            "pip",
            "compile",
            *options,
            f"{name}.in",
            "-o",
            f"{name}.txt",
        ]
        run(compile_, f"compiling {name}.txt", env=os.environ | {"UV_PYTHON_DOWNLOADS": "never"})
    return 0


def migrate_() -> int:
    """bring the database to the newest migration"""
    install(RUN_FILES)
    migrate()
    return 0


def messages() -> int:
    """collect the words of the interface into the translations, and compile them"""
    install(TEST_FILES)
    refresh_messages()
    return 0


def api_types() -> int:
    """write the TypeScript types of the API from its OpenAPI description"""
    install(TEST_FILES)
    write_api_types()
    return 0


COMMANDS = {
    "run": run_,
    "serve": serve_,
    "install": install_,
    "test": test,
    "check": check,
    "test-long": test_long,
    "bench": bench,
    "lock": lock,
    "migrate": migrate_,
    "messages": messages,
    "api-types": api_types,
}


def main(arguments: list[str]) -> int:
    """Run the named command; return the exit status."""
    command = COMMANDS.get(arguments[0]) if arguments else None
    if command is None:
        lines = [f"  {name:<10} {function.__doc__}" for name, function in COMMANDS.items()]
        print("\n".join(["usage: python3 tools/foreword.py COMMAND", *lines]))
        return 2
    try:
        return command()
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
