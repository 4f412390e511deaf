"""Rules of the house that a linter cannot see."""

import ast
import re
from pathlib import Path

from app.core import policy

ROOT = Path(__file__).resolve().parents[1]
APP = ROOT / "app"
# These are built otherwise than a feature with routes and tables, and say so in docs/folders.md.
NOT_FEATURES = {"core", "live", "lti", "templates", "frontend", "static", "translations", "demo"}
FEATURE_FILES = {
    *("__init__", "routes", "schemas", "models", "operations", "queries"),
    *("events", "subscribers", "jobs", "pages", "forms", "commands"),
}
# What only this feature has, and why it is a file of its own.
ONLY_HERE = {
    "accounts/identify.py": "who asks, found out before every request",
    "accounts/demo_links.py": "sign-in links of the demo people",
    "accounts/passwords.py": "how passwords and codes are made, kept and recognised",
    "accounts/qr.py": "an address as a picture for a phone's camera",
    "admin/wording.py": "the audit log in words",
    "admin/reaching.py": "what this server reaches, for the network check",
    "documents/anchoring.py": "where selectors point in today's version",
    "documents/claims.py": "who works on an import, one at a time",
    "documents/content.py": "what the reading page needs of a document",
    "documents/fetch.py": "a page from the web, without a way into the school's network",
    "documents/importing.py": "an import from its claim to its end",
    "documents/intake.py": "what a request brings; the API and the pages share it",
    "documents/kinds.py": "kinds of material, told apart by what is inside",
    "documents/media": "video, made to play in every browser",
    "documents/problems.py": "what can go wrong with an import, in words",
    "documents/reading.py": "what an import found in a file, medium by medium",
    "documents/uploads.py": "a file on its way into the library",
    "documents/uses.py": "where features above say which documents they need",
    "documents/versions.py": "what moves along when a corrected version comes",
    "engagement/evidence.py": "what a score is made from",
    "engagement/exports.py": "the gradebook as a file",
    "engagement/wording.py": "scores in words",
    "home/progress.py": "how far a student and a class are",
    "plans/kinds.py": "the nine kinds of activity, in words",
    "plans/wording.py": "why a group or a step is as it is, in words",
    "reports/evidence": "what a report is made from",
    "records/gathering.py": "what a learning record says, gathered when it is sent",
    "records/statements": "deeds as xAPI statements and Caliper events",
    "records/wording.py": "what goes to a store and why it does not get there, in words",
    "reports/endpoint.py": "the words of a language model that the operator has named",
    "reports/figures.py": "how well reports were measured to work",
    "reports/summary.py": "the report's first screen",
    "reports/counting.py": "numbers for a part of the class, or after a change by hand",
    "reports/likeness.py": "topics of earlier assignments that are about the same",
    "reports/topics.py": "a report changed by hand, until it is made anew",
    "reports/wording.py": "the core's reasons in words",
    "sso/presets": "what is special about the providers that schools use most",
    "sso/problems.py": "why a sign-on did not work",
    "sso/saml": "SAML 2.0 without Flask and without a database",
    "sso/tokens.py": "whether an id_token may be believed",
    "sis/oneroster.py": "a OneRoster ZIP, read and checked",
    "sis/planning.py": "what a roster would change",
    "sis/roster.py": "a roster as plain values",
    "sis/service.py": "a OneRoster service, asked page by page",
    "sis/zipping.py": "what such a service says, as the ZIP of an upload",
    "sis/spreadsheet.py": "a plain table whose columns an admin names",
    "sis/tables.py": "CSV, read within limits",
    "sis/wording.py": "what is wrong with a roster, in words",
    "scores/wording.py": "ratings in words",
}
FORBIDDEN_IMPORTS = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}
VAGUE_NAMES = re.compile(r"util|helper|manager|misc|common|stuff")
# Served by the framework, and meant for everybody.
PUBLIC = {"static", "openapi.spec", "openapi.docs", "openapi.swagger_ui_oauth_redirect"}


def modules(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if not {"node_modules", "__pycache__"} & set(path.parts)]


def containing(words: str, *folders: str) -> set[str]:
    paths = modules(*folders)
    return {
        str(path.relative_to(ROOT)) for path in paths if re.search(words, path.read_text(encoding="utf-8"))
    }


def imports(path: Path) -> set[str]:
    """Return the top names of everything that a module imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def test_every_route_declares_the_action_it_needs(app):
    naked = {endpoint for endpoint, view in app.view_functions.items() if not hasattr(view, "requires")}
    assert naked - PUBLIC == set()


def test_every_action_has_a_rule_and_every_rule_an_action():
    assert set(policy.RULES) == set(policy.Action)
    assert [action for action, predicates in policy.RULES.items() if not predicates] == []


def test_only_the_unit_of_work_commits():
    assert containing(r"\.commit\(", "app") <= {"app/core/db.py"}


def test_tables_are_made_by_migrations_only():
    assert containing(r"\bcreate_all\(", "app", "annotators", "scoring", "tools", "migrations") == set()


def test_only_the_configuration_reads_the_environment():
    found = containing(r"\bos\.environ|\bgetenv\(", "app", "annotators", "scoring")
    # The pure package runs ffmpeg without the application: it takes FFMPEG and PATH from its caller.
    assert found <= {"app/config.py", "annotators/extraction.py", "annotators/video/extract.py"}


def test_nothing_is_ever_unpickled():
    paths = modules("app", "annotators", "scoring", "tools", "bench", "tests")
    found = {
        str(path.relative_to(ROOT)): names for path in paths if (names := imports(path) & FORBIDDEN_IMPORTS)
    }
    assert found == {}


def test_feature_folders_hold_the_same_names():
    folders = [path for path in APP.iterdir() if path.is_dir() and (path / "__init__.py").exists()]
    features = [path for path in folders if path.name not in NOT_FEATURES]
    strange = {
        str(item.relative_to(ROOT)) for path in features for item in path.iterdir() if is_strange(item)
    }
    assert strange == set()


def is_strange(item: Path) -> bool:
    known = item.stem in FEATURE_FILES or str(item.relative_to(APP)) in ONLY_HERE
    return not known and not item.name.startswith(("__pycache__", "."))


def test_files_are_named_for_an_idea():
    paths = modules("app", "annotators", "scoring", "tools", "bench", "tests")
    assert [str(path.relative_to(ROOT)) for path in paths if VAGUE_NAMES.search(path.stem)] == []


def test_the_api_describes_only_versioned_paths(app):
    description = app.test_client().get("/api/v1/openapi.json").get_json()
    assert description["openapi"].startswith("3.1")
    assert [path for path in description["paths"] if not path.startswith("/api/v1/")] == []
