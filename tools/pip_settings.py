"""uv does not read pip's settings; a machine set up for pip alone must work too (a mirror, a certificate)."""

import os
import subprocess
from pathlib import Path


def pip_settings(python: Path) -> dict[str, str]:
    """Return pip's own settings, as ``{"index-url": …}``; those of the environment win over files."""
    listed = subprocess.run(
        [python, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    )
    files: dict[str, str] = {}
    environment: dict[str, str] = {}
    for line in listed.stdout.splitlines():
        name, separator, value = line.partition("=")
        section, _, key = name.strip().rpartition(".")
        if separator:
            (environment if section.strip(".:") == "env" else files)[key] = value.strip("'\"")
    return files | environment


def uv_environment(python: Path) -> dict[str, str]:
    """Return the environment in which uv asks the same places as pip would."""
    environment = os.environ | {"UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1"}
    settings = pip_settings(python)
    wanted = {
        "UV_DEFAULT_INDEX": settings.get("index-url"),
        "UV_INDEX": settings.get("extra-index-url"),
        "UV_FIND_LINKS": ",".join(settings.get("find-links", "").split()),
        "SSL_CERT_FILE": settings.get("cert"),
        # Like pip, look for a version in every index. Hashes in the lock file keep that safe.
        "UV_INDEX_STRATEGY": "unsafe-best-match",
    }
    return {name: value for name, value in wanted.items() if value} | environment
