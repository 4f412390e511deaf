"""What no generator thinks of: bodies, types, ids, cursors and headers that broke others."""

import pytest

JSON = {"Content-Type": "application/json"}
BODIES = {
    "deep list": b"[" * 100_000,
    "deep object": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "lone surrogate": rb'{"body": "\ud800"}',
    "lone surrogate in a key": rb'{"\udfff": 1}',
    "zero": rb'{"body": "a\u0000b"}',
    "not a number": b'{"body": NaN}',
    "infinite": b'{"body": 1e999}',
    "huge whole number": b'{"body": ' + b"9" * 5_000 + b"}",
    "twice the same key": b'{"body": "a", "body": 2}',
    "not UTF-8": b'{"body": "\xff\xfe"}',
    "a list": b"[1, 2]",
    "a string": b'"body"',
    "null": b"null",
    "nothing": b"",
    "cut off": b'{"body": "a',
    "a mark of byte order": b"\xef\xbb\xbf{}",
    "UTF-16": '{"body": "a"}'.encode("utf-16"),
}
WRITES = (
    ("POST", "/api/v1/assignments/{open assignment}/annotations"),
    ("PATCH", "/api/v1/annotations/{annotation}"),
    ("PUT", "/api/v1/assignments/{open assignment}/draft"),
    ("POST", "/api/v1/assignments/{open assignment}/activity"),
    ("POST", "/api/v1/questions/{question in open}/answers"),
    ("PATCH", "/api/v1/me"),
    ("POST", "/api/v1/courses/join"),
    ("POST", "/api/v1/preview"),
)
STRANGE_IDS = (
    "'",
    '"',
    "' OR 1=1 --",
    "%27",
    "../..",
    "😀",
    "a" * 3_000,
    "%ff",
    "{}",
    "-1",
    "9" * 40,
    "%0a",
    "null",
)
CURSORS = ("x", "'", "0", "-1", "9" * 100, "bnVsbA==", "😀", "%00", "\u0000", "a.b.c", "[]", "null")


def refused(answer) -> bool:
    """A clean refusal: 4xx, as problem+json."""
    return 400 <= answer.status_code < 500 and answer.mimetype == "application/problem+json"


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize(("method", "path"), WRITES, ids=[path for _method, path in WRITES])
def test_a_broken_body_is_refused_in_words(stage, method, path, body):
    ids = stage.world.ids | {"annotation": stage.world.ids["annotation: Ana's"]}
    answer = stage.ask("ana", method, path.format(**ids), data=body, headers_more=JSON)
    # Where every field may be left out, nothing at all is a body too.
    assert refused(answer) or (body == b"null" and answer.status_code < 400), answer.data[:300]


@pytest.mark.parametrize(
    "kind", ["text/plain", "text/html", "application/xml", "multipart/form-data", "x", ""]
)
def test_another_type_of_content_is_refused_in_words(stage, kind):
    path = WRITES[0][1].format(**stage.world.ids)
    answer = stage.ask("ana", "POST", path, data=b'{"body": "a"}', headers_more={"Content-Type": kind})
    assert refused(answer), answer.status_code


def test_fifty_megabytes_are_refused(stage):
    body = b'{"body": "' + b"a" * 50_000_000 + b'"}'
    path = WRITES[0][1].format(**stage.world.ids)
    answer = stage.ask("ana", "POST", path, data=body, headers_more=JSON)
    assert refused(answer), answer.status_code


@pytest.mark.parametrize("strange", STRANGE_IDS)
def test_a_strange_id_is_not_found(stage, strange):
    for place in ("courses", "documents", "assignments", "annotations", "questions"):
        answer = stage.ask("ana", "GET", f"/api/v1/{place}/{strange}")
        assert answer.status_code < 500, (place, answer.data[:300])
        page = stage.ask("ana", "GET", f"/{place}/{strange}")
        assert page.status_code < 500, (place, page.data[:300])


@pytest.mark.parametrize("cursor", CURSORS)
def test_a_strange_cursor_is_no_error_of_ours(stage, cursor):
    assignment = stage.world.ids["open assignment"]
    for path in (f"assignments/{assignment}/annotations", "courses", "me/inbox"):
        asked = stage.ask("ana", "GET", f"/api/v1/{path}", query_string={"cursor": cursor, "limit": cursor})
        assert asked.status_code < 500
    since = stage.ask(
        "ana", "GET", f"/api/v1/assignments/{assignment}/changes", query_string={"since": cursor}
    )
    assert since.status_code < 500


@pytest.mark.parametrize("host", ["evil.example", "a b", "[::1", "x" * 300, "localhost:99999", "'"])
def test_a_strange_host_is_no_error_of_ours(stage, host):
    for path in ("/", "/sign-in", "/api/v1/me", "/forgot-password"):
        assert stage.ask("ana", "GET", path, headers_more={"Host": host}).status_code < 500


@pytest.mark.parametrize(
    "where", ["//evil.example", "/\\evil.example", "https://evil.example", "/%09/evil.example"]
)
def test_nobody_is_sent_to_another_host(stage, where):
    answer = stage.ask("ana", "GET", "/sign-in", query_string={"next": where})
    assert answer.status_code < 400
    assert "evil.example" not in answer.headers.get("Location", "").partition("?")[0].replace("/%09/evil", "")


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "FOO", "OPTIONS", "HEAD"])
def test_a_strange_method_is_no_error_of_ours(stage, method):
    for path in ("/", "/api/v1/me", "/socket.io/"):
        assert stage.ask("ana", method, path).status_code < 500
