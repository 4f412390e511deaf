"""Run the benchmarks and print their table; exit 1 if a figure is out of reach.

``python bench/run.py [NAME…]`` runs only those named. The results go to `bench/results/`
with the machine and the moment. Everything runs on this machine, the generators of the load included.
"""

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import (
    classroom,
    creating,
    durability,
    grouping,
    kills,
    launches,
    leaving,
    live,
    loading,
    rating,
    reading_page,
    reporting,
    rosters,
    scoring,
    selections,
    starting,
    topics,
)
from bench.figures import Figure, table
from bench.server import ROOT, Server, foreword

FILLING = {"students": 40, "annotated": [100, 400, 1000, 10_000]}
# In this order: what counts milliseconds before what fills the database or kills its processes.
BENCHES: dict[str, Callable[[Server], Iterator[Figure]]] = {
    "starting": starting.measure,
    "loading": loading.measure,
    "rating": rating.measure,
    "reading_page": reading_page.measure,
    "grouping": grouping.measure,
    "scoring": scoring.measure,
    "reporting": reporting.measure,
    "live": live.measure,
    "creating": creating.measure,
    "durability": durability.measure,
    "classroom": classroom.measure,
    "leaving": leaving.measure,
    "selections": selections.measure,
    "launches": launches.measure,
    "rosters": rosters.measure,
    "topics": topics.measure,
    "kills": kills.measure,
}


def main() -> int:
    """Run what was asked for; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*BENCHES, []], help="which; all, if none is named")
    wanted = parser.parse_args().names or list(BENCHES)
    figures: list[Figure] = []
    with foreword(FILLING) as server:
        for name in wanted:
            begun = time.monotonic()
            found: list[Figure] = []
            try:
                found += BENCHES[name](server)
            except (
                Exception
            ) as error:  # the other benches still tell something; what was measured so far stays
                print(f"{name} broke: {type(error).__name__}: {error}"[:1000])
                found.append(Figure(f"{name}: ran to its end", 0, "", least=1))
            print(f"\n{name} ({time.monotonic() - begun:.0f} s)\n{table(found)}", flush=True)
            figures += found
    _keep(figures)
    failed = [figure.name for figure in figures if not figure.passed]
    print(
        f"\n{len(figures) - len(failed)} within reach, {len(failed)} not (load now: {os.getloadavg()[0]:.1f})"
    )
    return 1 if failed else 0


def _keep(figures: list[Figure]) -> None:
    moment = datetime.now(UTC)
    path = ROOT / "bench" / "results" / f"{moment:%Y-%m-%dT%H%M}.json"
    path.parent.mkdir(exist_ok=True)
    machine = {
        "system": platform.platform(),
        "processor": platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "load": os.getloadavg(),
    }
    told = {"date": moment.isoformat(), "machine": machine, "figures": [each.as_json() for each in figures]}
    path.write_text(json.dumps(told, indent=1) + "\n")


if __name__ == "__main__":
    raise SystemExit(main())
