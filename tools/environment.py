"""The Python environment of a checkout: `.venv` from the lock files, made again only when they changed."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from console import Stop, say, still_working
from pip_settings import uv_environment

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMPS = ROOT / ".setup"
RUN_FILES = ["requirements.txt"]
TEST_FILES = ["requirements.txt", "requirements-dev.txt"]
# What a school may have installed beside them: the lock file by the package that tells.
EXTRAS = {"signxml": "requirements-saml.txt"}


def digest(paths: Iterable[Path], *more: str) -> str:
    """Return a hash over the contents of files (a missing one counts as empty) and over some words."""
    sum_ = hashlib.sha256("\0".join(more).encode())
    for path in paths:
        sum_.update(path.name.encode() + b"\0" + (path.read_bytes() if path.is_file() else b"") + b"\0")
    return sum_.hexdigest()


def is_done(step: str, state: str, folder: Path = STAMPS) -> bool:
    """Say whether ``step`` was last done for exactly this ``state``."""
    stamp = folder / step
    return stamp.is_file() and stamp.read_text() == state


def mark_done(step: str, state: str, folder: Path = STAMPS) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / step).write_text(state)


def run(arguments: Sequence[str | Path], doing: str, env: Mapping[str, str] | None = None) -> None:
    """Run a program in the checkout; raise `Stop` with the end of its output when it fails."""
    with still_working(doing):
        done = subprocess.run(
            arguments,
            cwd=ROOT,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            env=env,
        )
    if done.returncode != 0:
        tail = "\n".join(done.stdout.splitlines()[-25:])
        raise Stop(f"{tail}\n\nFailed while {doing}; the reason is above.")


def install(files: list[str]) -> None:
    """Bring `.venv` to what the lock ``files`` say; does nothing when it is there already, or a link."""
    if VENV.is_symlink():
        return  # it belongs to another checkout, which keeps it; to make it anew would empty that one's
    if files == RUN_FILES:
        files = [*files, *extras()]
    if any(is_done("python", _state(known)) for known in (files, TEST_FILES)) and PYTHON.exists():
        return
    _make_venv()
    _install_uv()
    say(f"Installing what {' and '.join(files)} say{'s' if len(files) == 1 else ''}")
    try:
        sync: list[str | Path] = [PYTHON, "-m", "uv", "pip", "sync", "--quiet", "--python", PYTHON, *files]
        run(sync, "installing", env=uv_environment(PYTHON))
    except Stop as stop:
        say(f"uv could not install it ({str(stop).splitlines()[0]}); trying pip, which is slower")
        requirements = [word for name in files for word in ("-r", name)]
        run([PYTHON, "-m", "pip", "install", "--quiet", *requirements], "installing by pip")
    mark_done("python", _state(files))


def extras(venv: Path = VENV) -> list[str]:
    """Lock files of what is installed beside the rest, so that an upgrade does not take it away."""
    return [name for package, name in EXTRAS.items() if any(venv.glob(f"[Ll]ib/**/site-packages/{package}"))]


def _state(files: list[str]) -> str:
    # The folder is part of it: scripts in a virtual environment hold its full path.
    return digest([ROOT / name for name in files], sys.version, str(ROOT))


def _make_venv() -> None:
    if PYTHON.exists() and is_done("venv", f"{sys.version} {ROOT}"):
        return
    say(f"Making .venv with Python {sys.version.split()[0]}")
    try:
        run([sys.executable, "-m", "venv", "--clear", VENV], "making .venv")
    except Stop as stop:
        hint = "On Debian and Ubuntu the package python3-venv has what is missing."
        raise Stop(f"{stop} This Python cannot make a virtual environment. {hint}") from None
    mark_done("venv", f"{sys.version} {ROOT}")


def _install_uv() -> None:
    if subprocess.run([PYTHON, "-m", "uv", "--version"], capture_output=True, check=False).returncode == 0:
        return
    say("Installing uv, the installer")
    locked = ROOT / "tools" / "uv.txt"
    run(
        [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", locked],
        "installing uv",
    )
