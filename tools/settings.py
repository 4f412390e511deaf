"""The few settings that starting needs before the application can read them itself."""

import os

from console import Stop
from environment import ROOT


def setting(name: str, default: str = "") -> str:
    """Return a setting from the environment, else from `.env`, else ``default``."""
    return os.environ.get(name) or _env_file().get(name) or default


def port() -> int:
    """Return the port to listen on; raise `Stop` for one that cannot be."""
    value = setting("PORT", "8000")
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise Stop(f"PORT is {value!r}; it has to be a number from 1 to 65535.")
    return int(value)


def _env_file() -> dict[str, str]:
    path = ROOT / ".env"
    if not path.is_file():
        return {}
    pairs = (line.partition("=") for line in path.read_text(encoding="utf-8").splitlines())
    named = ((name.strip(), value.strip().strip("'\"")) for name, _, value in pairs)
    return {name.removeprefix("export "): value for name, value in named if not name.startswith("#")}
