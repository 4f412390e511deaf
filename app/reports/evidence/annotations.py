"""What was written, as evidence. A report may read thousands of annotations, and of most nothing has changed since
the last one: so rows are read as plain columns, and the evidence that a row makes is remembered under the whole row.
Whatever differs in a row makes another one, so that nothing old can be taken for new.
"""

import json
import re
from collections import defaultdict
from functools import lru_cache
from typing import Any

from sqlalchemy import Text, cast, select

from app.accounts.models import Account
from app.annotations.models import Annotation, Endorsement
from app.core.db import session
from app.core.markdown import words
from app.core.policy import STAFF
from app.scores.models import Score
from app.scores.queries import body_hash, newest_facts
from scoring.evidence import Annotation as Said
from scoring.evidence import annotation_of

REMEMBERED = 20_000  # rows, of all reports that this process makes
_RATED = (Score.annotation_id, Score.body_hash, Score.confusion, Score.question)
_WRITTEN = (
    *(Annotation.id, Annotation.creator_id, Annotation.parent_id, Annotation.body),
    *(cast(Annotation.selectors, Text), Annotation.start, Annotation.end),
    *(Annotation.audience, Annotation.created_at, Annotation.resolved_at),
)


def annotations_of(assignment_id: str, roles: dict[str, str]) -> list[Said]:
    """Everything that stands in the assignment for others to read, the oldest first."""
    me_too = _me_too(assignment_id)
    called, ratings = _calls_by_name(roles), newest_facts(assignment_id, _RATED)
    praised = _endorsed_by_staff(assignment_id, roles)
    rows = session.execute(
        select(*_WRITTEN)
        .where(Annotation.assignment_id == assignment_id, Annotation.deleted_at.is_(None))
        .where(Annotation.hidden_at.is_(None), Annotation.body != "", Annotation.audience.not_like("user:%"))
        .order_by(Annotation.id)
    )
    found = []
    for row in rows:
        rating = ratings.get(row.id)
        said = _said(
            tuple(row),
            text=called.sub("", row.body) if "@" in row.body else row.body,
            role=roles.get(row.creator_id or "", "student"),
            me_too=me_too.get(row.id, ()),
            endorsed=row.id in praised,
            rating=tuple(rating) if rating else None,
        )
        found.append(said)
    return found


@lru_cache(maxsize=REMEMBERED)
def _said(
    row: tuple[Any, ...],
    *,
    text: str,
    role: str,
    me_too: tuple[str, ...],
    endorsed: bool,
    rating: tuple[Any, ...] | None,
) -> Said:
    """What a row of ``_WRITTEN`` says, beside what others made of it; ``rating`` is a row of ``_RATED``."""
    key, author, parent, body, selectors, start, end, audience, created, resolved = row
    quotes = (one["exact"] for one in json.loads(selectors) if one.get("type") == "TextQuoteSelector")
    line = {
        "id": key,
        "author": author or "",
        "text": words(text),
        "created": created.isoformat(),
        "role": role,
        "group": audience if audience.startswith("group:") else None,
        "quote": next(quotes, ""),
        "start": start,
        "end": end,
        "parent": parent,
        "me_too": list(me_too),
        "resolved": True if resolved else None,
        "endorsed": endorsed,
    }
    # What the rating said of these very words; what has none yet is judged with the report.
    if rating is not None and rating[1] == body_hash(body):
        line |= {"confusion": rating[2], "question": rating[3]}
    return annotation_of(line)


def _endorsed_by_staff(assignment_id: str, roles: dict[str, str]) -> set[str]:
    staff = [account_id for account_id, role in roles.items() if role in STAFF]
    rows = session.scalars(
        select(Endorsement.annotation_id)
        .join(Annotation, Annotation.id == Endorsement.annotation_id)
        .where(Annotation.assignment_id == assignment_id, Endorsement.kind == "helpful")
        .where(Endorsement.account_id.in_(staff))
    )
    return set(rows)


def _calls_by_name(roles: dict[str, str]) -> re.Pattern[str]:
    """What calls somebody of the course by name: a topic must not be named after a pupil."""
    names = session.scalars(select(Account.name).where(Account.id.in_(roles), Account.name != ""))
    # The longer first, so that “@Ana Pires” does not leave a surname behind where there is an “Ana” too.
    return re.compile(
        "|".join(rf"@{re.escape(name)}\b" for name in sorted(names, key=len, reverse=True)) or r"(?!)"
    )


def _me_too(assignment_id: str) -> dict[str, tuple[str, ...]]:
    rows = session.execute(
        select(Endorsement.annotation_id, Endorsement.account_id)
        .join(Annotation, Annotation.id == Endorsement.annotation_id)
        .where(Annotation.assignment_id == assignment_id, Endorsement.kind == "me_too")
        .order_by(Endorsement.annotation_id, Endorsement.account_id)
    )
    found: dict[str, list[str]] = defaultdict(list)
    for annotation_id, account_id in rows:
        found[annotation_id].append(account_id)
    return {key: tuple(people) for key, people in found.items()}
