"""For each route, something that a person who may do it could really send."""

from typing import Any

from .world import QUOTE, World

LATER = "2031-01-01T08:00:00Z"
# Answers that say “allowed, but the state of things stands against it”.
STATE_AGAINST_IT = {409}


OTHER_LMS = {
    "issuer": "https://lms.example",
    "client_id": "another",
    "auth_url": "https://lms.example/auth",
    "token_url": "https://lms.example/token",
    "jwks_url": "https://lms.example/jwks",
}


def bodies(world: World) -> dict[str, dict[str, Any]]:
    """“METHOD path” to the options of the test client. A route that is not named sends nothing."""
    target = {"selector": [QUOTE]}
    course, assignment = "/api/v1/courses/<course_id>", "/api/v1/assignments/<assignment_id>"
    annotation, question = "/api/v1/annotations/<annotation_id>", "/api/v1/questions/<question_id>"
    document = "/api/v1/documents/<document_id>"
    interval = {"kind": "read", "start": 0, "end": 9, "seconds": 5, "began_at": "2026-01-01T08:00:00Z"}
    plan = "/api/v1/activity-plans/<plan_id>"
    shared = {"title": "A lesson", "minutes": 30, "room": "rows", "steps": []}
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
        f"POST {annotation}/appeals": {"sentence": "I said why."},
        f"PUT {annotation}/signs": {"shown": True},
        f"PUT {course}/calibration/items/<item_id>/rating": {"level": 1},
        f"POST {course}/calibration/comparisons": {},
        f"PUT {course}/calibration/comparisons/<comparison_id>/decision": {"accepted": True},
        "PUT /api/v1/appeals/<appeal_id>": {"level": 2, "sentence": "You are right."},
        f"PATCH {assignment}/scores/<account_id>": {"points": 7.5, "note": "Said it in class."},
        f"PUT {course}/scoring": {"mode": "manual", "policy": {"points": 20}},
        f"POST {course}/scoring/preview": {"policy": {"weights": {"annotations": 100}}},
        f"PATCH {question}": {"stem": "Why so?"},
        "PUT /api/v1/topics/<topic_id>/outcome": {"what_i_did": "A vote."},
        f"POST {question}/answers": {"value": "Its speed.", "confidence": "sure"},
        f"PUT {question}/answers/mine": {"self_check": "had_it"},
        f"POST {assignment}/activity-plans": {"minutes": 30},
        f"POST {assignment}/activity-plans/import": shared,
        f"POST {assignment}/topics/<topic_id>/replies": {"body": "So."},
        f"PATCH {plan}": {"revision": 1, "title": "Thursday"},
        f"PUT {plan}/notes/<step_id>": {"text": "Short."},
        f"PUT {plan}/groups": {"by": "chance"},
        f"PUT {plan}/absent": {"account_ids": []},
        f"PUT {plan}/apart": {"account_ids": [world.accounts["ana"], world.accounts["bob"]]},
        f"POST {plan}/group-set": {},
        f"POST {plan}/polls": {"step_id": "s1"},
        f"POST {plan}/recheck": {"questions": [{"stem": "Why?", "options": ["So", "Or so"], "right": [0]}]},
        "PATCH /api/v1/polls/<poll_id>": {"hands": {"a": 2}},
        "PUT /api/v1/polls/<poll_id>/ballot": {"option": "a"},
        "PATCH /api/v1/me": {"name": "Me"},
        "POST /api/v1/me/inbox/read": {"ids": []},
        "POST /api/v1/courses": {"title": "New"},
        "POST /api/v1/courses/join": {"code": world.join_code},
        "POST /api/v1/preview": {"body": "**so**"},
        "POST /api/v1/me/entries": {},
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
        "POST /courses/<course_id>/scoring": {"weight-annotations": "100", "content": "participation"},
        "POST /courses/<course_id>/fairness": {"learning": world.accounts["bob"]},
        "POST /assignments/<assignment_id>/scoring": {"weight-annotations": "100"},
        "POST /assignments/<assignment_id>/scores/release": {"released": "1"},
        "POST /assignments/<assignment_id>/scores/<account_id>": {"points": "7.5", "note": "At the board."},
        "POST /annotations/<annotation_id>/score": {"level": "2", "note": "The beam is good."},
        "POST /assignments/<assignment_id>/plans": {"minutes": "30", "room": "rows"},
        "POST /assignments/<assignment_id>/topics/<topic_id>/reply": {"body": "So."},
        "POST /plans/<plan_id>/groups": {"by": "chance", "size": "3"},
        "POST /plans/<plan_id>/groups/move": {"account_id": world.accounts["ana"], "number": "1"},
        "POST /plans/<plan_id>/apart": {"student": [world.accounts["ana"], world.accounts["bob"]]},
        "POST /plans/<plan_id>/recheck": {
            "stem-0": "Why?",
            "option-0-0": "So",
            "option-0-1": "Or so",
            "right-0": "0",
        },
        "POST /vote/<code>": {"poll": world.ids["poll in open"], "option": "a"},
        "POST /assignments/<assignment_id>/report/mail": {"send_at": "2031-01-01T08:00"},
        "POST /topics/<topic_id>/outcome": {"what_i_did": "A vote."},
        "POST /topics/<topic_id>/words": {"in_our_words": "Why it turns."},
        "POST /annotations/<annotation_id>/quotation/answer": {"allowed": "yes"},
        "POST /account": {"name": "Me"},
        "POST /account/password": {"old": "", "password": "correct horse battery"},
        f"{person}/admin": {"value": ""},
        f"{person}/creates-courses": {"value": "1"},
        f"{person}/suspended": {"value": "1"},
        f"{person}/erase": {"name": "Ana"},
        "POST /admin/storage": {"each": "500"},
        "POST /admin/sign-on/<provider_id>/state": {"value": "disabled"},
        "POST /admin/records/<endpoint_id>/state": {"value": "on"},
        "POST /admin/storage/<course_id>": {"megabytes": "500"},
        "POST /lti/grades/<passback_id>": {"deed": "again"},
        "POST /lti/pick/<picking_id>": {"cancel": "1"},
        "POST /lti/links/<link_id>": {"opens": "course"},
        "POST /admin/lti": OTHER_LMS,
        "POST /admin/lti/<registration_id>": OTHER_LMS,
        "POST /admin/lti/<registration_id>/state": {"value": "disabled"},
        "POST /admin/lti/<registration_id>/deployments/<deployment_id>": {"value": "active"},
        "POST /admin/school": {"name": "Hill School", "help_text": ""},
    }
    return {key: {"json": value} for key, value in as_json.items()} | {
        key: {"data": value} for key, value in as_form.items()
    }


# Where the person who may do it is answered 404 or 422 here, since the thing itself lacks something:
# a topic of that name, an answer to judge, a failed import, an account with that address.
LACKING = {
    "POST /api/v1/annotations/<annotation_id>/appeals": {409},
    "PUT /api/v1/appeals/<appeal_id>": {409},
    "POST /api/v1/courses/<course_id>/calibration/items": {409},
    "POST /api/v1/courses/<course_id>/calibration/comparisons": {409},
    "POST /api/v1/assignments/<assignment_id>/confusion-report/topics": {404, 422},
    "POST /assignments/<assignment_id>/report/topics": {404, 422},
    "POST /assignments/<assignment_id>/report/mail": {422},
    "PUT /api/v1/questions/<question_id>/answers/mine": {404, 422},
    "POST /courses/<course_id>/people/by-email": {422},
    "POST /courses/<course_id>/groups": {422},
    "POST /account/password": {422},
    "POST /api/v1/documents/<document_id>/retry": {409},
    "POST /documents/<document_id>/retry": {409},
    "POST /sign-in": {422},
    "POST /phone": {404},
    "POST /api/v1/assignments/<assignment_id>/topics/<topic_id>/replies": {404},
    "POST /assignments/<assignment_id>/topics/<topic_id>/reply": {404},
    "POST /assignments/<assignment_id>/plans/import": {422},
    "POST /api/v1/activity-plans/<plan_id>/group-set": {422},
    "POST /plans/<plan_id>/group-set": {422},
    "POST /plans/<plan_id>/groups/move": {422},
    "POST /vote/<code>": {404},
    "POST /register": {422},
    "POST /admin/rosters": {422},
    "POST /admin/rosters/service": {422},
    "POST /admin/rosters/service/ask": {404},
    "POST /admin/sign-on": {422},
    "POST /admin/records": {422},
    "POST /admin/sign-on/<provider_id>": {422},
    "GET /sso/callback": {400},
    "GET /sso/arrived": {400},
    "POST /admin/people/<account_id>/merge": {422},
    "POST /lti/pick/<picking_id>/add": {422},
    "GET /lti/launch": {400},
    "POST /lti/launch": {400},
    "POST /lti/1.1/launch": {404},
    "POST /lti/notices": {400},
    "GET /lti/login": {400},
    "POST /lti/login": {400},
    "GET /static/<path:filename>": {404},
}
