"""Foreword's commands: ``python3 tools/foreword.py run|test|check|...`` (``make run`` and so on).

Standard library only: this file starts on a machine that has nothing but Python. Until the version
is known to be good it uses no syntax that an old Python cannot read, so that an old Python gets a
sentence and not a traceback.
"""

import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)


def find_newer_python() -> "str | None":
    """Return the path of a Python in PATH that is new enough, or None."""
    for minor in (14, 13, 12, 11):
        path = shutil.which("python3." + str(minor))
        if path and subprocess.call([path, "-c", "import venv"], stderr=subprocess.DEVNULL) == 0:
            return path
    return None


def continue_with_newer_python() -> None:
    path = find_newer_python()
    if path is None:
        found = ".".join(str(number) for number in sys.version_info[:2])
        sys.exit(
            "Foreword needs Python 3.11 or newer; this is Python "
            + found
            + ". Install one, or say PYTHON=path."
        )
    os.execv(path, [path] + sys.argv)


if __name__ == "__main__":
    if sys.version_info < OLDEST:
        continue_with_newer_python()
    import commands

    sys.exit(commands.main(sys.argv[1:]))
