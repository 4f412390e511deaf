"""The table docs/lti-checklist.md: what a good LTI tool must do, and the tests that prove it, read from markers.

``python tests/lti/checklist.py`` writes it; a test holds it fresh. A row without a test says so.
"""

import ast
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "lti-checklist.md"
ROWS = {
    1: "login by GET and POST; what is required and what is optional",
    2: "state: random, kept here, works once, ten minutes, bound to the browser",
    3: "nonce: bound to the state, used up",
    4: "RS256 only, decided before a key is chosen; `kid` required; keys for signing only",
    5: "issuer exact; audience as text or list; `azp`",
    6: "`exp` and `iat` required; a minute of leeway both ways",
    7: "an unknown deployment waits for an admin, or is let in by policy",
    8: "several registrations of one issuer",
    9: "target: own origin and known path only; a fixed redirect address",
    10: "addresses in messages belong to the platform's hosts",
    11: "key sets: kept per registration, asked for again sparingly, kept when a fetch fails",
    12: "every outgoing request guarded: TLS, public address, no redirects, pinned connection",
    13: "errors of the platform get a page with a number and no stack",
    14: "odd but legal messages: no name, no e-mail, no course, no subject",
    15: "roles in every spelling; test users; mentors",
    16: "people known by registration and subject, never by e-mail; 1.1 users by signed claim",
    17: "works without cookies after the launch: a token in the page's memory, renewed",
    18: "platform storage by postMessage",
    19: "a Partitioned cookie, else a window of its own",
    20: "only the platform may frame a launched page",
    21: "frame height, close message, keyboard within the frame",
    22: "access tokens kept per registration and scopes, one new one after a 401",
    23: "Deep Linking, one and several, honouring what the picker takes; cancelling",
    24: "Deep Linking with a grade book column",
    25: "rosters: all pages, short roles, statuses",
    26: "rosters in the background; leavers taken off, their work kept",
    27: "scores: timestamps that grow, zero, bounds, learners only",
    28: "the queue of scores: states, retries, back-off, one failure stops nobody",
    29: "columns: the launch's, else found, else made; a deleted one is asked about",
    30: "results read first; a teacher's own grade in the LMS stands",
    31: "Submission Review opens that student's work",
    32: "groups and sections of the platform",
    33: "dynamic registration from a one-time link; updates",
    34: "admin pages: by hand, states, deployments",
    35: "own keys: sealed, rotated with a long overlap",
    36: "a copied course finds its readings; asked once",
    37: "LTI 1.1 and the way from it to 1.3",
    38: "privacy: few claims, names kept out if wanted, nothing personal in logs",
    39: "differences of products in one table",
    40: "a hostile platform, and a browser with third-party cookies blocked",
}


def proofs() -> dict[int, list[str]]:
    """Row to the tests that are marked with it."""
    found: dict[int, list[str]] = defaultdict(list)
    for path in sorted(HERE.rglob("test_*.py")) + sorted((HERE.parent / "browser" / "lti").glob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                for row in filter(None, map(_row, node.decorator_list)):
                    found[row].append(f"{path.stem}::{node.name}")
    return found


def _row(decorator: ast.expr) -> int | None:
    if not isinstance(decorator, ast.Call) or not ast.unparse(decorator.func).endswith("mark.lti"):
        return None
    return next((int(word.value.value) for word in decorator.keywords if word.arg == "row"), None)  # type: ignore[attr-defined]  # a constant


def page() -> str:
    """The page as it should be now."""
    found = proofs()
    lines = [
        "# LTI 1.3 Advantage: what is proven by which tests",
        "",
        "Made from the markers `@pytest.mark.lti(row=…)` by `python tests/lti/checklist.py`; do not edit by hand.",
        f"{sum(1 for row in ROWS if found.get(row))} of {len(ROWS)} rows have tests.",
        "",
        "| # | what | tests |",
        "| --- | --- | --- |",
    ]
    for number, what in ROWS.items():
        tests = "<br>".join(f"`{name}`" for name in found.get(number, [])) or "**open**"
        lines.append(f"| {number} | {what} | {tests} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
