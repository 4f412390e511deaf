"""Random requests made from the API's own description, by four roles, in-process."""

import re

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings

ROLES = ("teacher", "ana", "observer", "foreign_teacher")
IDS = {
    "course_id": "course",
    "document_id": "document",
    "assignment_id": "open assignment",
    "annotation_id": "annotation: Ana's",
    "question_id": "question in open",
    "section_id": "section",
    "group_set_id": "group_set",
    "mark_id": "mark",
}


def _fuzz(stage, role: str, examples: int) -> list[str]:
    """Send so many examples to each operation; what was answered that may never be answered."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", stage.app)
    bad: list[str] = []
    for found in schema.get_all_operations():
        operation = found.ok()

        @given(case=operation.as_strategy())
        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def send(case):
            # Half of all path arguments name something that is there, else nothing past the 404 is tried.
            for name in case.path_parameters or {}:
                if name in IDS and len(str(case.path_parameters[name])) % 2:
                    case.path_parameters[name] = stage.world.ids[IDS[name]]
            headers = {"Authorization": f"Bearer {stage.world.tokens[role]}"}
            answer = case.call(headers=headers)
            kind = answer.headers.get("content-type", [""])
            wrong = answer.status_code >= 500 or (
                answer.status_code >= 400 and "application/problem+json" not in str(kind)
            )
            if wrong:
                bad.append(f"{case.operation.label} by {role}: {answer.status_code} {case.body!r:.300}")

        send()
        if stage.snapshot:
            stage.snapshot.restore()
    return bad


@pytest.mark.parametrize("role", ROLES)
def test_no_random_request_is_answered_5xx(stage, role):
    bad = _fuzz(stage, role, examples=5)
    assert not bad, "\n".join(bad[:40])


@pytest.mark.long
@pytest.mark.parametrize("role", ROLES)
def test_no_random_request_of_very_many_is_answered_5xx(stage, role):
    bad = _fuzz(stage, role, examples=300)
    assert not bad, "\n".join(bad[:40])


def test_the_description_names_every_route_of_the_api(stage):
    described = stage.ask("ana", "GET", "/api/v1/openapi.json").get_json()["paths"]
    real = {
        re.sub(r"<(?:[^:<>]+:)?(\w+)>", r"{\1}", rule.rule)
        for rule in stage.app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/") and not rule.rule.endswith(("/openapi.json", "/docs"))
    }
    assert real - set(described) == set()
