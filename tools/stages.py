"""Which legs `make check`, `make test` and `make test-long` run. Legs of one stage run side by side."""

from pathlib import Path

from environment import BIN, PYTHON, ROOT
from legs import Leg
from services import PROCESSES, chromium, fresh_postgres, own_redis_prefix

PYTEST: list[str | Path] = [PYTHON, "-m", "pytest"]
# A process waits for the disk, the database or a browser half of its time: two of them fill a core.
SHARED: list[str | Path] = ["-n", str(PROCESSES), "--dist", "worksteal"]
# Side by side a stage gains as long as there are two cores; the slowest leg comes first.
TYPES = Leg("types", [[PYTHON, "-m", "mypy"]])
FRONTEND = Leg("frontend", [[PYTHON, ROOT / "tools" / "build_frontend.py", "check"]])
FORMAT = Leg("format", [[PYTHON, "-m", "ruff", "format", "--check", "."]])
LINT = Leg("lint", [[PYTHON, "-m", "ruff", "check", "."]])
IMPORTS = Leg("imports", [[BIN / "lint-imports"]])

PURE = [f"tests/{name}" for name in ("annotators", "scoring")]
HOUSE = [f"tests/{name}" for name in ("test_architecture.py", "test_size_budget.py")]
ORDINARY = ["-m", "not browser and not redis and not postgres and not long"]

UNIT = Leg("unit", [[*PYTEST, *ORDINARY, *HOUSE, *PURE]], is_pytest=True)
SQLITE = Leg("sqlite", [[*PYTEST, *ORDINARY, *SHARED]], is_pytest=True)
# What knows no database would show nothing new when it runs twice.
WITHOUT_PURE = [f"--ignore={path}" for path in (*PURE, "tests/policy", "tests/tools", "tests/i18n", *HOUSE)]
POSTGRES = Leg(
    "postgres",
    [[*PYTEST, "-m", "not browser and not redis and not long", *WITHOUT_PURE, *SHARED]],
    needs=fresh_postgres,
    is_pytest=True,
)
REDIS = Leg("redis", [[*PYTEST, "-m", "redis and not long"]], needs=own_redis_prefix, is_pytest=True)
# Nothing else runs beside it. A page on a busy machine may miss a moment once; what fails twice is a defect, and
# what was tried twice is said.
BROWSER = Leg(
    "browser",
    [[*PYTEST, "-m", "browser and not long", "--reruns", "1", "-r", "R", *SHARED]],
    needs=chromium,
    is_pytest=True,
)

CHECKS = [TYPES, FRONTEND, FORMAT, LINT, IMPORTS]
FAST = [[*CHECKS, UNIT]]
FULL = [CHECKS, [SQLITE, POSTGRES, REDIS], [BROWSER]]
LONG = [[Leg("long", [[*PYTEST, "-m", "long"]], is_pytest=True)]]
