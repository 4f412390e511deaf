"""A POST that is sent twice happens once: its answer is kept with its key, in the same transaction."""

import hashlib
from datetime import datetime, timedelta

from flask import Request, Response, g, request
from flask_babel import gettext as _
from sqlalchemy import Index, LargeBinary, String, bindparam, delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from .db import Model, ask, primary_id, session, table_of
from .errors import Invalid
from .ids import now
from .jobs import sweep

KEPT = timedelta(days=30)
MAX_KEY = 200


class KeptAnswer(Model):
    """The first answer to a request with an ``Idempotency-Key``."""

    __tablename__ = "kept_answer"
    __table_args__ = (Index("ix_kept_answer_key", "account_id", "key", unique=True),)

    id: Mapped[str] = primary_id()
    account_id: Mapped[str] = mapped_column(String(36))
    key: Mapped[str] = mapped_column(String(MAX_KEY))
    fingerprint: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)


# Asked by every post, so built once.
_ANSWERS = table_of(KeptAnswer)
_KEPT = select(_ANSWERS.c.fingerprint, _ANSWERS.c.status, _ANSWERS.c.body).where(
    _ANSWERS.c.account_id == bindparam("account_id"), _ANSWERS.c.key == bindparam("key")
)
_KEEP = insert(_ANSWERS)


class Replayed(Exception):
    """This request was answered before; ``response`` is that answer."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


class Raced(Exception):
    """The same key was answered while we worked: undo, and give that answer."""


def replay() -> None:
    """Raise the kept answer of this request, if there is one. Permission was checked just before."""
    key = _key()
    if key is None:
        return
    kept = ask(_KEPT, {"account_id": g.viewer.account_id, "key": key}).first()
    if kept is None:
        return
    if kept.fingerprint != _fingerprint(request):
        raise Invalid(_("This Idempotency-Key was used for another request."), "key_reused")
    raise Replayed(Response(kept.body, kept.status, mimetype="application/json"))


def keep(response: Response) -> None:
    """Store the answer beside what the request changed; refusals are not kept."""
    key = _key()
    if key is None or response.status_code >= 400 or not response.is_json:
        return
    row = {
        "account_id": g.viewer.account_id,
        "key": key,
        "fingerprint": _fingerprint(request),
        "status": response.status_code,
        "body": response.get_data(),
    }
    try:
        ask(_KEEP, row)
    except IntegrityError as error:
        raise Raced from error


def _key() -> str | None:
    key = request.headers.get("Idempotency-Key")
    if request.method != "POST" or not key or not g.viewer.is_known:
        return None
    if len(key) > MAX_KEY or not key.isprintable():
        raise Invalid(_("An Idempotency-Key has at most %(n)s printable characters.", n=MAX_KEY), "bad_key")
    return key


def _fingerprint(req: Request) -> str:
    """Method, path and body; of an upload its form and its files' names, not their bytes."""
    digest = hashlib.sha256(f"{req.method} {req.full_path}\n".encode())
    if req.mimetype == "multipart/form-data":
        parts = [*req.form.items(multi=True), *((k, f.filename) for k, f in req.files.items(multi=True))]
        digest.update(repr((parts, req.content_length)).encode())
    else:
        digest.update(req.get_data(cache=True))
    return digest.hexdigest()


@sweep(seconds=3600)
def forget_old_answers() -> None:
    """Answers older than 30 days are forgotten."""
    session.execute(delete(KeptAnswer).where(KeptAnswer.created_at < now() - KEPT))
