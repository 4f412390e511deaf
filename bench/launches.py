"""A class opens Foreword from its LMS within a minute, a big class list comes in, and grades go to a failing LMS.

The LMS is the one of the tests. ``python -m bench.launches '{…}'`` does the part inside the application and prints
what it found as JSON.
"""

import json
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from itertools import count
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from sqlalchemy import select, update

from app import create_app
from app.accounts.models import Account, Identity, School
from app.core.db import session, unit_of_work
from app.core.ids import now
from app.core.policy import Viewer
from app.courses.models import Course
from app.lti import jobs
from app.lti.models import Context, Deployment, Passback, Registration, ResourceLink
from app.lti.operations import own_keys, registering
from app.lti.operations.sending import send_due
from tests.lti.lms import Call, Lms, Reply, reply, serve

from .figures import Figure, percentile
from .server import PYTHON, ROOT, Server

LAUNCHES, MINUTE_S, AT_ONCE, ROSTER, GRADES = 200, 60.0, 32, 2_000, 500
FAULTS: tuple[Reply, ...] = (
    reply({}, 500),
    (502, {"Content-Type": "text/html"}, b"<html>bad gateway"),
    reply({}, 503, **{"Retry-After": "1"}),
    reply({}, 429),
    reply({}, 401),
    (400, {}, b"[]"),
    reply({}, 403),
    reply({}, 404),
    (302, {"Location": "http://169.254.169.254/"}, b""),
)


def measure(server: Server) -> Iterator[Figure]:
    """Launches of a class, a roster, and grades with faults."""
    lms, listening = serve()
    try:
        inside = _inside(server, {"do": "connect", "values": lms.values()})
        lms.tool_keys = lambda: inside["keys"]
        times = _launches(server.port, lms, inside["assignment"])
        yield Figure(f"{LAUNCHES} launches in a minute: p50", percentile(times, 0.5), "ms")
        yield Figure(f"{LAUNCHES} launches in a minute: p99", percentile(times, 0.99), "ms", most=500)
        lms.members = [_member(number) for number in range(ROSTER)]
        lms.page_size = 500
        yield Figure(f"roster of {ROSTER}", _inside(server, {"do": "roster"})["seconds"], "s", most=10)
        yield from _grades(server, lms)
    finally:
        listening.shutdown()


def _member(number: int) -> dict[str, Any]:
    role = "Instructor" if number == 0 else "Learner"
    return {"user_id": f"pupil-{number}", "name": f"Pupil {number}", "roles": [role], "status": "Active"}


def _launches(port: int, lms: Lms, assignment: str) -> list[float]:
    host, people = f"127.0.0.1:{port}", count(1)

    def launch() -> float:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        begun = time.perf_counter()
        sent = {
            "iss": lms.address,
            "login_hint": "7",
            "client_id": lms.client_id,
            "target_link_uri": f"http://{host}/lti/launch",
        }
        connection.request("GET", f"/lti/login?{urlencode(sent)}")
        answer = connection.getresponse()
        answer.read()
        asked = dict(parse_qsl(urlsplit(answer.headers["Location"]).query))
        cookie = answer.headers["Set-Cookie"].partition(";")[0]
        waited = time.perf_counter() - begun
        claims = lms.claims(
            asked["nonce"],
            sub=f"pupil-{next(people) % LAUNCHES}",
            target_link_uri=f"http://{host}/lti/launch",
            custom={"foreword_assignment": assignment},
        )
        form = urlencode({"state": asked["state"], "id_token": lms.token(claims)})
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
        begun = time.perf_counter()
        connection.request("POST", "/lti/launch", form, headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 303:
            raise RuntimeError(f"{answer.status}")
        connection.close()
        return (waited + time.perf_counter() - begun) * 1000

    chance, begun = random.Random(3), time.monotonic()  # noqa: S311  # when people click, not a secret
    moments = sorted(begun + chance.uniform(0, MINUTE_S) for _each in range(LAUNCHES))

    def at(moment: float) -> float:
        time.sleep(max(moment - time.monotonic(), 0.0))
        return launch()

    with ThreadPoolExecutor(AT_ONCE) as people_clicking:
        return list(people_clicking.map(at, moments))


def _grades(server: Server, lms: Lms) -> Iterator[Figure]:
    chance = random.Random(7)  # noqa: S311  # which requests fail, not a secret

    def sick(call: Call) -> Reply | None:
        if not call.path.endswith("/scores") or chance.random() >= 0.2:
            return None
        if chance.random() < 0.1:
            raise ConnectionAbortedError
        return chance.choice(FAULTS)

    lms.behave = sick
    found = _inside(server, {"do": "grades", "number": GRADES})
    held = next(iter(lms.results.values()), {})
    wrong = sum(abs(held.get(who, -1) - share) > 0.01 for who, share in found["sent"].items())
    yield Figure(f"{GRADES} grades, a fifth of requests failing: sent", len(found["sent"]), "")
    yield Figure("listed with a reason", sum(found["refused"].values()), "")
    yield Figure(
        "neither sent nor listed", GRADES - len(found["sent"]) - sum(found["refused"].values()), "", most=0
    )
    yield Figure("wrong in the LMS", wrong, "", most=0)
    yield Figure("time", found["seconds"], "s")


def _inside(server: Server, wanted: dict[str, Any]) -> dict[str, Any]:
    command = [PYTHON, "-m", "bench.launches", json.dumps(wanted)]
    done = subprocess.run(command, cwd=ROOT, env=server.environment, capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.decode()[-2000:])
    return dict(json.loads(done.stdout.splitlines()[-1]))


def connect(values: dict[str, str]) -> dict[str, Any]:
    """Connect the LMS, and let its course open the first assignment."""
    with unit_of_work():
        school = session.scalars(select(School)).first()
        course = session.scalars(select(Course)).first()
        assert school is not None
        assert course is not None
        row = registering.register(Viewer(school_id=school.id), values)
        deployment = session.scalars(select(Deployment)).one()
        session.add(
            Context(
                registration_id=row.id,
                deployment_id=deployment.id,
                context_id="7",
                course_id=course.id,
                members_url=f"{values['issuer']}/members",
                line_items_url=f"{values['issuer']}/lineitems?type_id=1",
            )
        )
        from app.assignments.models import Assignment

        first = session.scalars(select(Assignment.id)).first()
    return {"assignment": first, "keys": own_keys.published()}


def roster() -> dict[str, Any]:
    """Fetch and take over the class list."""
    context_id = session.scalars(select(Context.id)).one()
    begun = time.perf_counter()
    jobs.fetch_roster.now(context_id)
    seconds = time.perf_counter() - begun
    session.expire_all()
    assert session.get_one(Context, context_id).roster_count == ROSTER
    return {"seconds": seconds}


def grades(number: int) -> dict[str, Any]:
    """Send grades until each is settled; waiting times are skipped."""
    link = session.scalars(select(ResourceLink)).first()
    registration_id = session.scalars(select(Registration.id)).one()
    assert link is not None
    people = session.execute(
        select(Account.id, Identity.subject)
        .join(Identity, Identity.account_id == Account.id)
        .where(Identity.subject.like("pupil-%"), Identity.subject != "pupil-0")
        .limit(number)
    ).all()
    with unit_of_work():
        for place, (account_id, _subject) in enumerate(people):
            session.add(
                Passback(resource_link_id=link.id, account_id=account_id, points=place % 101, maximum=100.0)
            )
    begun = time.perf_counter()
    for _visit in range(200):
        with unit_of_work():
            session.execute(update(Passback).where(Passback.state == "waiting").values(due_at=now()))
        session.expire_all()
        if not send_due(registration_id):
            break
    rows = session.scalars(select(Passback)).all()
    subjects = dict((one, two) for one, two in people)
    return {
        "seconds": time.perf_counter() - begun,
        "sent": {subjects[row.account_id]: row.points for row in rows if row.state == "sent"},
        "refused": Counter(row.problem for row in rows if row.state != "sent" and row.problem),
    }


if __name__ == "__main__":
    asked = json.loads(sys.argv[1])
    with create_app().app_context():
        done: dict[str, Any] = {"connect": connect, "roster": roster, "grades": grades}[asked.pop("do")](
            **asked
        )
    print(json.dumps(done))
