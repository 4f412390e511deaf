"""What people do in the socket matrix: each deed really happens over HTTP, by somebody who may do it."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from app.annotations.models import Annotation
from app.core.db import session, unit_of_work
from app.plans.models import Poll
from app.scores.models import Appeal
from app.scores.operations import record_ratings

from ..permissions.conftest import Stage
from ..permissions.world import QUOTE

TARGET = {"selector": [QUOTE]}
API = "/api/v1"


class Deeds:
    """The people of the world, doing things. Each deed is a generator: what comes before its first
    ``yield`` sets the scene before anybody listens; it yields the assignment, then the deed follows.
    """

    def __init__(self, stage: Stage) -> None:
        self.stage, self.ids = stage, stage.world.ids

    def ask(self, who: str, method: str, path: str, **body: Any) -> Any:
        answer = self.stage.ask(who, method, API + path, **({"json": body} if body else {}))
        assert answer.status_code < 300, (who, method, path, answer.get_data(as_text=True))
        return answer.get_json() if answer.data else {}

    def post(self, who: str = "ana", where: str = "open", **more: Any) -> str:
        draft: dict[str, Any] = {"body": "Why?"} | more
        if "parent_id" not in more:
            draft["target"] = TARGET
        path = f"/assignments/{self.ids[f'{where} assignment']}/annotations"
        return str(self.ask(who, "POST", path, **draft)["id"])

    def create(self, where: str = "open", who: str = "ana", **more: Any) -> Iterator[str]:
        yield where
        self.post(who, where, **more)

    def reply(self, where: str = "open", who: str = "bob", **more: Any) -> Iterator[str]:
        head = self.post("ana", where, **more)
        yield where
        self.post(who, where, parent_id=head)

    def edit(self, change: dict[str, Any], **more: Any) -> Iterator[str]:
        made = self.post(**more)
        yield "open"
        self.ask("ana", "PATCH", f"/annotations/{made}", **change)

    def pause(self) -> Iterator[str]:
        made = self.post()
        yield "open"
        self.ask("teacher", "PUT", f"/annotations/{made}/paused", paused=True)

    def delete(self, where: str = "open", *, replies: bool = False) -> Iterator[str]:
        made = self.post("ana", where)
        if replies:
            self.post("bob", where, parent_id=made)
        yield where
        self.ask("ana", "DELETE", f"/annotations/{made}")

    def hide(self, *, replies: bool = False) -> Iterator[str]:
        made = self.post()
        if replies:
            self.post("bob", parent_id=made)
        yield "open"
        self.ask("teacher", "PUT", f"/annotations/{made}/hidden", hidden=True, reason="Be kind.")

    def show(self) -> Iterator[str]:
        *_, _where = self.hide()
        made = session.query(Annotation).filter(Annotation.hidden_reason == "Be kind.").one().id
        yield "open"
        self.ask("teacher", "PUT", f"/annotations/{made}/hidden", hidden=False)

    def edit_hidden(self) -> Iterator[str]:
        *_, _where = self.hide()
        made = session.query(Annotation).filter(Annotation.hidden_reason == "Be kind.").one().id
        yield "open"
        self.ask("ana", "PATCH", f"/annotations/{made}", body="Kinder")

    def vote(self, where: str = "open", *, back: bool = False) -> Iterator[str]:
        path = f"/annotations/{self.post('ana', where)}/endorsements/helpful"
        if back:
            self.ask("bob", "PUT", path)
        yield where
        self.ask("bob", "DELETE" if back else "PUT", path)

    def flag(self, *, settle: bool = False) -> Iterator[str]:
        path = f"/annotations/{self.post()}/flags"
        if settle:
            self.ask("bob", "POST", path, reason="Rude")
        yield "open"
        if settle:
            self.ask("teacher", "DELETE", path)
        else:
            self.ask("bob", "POST", path, reason="Rude")

    def mark(self, *, back: bool = False) -> Iterator[str]:
        path = f"/assignments/{self.ids['open assignment']}/marks/{uuid4()}"
        if back:
            self.ask("ana", "PUT", path, target=TARGET)
        yield "open"
        if back:
            self.ask("ana", "DELETE", path)
        else:
            self.ask("ana", "PUT", path, target=TARGET)

    def question(self, where: str = "open") -> Iterator[str]:
        yield where
        asked = {"kind": "short_text", "stem": "Why?", "model_answer": "So.", "target": TARGET}
        self.ask("teacher", "POST", f"/assignments/{self.ids[f'{where} assignment']}/questions", **asked)

    def change_question(self) -> Iterator[str]:
        yield "open"
        self.ask("teacher", "PATCH", f"/questions/{self.ids['question in open']}", stem="Why so?")

    def answer(self) -> Iterator[str]:
        yield "open"
        path = f"/questions/{self.ids['question in open']}/answers"
        self.ask("ana", "POST", path, value="Its speed.", confidence="sure")

    def open_poll(self) -> str:
        """A vote of a lesson with one question; its id."""
        own = {"stem": "Which?", "options": ["This", "That"], "right": [0]}
        step = {"id": str(uuid4()), "kind": "vote", "minutes": 5, "question": own}
        path = f"/assignments/{self.ids['open assignment']}/activity-plans"
        plan = self.ask("teacher", "POST", path, minutes=45)
        steps = {"revision": plan["revision"], "steps": [step]}
        plan = self.ask("teacher", "PATCH", f"/activity-plans/{plan['id']}", **steps)
        path = f"/activity-plans/{plan['id']}/polls"
        return str(self.ask("teacher", "POST", path, step_id=plan["steps"][0]["id"])["id"])

    def ask_class(self) -> Iterator[str]:
        yield "open"
        self.open_poll()

    def change_poll(self, **change: Any) -> Iterator[str]:
        poll = self.open_poll()
        yield "open"
        self.ask("teacher", "PATCH", f"/polls/{poll}", **change)

    def vote_in_class(self) -> Iterator[str]:
        poll = self.open_poll()
        option = session.get_one(Poll, poll).options[0]["id"]
        yield "open"
        self.ask("ana", "PUT", f"/polls/{poll}/ballot", option=option)

    def rate(self) -> Iterator[str]:
        made = self.post()
        yield "open"
        with unit_of_work():
            record_ratings([session.get_one(Annotation, made)], [a_rating(made)], "test")

    def appeal(self, *, answer: bool = False) -> Iterator[str]:
        made = self.post()
        with unit_of_work():
            record_ratings([session.get_one(Annotation, made)], [a_rating(made)], "test")
        self.ask("teacher", "PATCH", f"/assignments/{self.ids['open assignment']}", scores_released=True)
        if not answer:
            yield "open"
        self.ask("ana", "POST", f"/annotations/{made}/appeals", sentence="I said why.")
        if answer:
            asked = session.query(Appeal).filter_by(annotation_id=made).one().id
            yield "open"
            self.ask("teacher", "PUT", f"/appeals/{asked}", level=1, sentence="It shows reading.")

    def all(self) -> dict[str, Iterator[str]]:
        """Each event of the expectations, as the deed that causes it."""
        staff: dict[str, Any] = {"audience": "staff"}
        return {
            "a new annotation": self.create(),
            "a new annotation for the group": self.create("grouped", audience="group"),
            "a new annotation for staff": self.create(**staff),
            "a new annotation for oneself": self.create(audience="self"),
            "a new anonymous annotation": self.create(anonymous=True),
            "a reply": self.reply(),
            "a reply in the group": self.reply("grouped"),
            "staff answer what was for staff": self.reply(who="teacher", **staff),
            "an edit": self.edit({"body": "Why so?"}),
            "an edit of what is for staff": self.edit({"body": "Why so?"}, **staff),
            "solved": self.edit({"resolved": True}),
            "paused": self.pause(),
            "deleted": self.delete(),
            "deleted from the group": self.delete("grouped"),
            "deleted with replies": self.delete(replies=True),
            "hidden": self.hide(),
            "hidden with the replies of another": self.hide(replies=True),
            "shown again": self.show(),
            "an edit of what is hidden": self.edit_hidden(),
            "a vote": self.vote(),
            "a vote in the group": self.vote("grouped"),
            "a vote taken back": self.vote(back=True),
            "a flag": self.flag(),
            "a flag settled": self.flag(settle=True),
            "a mark": self.mark(),
            "a mark taken back": self.mark(back=True),
            "a question": self.question(),
            "a question changed": self.change_question(),
            "a question in a draft": self.question("draft"),
            "a question in what opens later": self.question("later"),
            "an answer": self.answer(),
            "a vote in class opened": self.ask_class(),
            "a vote in class closed": self.change_poll(closed=True),
            "somebody has voted in class": self.vote_in_class(),
            "hands counted in class": self.change_poll(hands={}),
            "a rating": self.rate(),
            "an appeal": self.appeal(),
            "an appeal answered": self.appeal(answer=True),
            "a teacher's word in a draft": self.create("draft", "teacher"),
            "a teacher's word where it is closed": self.create("closed", "teacher"),
        }


def a_rating(annotation_id: str) -> Any:
    """What the model might say of an annotation."""
    from scoring import Rating

    return Rating(
        id=annotation_id,
        quality=1.2,
        level=1,
        confusion=0.7,
        question=0.9,
        certainty=0.8,
        reasons=(),
        marks=(),
        flags=(),
    )
