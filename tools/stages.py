"""Which legs `make check`, `make test` and `make test-long` run. Legs of one stage run side by side."""

from pathlib import Path

from environment import BIN, PYTHON, ROOT
from legs import Leg
from services import chromium, fresh_postgres, own_redis_prefix

PYTEST: list[str | Path] = [PYTHON, "-m", "pytest"]
# Side by side a stage gains as long as there are two cores; the slowest leg comes first.
TYPES = Leg("types", [[PYTHON, "-m", "mypy"]])
FRONTEND = Leg("frontend", [[PYTHON, ROOT / "tools" / "build_frontend.py", "check"]])
FORMAT = Leg("format", [[PYTHON, "-m", "ruff", "format", "--check", "."]])
LINT = Leg("lint", [[PYTHON, "-m", "ruff", "check", "."]])
IMPORTS = Leg("imports", [[BIN / "lint-imports"]])

PURE_FOLDERS = ["annotators", "scoring"]
PURE = [f"tests/{name}" for name in PURE_FOLDERS if (ROOT / "tests" / name).is_dir()]
HOUSE = [f"tests/{name}" for name in ("test_architecture.py", "test_size_budget.py")]
ORDINARY = ["-m", "not browser and not redis and not postgres and not long"]

UNIT = Leg("unit", [[*PYTEST, *ORDINARY, *HOUSE, *PURE]], is_pytest=True)
SQLITE = Leg("sqlite", [[*PYTEST, *ORDINARY]], is_pytest=True)
# What is pure knows no database: running it twice would show nothing new.
WITHOUT_PURE = [f"--ignore={path}" for path in PURE]
POSTGRES = Leg(
    "postgres",
    [[*PYTEST, "-m", "not browser and not redis and not long", *WITHOUT_PURE]],
    needs=fresh_postgres,
    is_pytest=True,
)
REDIS = Leg("redis", [[*PYTEST, "-m", "redis and not long"]], needs=own_redis_prefix, is_pytest=True)
BROWSER = Leg("browser", [[*PYTEST, "-m", "browser and not long"]], needs=chromium, is_pytest=True)

CHECKS = [TYPES, FRONTEND, FORMAT, LINT, IMPORTS]
FAST = [[*CHECKS, UNIT]]
FULL = [CHECKS, [SQLITE, POSTGRES], [REDIS], [BROWSER]]
LONG = [[Leg("long", [[*PYTEST, "-m", "long"]], is_pytest=True)]]
