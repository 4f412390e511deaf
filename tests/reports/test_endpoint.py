"""A language model that the operator names words the topics; without it, or when it fails, nothing changes."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from app.core.db import session
from app.reports import jobs
from app.reports.models import Report

from .asking import ask

WHY = "Ana and I do not understand why light number {n} should turn in glass, @Bob Oduya?"
FINE = {"label": "Why light\u0000 turns", "summary": "They ask why light turns in glass."}


def reply(content):
    return json.dumps({"choices": [{"message": {"content": content}}]}).encode()


@pytest.fixture
def endpoint(app):
    """A model's endpoint on this machine; ``answer`` is what it says, ``asked`` what it was sent."""

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.asked.append((self.headers["Authorization"], body))
            groups = json.loads(body["messages"][1]["content"])
            found = [{"number": group["number"], **FINE} for group in groups]
            sent = reply(json.dumps({"topics": found})) if server.answer is None else server.answer
            self.send_response(server.status)
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, *_args):
            return

    server = HTTPServer(("127.0.0.1", 0), Answering)
    server.asked, server.answer, server.status = [], None, 200
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    kept = app.config["SETTINGS"]
    named = {"topic_words_url": f"{address}/v1/chat/completions", "topic_words_key": "a-key"}
    app.config["SETTINGS"] = kept.model_copy(update=named | {"on_premise_hosts": address})
    yield server
    app.config["SETTINGS"] = kept
    server.shutdown()
    server.server_close()


def made(cast, count=14):
    url = f"/v1/assignments/{cast.assignment.id}"
    for n in range(count):
        ask(cast.ana if n % 2 else cast.bob, url, body=WHY.format(n=n))
    return again(cast)


def again(cast):
    jobs.make_report.now(cast.assignment.id)
    session.expunge_all()
    return session.get_one(Report, cast.assignment.id).result


def how(cast):
    return cast.teacher.get(f"/assignments/{cast.assignment.id}/report/how").get_data(as_text=True)


def test_topics_get_its_words_and_the_report_says_so(cast, endpoint):
    result = made(cast)
    assert result["topics"]
    assert {topic["label"] for topic in result["topics"]} == {"Why light turns"}
    assert result["method"]["worded"] == len(result["topics"])
    assert "worded by a language model" in how(cast)
    assert "Nothing leaves this machine" not in how(cast)
    page = cast.teacher.get(f"/v1/assignments/{cast.assignment.id}/confusion-report").get_json()
    assert page["topics"][0]["summary"] == FINE["summary"]


def test_nobodys_name_and_no_id_is_sent(cast, endpoint):
    made(cast)
    key, sent = endpoint.asked[0]
    told = json.dumps(sent)
    assert key == "Bearer a-key"
    assert "why light number" in told
    for secret in ("Ana", "Bob", "Oduya", cast.ana.id, cast.assignment.id):
        assert secret not in told


def test_what_kept_its_words_is_not_sent_again(cast, endpoint):
    made(cast)
    ask(cast.ana, f"/v1/assignments/{cast.assignment.id}", body="Why is the light in the glass so slow?")
    result = again(cast)
    assert {topic["label"] for topic in result["topics"]} == {"Why light turns"}
    sent = [len(json.loads(body["messages"][1]["content"])) for _key, body in endpoint.asked]
    assert sum(sent[1:]) < len(result["topics"]) or len(sent) == 1


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (500, b"{}"),
        (200, b"no json"),
        (200, b"[]"),
        (200, b'{"choices": []}'),
        (200, reply("not json")),
        (200, reply('{"topics": [{"number": [1]}]}')),
        (200, reply('{"topics": [{"number": 1, "label": 7, "summary": null}]}')),
        (200, reply("[" * 100_000)),
        (200, b"x" * 300_000),
    ],
)
def test_whatever_goes_wrong_the_extracted_words_stand(cast, endpoint, status, answer):
    endpoint.status, endpoint.answer = status, answer
    result = made(cast)
    assert endpoint.asked
    assert all(topic["label"] and topic["summary_parts"] for topic in result["topics"])
    assert result["method"]["worded"] == 0
    assert "Nothing leaves this machine" in how(cast)


def test_without_an_address_nothing_is_sent(app, cast):
    assert app.config["SETTINGS"].topic_words_url == ""
    assert "worded" not in made(cast)["method"]
