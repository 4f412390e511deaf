"""For each route, something that a person who may do it could really send."""

from typing import Any

from .world import QUOTE, World

LATER = "2031-01-01T08:00:00Z"
# Answers that say “allowed, but the state of things stands against it”.
STATE_AGAINST_IT = {409}


def bodies(world: World) -> dict[str, dict[str, Any]]:
    """“METHOD path” to the options of the test client. A route that is not named sends nothing."""
    target = {"selector": [QUOTE]}
    course, assignment = "/api/v1/courses/<course_id>", "/api/v1/assignments/<assignment_id>"
    annotation, question = "/api/v1/annotations/<annotation_id>", "/api/v1/questions/<question_id>"
    document = "/api/v1/documents/<document_id>"
    interval = {"kind": "read", "start": 0, "end": 9, "seconds": 5, "began_at": "2026-01-01T08:00:00Z"}
    reading = {"document_id": world.ids["document"]}
    as_json: dict[str, Any] = {
        f"PATCH {course}": {"title": "Optics"},
        f"POST {course}/assignments": reading,
        f"POST {course}/documents": {"markdown": "# Words", "title": "Words"},
        f"POST {course}/enrollments": {"name": "New Pupil"},
        f"PATCH {course}/enrollments/<enrollment_id>": {"paused": True},
        f"POST {course}/group-sets": {"name": "Pairs", "groups": ["One", "Two"]},
        f"PATCH {course}/group-sets/<group_set_id>": {"name": "Tables"},
        f"PUT {course}/groups/<group_id>/members": {"account_ids": []},
        f"POST {course}/sections": {"name": "Tuesday"},
        f"PATCH {course}/sections/<section_id>": {"name": "Wednesday"},
        f"PATCH {document}": {"title": "Other"},
        f"POST {document}/versions": {"markdown": "Corrected words."},
        f"PATCH {assignment}": {"title": "Read well"},
        f"POST {assignment}/copy": {},
        f"POST {assignment}/activity": {"intervals": [interval]},
        f"POST {assignment}/annotations": {"body": "Why?", "motivation": "questioning", "target": target},
        f"POST {assignment}/confusion-report/topics": {"kind": "rename", "topics": ["x"], "label": "Y"},
        f"PUT {assignment}/draft": {"editors": {"new": {"body": "Half a th"}}},
        f"PUT {assignment}/marks/<mark_id>": {"target": target},
        f"PUT {assignment}/seen": {"ids": []},
        f"POST {assignment}/questions": {
            "kind": "short_text",
            "stem": "Why?",
            "target": target,
            "model_answer": "So.",
        },
        f"PATCH {annotation}": {"resolved": True},
        f"POST {annotation}/flags": {"reason": "Rude."},
        f"PUT {annotation}/hidden": {"hidden": True, "reason": "Rude."},
        f"PUT {annotation}/paused": {"paused": True},
        f"PATCH {annotation}/score": {"level": 2},
        f"PATCH {question}": {"stem": "Why so?"},
        f"POST {question}/answers": {"value": "Its speed.", "confidence": "sure"},
        f"PUT {question}/answers/mine": {"self_check": "had_it"},
        "PATCH /api/v1/me": {"name": "Me"},
        "POST /api/v1/me/inbox/read": {"ids": []},
        "POST /api/v1/courses": {"title": "New"},
        "POST /api/v1/courses/join": {"code": world.join_code},
        "POST /api/v1/preview": {"body": "**so**"},
    }
    enrollment = "POST /courses/<course_id>/people/<enrollment_id>"
    person = "POST /admin/people/<account_id>"
    as_form: dict[str, Any] = {
        "POST /courses/<course_id>/library": {"way": "text", "markdown": "# Words"},
        "POST /courses/<course_id>/settings": {"title": "Optics", "timezone": "UTC"},
        "POST /courses/<course_id>/assignments/new": reading | {"title": "Read", "state": "assigned"},
        "POST /courses/<course_id>/groups": {"name": "Pairs", "number": "2", "groups": "One\nTwo"},
        "POST /courses/<course_id>/groups/<group_set_id>": {"name": "Pairs"},
        "POST /courses/<course_id>/join-code/open": {"value": "1"},
        "POST /courses/<course_id>/people/by-email": {"email": "eve@example.org", "role": "student"},
        "POST /courses/<course_id>/people/class-list": {"names": "New Pupil"},
        "POST /courses/<course_id>/sections": {"name": "Tuesday"},
        "POST /courses/<course_id>/sections/<section_id>/rename": {"name": "Wednesday"},
        f"{enrollment}/pause": {"value": "1"},
        f"{enrollment}/role": {"value": "observer"},
        f"{enrollment}/section": {"value": ""},
        "POST /courses/new": {"title": "New", "timezone": "UTC"},
        "POST /documents/<document_id>/rename": {"title": "Other"},
        "POST /documents/<document_id>/versions": {"markdown": "Corrected words."},
        "POST /assignments/<assignment_id>/copy": {"course_id": world.ids["course"]},
        "POST /assignments/<assignment_id>/edit": {"title": "Read", "state": "assigned"},
        "POST /assignments/<assignment_id>/report/topics": {"kind": "rename", "topics": "x", "label": "Y"},
        "POST /account": {"name": "Me"},
        "POST /account/password": {"old": "", "password": "correct horse battery"},
        f"{person}/admin": {"value": ""},
        f"{person}/creates-courses": {"value": "1"},
        f"{person}/suspended": {"value": "1"},
        "POST /admin/school": {"name": "Hill School", "help_text": ""},
    }
    return {key: {"json": value} for key, value in as_json.items()} | {
        key: {"data": value} for key, value in as_form.items()
    }


# Where the person who may do it is answered 404 or 422 here, since the thing itself lacks something:
# a topic of that name, an answer to judge, a failed import, an account with that address.
LACKING = {
    "POST /api/v1/assignments/<assignment_id>/confusion-report/topics": {404, 422},
    "POST /assignments/<assignment_id>/report/topics": {404, 422},
    "PUT /api/v1/questions/<question_id>/answers/mine": {404, 422},
    "POST /courses/<course_id>/people/by-email": {422},
    "POST /courses/<course_id>/groups": {422},
    "POST /account/password": {422},
    "POST /api/v1/documents/<document_id>/retry": {409},
    "POST /documents/<document_id>/retry": {409},
    "POST /sign-in": {422},
    "POST /register": {422},
    "GET /static/<path:filename>": {404},
}
