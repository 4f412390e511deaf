"""Two schools with everybody and everything in them, and a way back to how it was."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from app.accounts.models import Account, Identity, OneTimeCode, SignIn
from app.annotations.models import Annotation, Mark
from app.assignments.models import Assignment
from app.calibration.models import CalibrationItem, Comparison
from app.core.ids import now
from app.courses.models import Course, Group, GroupSet
from app.documents.models import DocumentVersion
from app.plans.models import Plan, Poll
from app.questions.models import Question
from app.reports.models import Topic
from app.scores.models import Appeal

from .. import factories
from ..factories import add
from .admins import add_admin_things
from .lms import add_lms

STAFF = frozenset({"teacher", "assistant"})
STUDENTS = frozenset({"ana", "bob", "cat", "dan"})
MEMBERS = STAFF | STUDENTS | {"observer"}
# Which column of the tables each member of the course is in; ``ana`` is the one whose things they are.
COLUMN_OF = {
    "teacher": "teacher",
    "assistant": "assistant",
    "observer": "observer",
    "ana": "author",
    "bob": "student",
    "cat": "student",
    "dan": "paused",
}
OUTSIDERS = ("former", "eve", "other_teacher", "admin", "foreign_student", "foreign_teacher", "foreign_admin")
STRANGERS = ("nobody", "suspended", "bad_token")
ACTORS = (*COLUMN_OF, *OUTSIDERS, *STRANGERS)
OPTIONS = [{"id": "a", "text": "Towards"}, {"id": "b", "text": "Away"}]
STEP = {
    "id": "s1", "kind": "vote", "minutes": 45, "topics": [], "title": "", "prompt": "", "voices": [],
    "in_our_words": "", "question_id": None, "materials": "", "why": None,
    "question": {"stem": "Why?", "options": ["Towards", "Away"], "right": [0]},
}  # fmt: skip
QUOTE = {"type": "TextQuoteSelector", "exact": "its speed changes"}


@dataclass(frozen=True)
class Thing:
    """What a route is asked about: the path arguments, and who may know of it."""

    name: str
    arguments: dict[str, str]
    known_to: frozenset[str]
    is_closed: bool = False
    author: str = "ana"


@dataclass
class World:
    """Everybody's token, and the things of each kind."""

    tokens: dict[str, str]
    ids: dict[str, str]
    things: dict[str, list[Thing]]
    join_code: str
    accounts: dict[str, str] = field(default_factory=dict)
    foreign: dict[str, dict[str, str]] = field(default_factory=dict)  # of another course, of another school


def build() -> World:
    """Fill an empty database. Everything of interest lies in one course of the first school."""
    made = _Building()
    made.people()
    made.courses()
    made.assignments()
    made.annotations()
    made.questions()
    add_lms(made, STAFF)
    add_admin_things(made)
    made.plans()
    made.topics()
    made.calibration()
    return made.world()


class _Building:
    def __init__(self) -> None:
        self.ids: dict[str, str] = {}
        self.foreign: dict[str, dict[str, str]] = {}
        self.things: dict[str, list[Thing]] = {}
        self.accounts: dict[str, Account] = {}
        self.rows: dict[str, Assignment] = {}

    def thing(self, kind: str, name: str, known_to: frozenset[str] = MEMBERS, **more: Any) -> None:
        arguments = {key: value for key, value in more.items() if key.endswith("_id") or key == "code"}
        rest = {key: value for key, value in more.items() if key not in arguments}
        self.things.setdefault(kind, []).append(Thing(name, arguments, known_to, **rest))

    def people(self) -> None:
        self.school = factories.school("Hill School")
        self.far = factories.school("Far School")
        for name in (*COLUMN_OF, *OUTSIDERS, "suspended"):
            school = self.far if name.startswith("foreign") else self.school
            self.accounts[name] = factories.account(
                school,
                name.title(),
                is_admin="admin" in name,
                may_create_courses="teacher" in name,
                suspended_at=now() if name == "suspended" else None,
            )
        for name, account in self.accounts.items():
            subject = f"{name}@{account.school_id}"
            add(
                Identity(
                    account_id=account.id, school_id=account.school_id, provider="password", subject=subject
                )
            )
        ana = self.accounts["ana"]
        sign_in = SignIn(account_id=ana.id, token_hash="x" * 64, expires_at=now() + timedelta(days=1))
        code = OneTimeCode(
            account_id=ana.id, purpose="phone", code_hash="y" * 64, expires_at=now() + timedelta(minutes=5)
        )
        ids = {"sign_in_id": add(sign_in).id, "entry_id": add(code).id}
        self.thing("sign_in", "Ana's browser", frozenset({"ana"}), **ids)
        self.thing("person", "Ana", frozenset({"admin"}), account_id=ana.id)

    def courses(self) -> None:
        people = self.accounts
        course = self.course = factories.course(self.school)
        other = factories.course(self.school, "Waves 8A")
        far = factories.course(self.far, "Far 9C")
        roles = dict.fromkeys(STUDENTS, "student") | {
            name: name for name in ("teacher", "assistant", "observer")
        }
        enrolled = {name: factories.enroll(course, people[name], role) for name, role in roles.items()}
        enrolled["dan"].paused_at = now()
        factories.enroll(course, people["former"]).ended_at = now()
        factories.enroll(course, people["suspended"])
        eve = factories.enroll(other, people["eve"])
        for place, name in ((other, "other_teacher"), (far, "foreign_teacher")):
            factories.enroll(place, people[name], "teacher")
        factories.enroll(far, people["foreign_student"])
        section = add(_section(course, "Monday"))
        strange_section = add(_section(other, "Sunday"))
        self.sets = factories.groups(course, [people["ana"], people["bob"]], [people["cat"]])
        free = factories.groups(course, [people["ana"]])
        strange = factories.groups(other, [people["eve"]])
        strangest = factories.groups(far, [people["foreign_student"]])
        self.ids |= {"course": course.id, "other_course": other.id, "far_course": far.id}
        self.ids |= {"section": section.id, "group_set": self.sets.id}
        self.foreign |= {
            "other": {"section": strange_section.id},
            "far": {"section": add(_section(far, "Sunday")).id},
        }
        self._foreign("other", other, people["eve"], strange)
        self._foreign("far", far, people["foreign_student"], strangest)
        nobody: frozenset[str] = frozenset()
        self.thing("course", "the course", course_id=course.id)
        self.thing("pupil", "Ana", course_id=course.id, account_id=people["ana"].id)
        for name in ("eve", "former", "teacher"):
            self.thing("pupil", name, nobody, course_id=course.id, account_id=people[name].id)
        # Under its own course it is there; under a course to which it does not belong it is for nobody.
        for kind, own, foreign in (
            ("enrollment", enrolled["bob"].id, eve.id),
            ("section", section.id, strange_section.id),
            ("group_set", free.id, strange.id),
            ("group", free.groups[0].id, strange.groups[0].id),
        ):
            key = f"{kind}_id"
            self.thing(kind, "of the course", course_id=course.id, **{key: own})
            self.thing(kind, "of another course", nobody, course_id=course.id, **{key: foreign})
            self.thing(kind, "under another course", nobody, course_id=other.id, **{key: own})

    def _foreign(self, where: str, course: Course, pupil: Account, sets: GroupSet) -> None:
        """What lies in another course, for requests that name it where it does not belong."""
        document = factories.document(course)
        row = self.rows[f"foreign {where}"] = factories.assignment(course, document)
        note = self._annotation(
            f"foreign {where}", None, f"course:{course.id}", hidden=False, author=pupil.id
        )
        self.foreign[where] |= {"course": course.id, "account": pupil.id, "document": document.id}
        self.foreign[where] |= {"assignment": row.id, "annotation": note.id}
        question = self._question(f"foreign {where}")
        self.foreign[where] |= {"question": question.id, "group_set": sets.id, "group": sets.groups[0].id}

    def assignments(self) -> None:
        known = {"draft": STAFF, "later": STAFF, "removed": frozenset[str]()}
        self.document = factories.document(self.course)
        more: dict[str, dict[str, Any]] = {
            "open": {},
            "grouped": {"group_set_id": self.sets.id},
            "draft": {"state": "draft"},
            "closed": {"state": "closed"},
            "later": {"opens_at": now() + timedelta(days=3)},
            "removed": {"deleted_at": now()},
        }
        for name, options in more.items():
            document = self.document if name == "open" else factories.document(self.course)
            row = self.rows[name] = factories.assignment(self.course, document, title=name, **options)
            seen_by = known.get(name, MEMBERS)
            self.ids[f"{name} assignment"] = row.id
            self.thing("assignment", name, seen_by, assignment_id=row.id, is_closed=name == "closed")
            for who, known_to in (("ana", seen_by), ("eve", frozenset[str]())):
                ids = {"assignment_id": row.id, "account_id": self.accounts[who].id}
                self.thing("score", f"{name}, {who}", known_to, **ids, is_closed=name == "closed")
            # Staff and observers know the library; learners what is open to them.
            readers = MEMBERS if seen_by == MEMBERS else STAFF | {"observer"}
            self.thing("document", f"of {name}", readers, document_id=document.id)
        lonely = factories.document(self.course)
        self.thing("document", "unassigned", STAFF | {"observer"}, document_id=lonely.id)
        failed = factories.document(self.course)
        failed.status = "failed"
        self.thing("document", "failed", STAFF | {"observer"}, document_id=failed.id)
        gone = factories.document(self.course)
        gone.deleted_at = now()
        self.thing("document", "removed", frozenset(), document_id=gone.id)
        self.thing("removed", "removed", assignment_id=self.rows["removed"].id)
        self.thing("removed", "not removed", frozenset(), assignment_id=self.rows["open"].id)
        self.ids["document"] = self.document.id

    def annotations(self) -> None:
        course, staff = f"course:{self.course.id}", f"staff:{self.course.id}"
        in_first, in_second = (f"group:{group.id}" for group in sorted(self.sets.groups, key=_by_name))
        observed = STAFF | {"observer"}
        nobody: frozenset[str] = frozenset()
        for name, where, creator, audience, seen_by in (
            ("Ana's", "open", "ana", course, MEMBERS),
            ("Ana's to staff", "open", "ana", staff, STAFF | {"ana"}),
            ("Ana's to herself", "open", "ana", "user", frozenset({"ana"})),
            ("Bob's to himself", "open", "bob", "user", frozenset({"bob"})),
            ("the teacher's", "open", "teacher", course, MEMBERS),
            ("the teacher's to herself", "open", "teacher", "user", frozenset({"teacher"})),
            ("Ana's, hidden", "open", "ana", staff, STAFF | {"ana"}),
            ("Ana's, deleted", "open", "ana", "nobody", nobody),
            ("Ana's in her group", "grouped", "ana", in_first, observed | {"ana", "bob"}),
            ("Cat's in the other group", "grouped", "cat", in_second, observed | {"cat"}),
            ("Ana's where it is closed", "closed", "ana", course, MEMBERS),
            ("the teacher's in a draft", "draft", "teacher", course, STAFF),
            ("Ana's in what opens later", "later", "ana", course, STAFF),
            ("Ana's in what was removed", "removed", "ana", course, nobody),
        ):
            row = self._annotation(where, creator, audience, hidden="hidden" in name)
            self.ids[f"annotation: {name}"] = row.id
            self.thing(
                "annotation",
                name,
                seen_by,
                annotation_id=row.id,
                is_closed=where == "closed",
                author=creator,
            )
        version = self._version("open")
        mark = Mark(
            assignment_id=self.rows["open"].id, version_id=version, account_id=self.accounts["ana"].id
        )
        self.ids["mark"] = add(mark).id

    def _version(self, where: str) -> str:
        found = factories.session.query(DocumentVersion).filter_by(document_id=self.rows[where].document_id)
        return str(found.one().id)

    def _annotation(
        self, where: str, creator: str | None, audience: str, *, hidden: bool, author: str = ""
    ) -> Annotation:
        author = self.accounts[creator].id if creator else author
        row = Annotation(
            assignment_id=self.rows[where].id,
            version_id=self._version(where),
            creator_id=author,
            motivation="commenting",
            body="Why does it bend?",
            body_html="<p>Why does it bend?</p>",
            selectors=[QUOTE],
            audience=f"user:{author}" if audience == "user" else audience,
            home_audience=f"course:{self.course.id}" if hidden else None,
            hidden_at=now() if hidden else None,
        )
        return add(row)  # type: ignore[no-any-return]  # the factories return what was added

    def questions(self) -> None:
        known = {"draft": STAFF, "removed": frozenset[str]()}
        for where in ("open", "closed", "draft", "removed"):
            row = self._question(where)
            self.ids[f"question in {where}"] = row.id
            is_closed = where == "closed"
            self.thing("question", where, known.get(where, MEMBERS), question_id=row.id, is_closed=is_closed)
        gone = self._question("open")
        gone.deleted_at = now()
        self.thing("question", "deleted", frozenset(), question_id=gone.id)

    def calibration(self) -> None:
        """Something to rate blind, a comparison to decide on and an appeal; under another course they are nobody's."""
        course = self.course.id
        words = {"annotation_id": self.ids["annotation: Ana's"], "body_hash": "x" * 64}
        made = {
            "calibrated": ("item_id", CalibrationItem(course_id=course, **words)),
            "comparison": ("comparison_id", Comparison(course_id=course, state="ready")),
        }
        for kind, (key, row) in made.items():
            self.thing(kind, "of the course", course_id=course, **{key: add(row).id})
            foreign = self.ids["other_course"]
            self.thing(kind, "under another course", frozenset(), course_id=foreign, **{key: row.id})
        appeal = add(Appeal(course_id=course, sentence="I said why.", **words))
        self.thing("appeal", "Ana's", MEMBERS, appeal_id=appeal.id)

    def _question(self, where: str) -> Question:
        row = Question(
            assignment_id=self.rows[where].id,
            version_id=self._version(where),
            kind="short_text",
            stem="Why?",
            key={"model_answer": "Because its speed changes.", "explanation": ""},
            selectors=[QUOTE],
        )
        return add(row)  # type: ignore[no-any-return]  # the factories return what was added

    def topics(self) -> None:
        """Topics of reports: whoever sees the assignment may know of them, staff and observers read them."""
        known = {"draft": STAFF, "removed": frozenset[str]()}
        for where in ("open", "closed", "draft", "removed"):
            key, shut = add(Topic(assignment_id=self.rows[where].id)).id, where == "closed"
            self.thing("topic", where, known.get(where, MEMBERS), topic_id=key, is_closed=shut)

    def plans(self) -> None:
        """A lesson with an open vote for each assignment that has a class, and a template."""
        known = {"draft": STAFF, "later": STAFF, "removed": frozenset[str]()}
        ana, bob = (self.accounts[name].id for name in ("ana", "bob"))
        for number, where in enumerate(("open", "closed", "draft", "later", "removed")):
            plan = self._plan(where, f"VOTE{number}")
            poll = Poll(plan_id=plan.id, step_id="s1", moment="before", stem="Why?", options=OPTIONS)
            seen_by = known.get(where, MEMBERS)
            staff = frozenset(seen_by & STAFF)
            more = {"step_id": "s1", "account_id": ana, "other_id": bob}
            self.thing("plan", where, staff, plan_id=plan.id)
            self.thing("lesson", where, staff, plan_id=plan.id, **more)
            self.thing("vote", where, seen_by - {"observer"}, code=plan.code)
            self.thing("poll", where, seen_by - {"observer"}, poll_id=add(poll).id)
            self.ids[f"poll in {where}"] = poll.id
        template = self._plan(None, "VOTET")
        self.thing("plan", "a template", STAFF, plan_id=template.id)
        self.thing("lesson", "a template", frozenset(), plan_id=template.id, **more)

    def _plan(self, where: str | None, code: str) -> Plan:
        row = Plan(
            course_id=self.course.id,
            assignment_id=self.rows[where].id if where else None,
            title="Wednesday",
            minutes=45,
            room="tables",
            steps=[STEP],
            code=code,
        )
        return add(row)  # type: ignore[no-any-return]  # the factories return what was added

    def world(self) -> World:
        tokens = {name: factories.token(account) for name, account in self.accounts.items()}
        tokens["bad_token"] = "no-such-token"
        accounts = {name: account.id for name, account in self.accounts.items()}
        return World(tokens, self.ids, self.things, self.course.join_code, accounts, self.foreign)


def _by_name(group: Group) -> str:
    return group.name


def _section(course: Course, name: str) -> Any:
    from app.courses.models import Section  # noqa: PLC0415  # beside its only use

    return Section(course_id=course.id, name=name)
