"""Everything about one person: written out, or erased. Driven by the registry of personal columns."""

from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Select, delete, select, update

from app.accounts.models import Account
from app.annotations.models import Annotation
from app.annotations.operations.edit import delete_annotation
from app.core import audit, personal
from app.core.db import Model, session
from app.core.ids import now
from app.core.policy import Viewer

FORMAT = "foreword-person/1"


def export_person(account: Account) -> dict[str, Any]:
    """All rows about a person, by table; without what would let somebody in, and without other people's."""
    tables: dict[str, list[dict[str, Any]]] = {}
    for name, entry in personal.REGISTRY.items():
        if entry.owner is None or name in personal.NOT_EXPORTED:
            continue
        table = Model.metadata.tables[name]
        shown = [column for column in table.columns if column.name not in entry.hashed.split()]
        rows = session.execute(select(*shown).where(personal.rows_of(table, entry, account.id)))
        tables[name] = [{key: _plain(value) for key, value in row.items()} for row in rows.mappings()]
    merged = [export_person(one) for one in session.scalars(merged_into(account)).all()]
    found = {"format": FORMAT, "made_at": now().isoformat(), "account_id": account.id, "tables": tables}
    return found | ({"merged": merged} if merged else {})


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.decode(errors="replace") if isinstance(value, bytes) else value


def erase_person(account: Account, by: str | None = None) -> None:
    """Forget a person: what they wrote says “removed”, the rest goes as the registry says.

    ``by`` is the admin who did it; None for the command line and for a restored backup.
    """
    viewer = Viewer(account_id=account.id, school_id=account.school_id)
    written = select(Annotation).where(Annotation.creator_id == account.id, Annotation.deleted_at.is_(None))
    for annotation in list(session.scalars(written.order_by(Annotation.id.desc()))):
        delete_annotation(viewer, annotation)
    session.flush()
    for table in reversed(Model.metadata.sorted_tables):
        _erase_rows(table.name, account.id)
    session.expire_all()
    audit.record("account.erased", school_id=account.school_id, actor_id=by, object_id=account.id)
    for merged in session.scalars(merged_into(account)).all():
        erase_person(merged, by)


def merged_into(account: Account) -> Select[Account]:
    """The accounts that were merged into this one: they are the same person."""
    return select(Account).where(Account.merged_into_id == account.id, Account.erased_at.is_(None))


def _erase_rows(name: str, account_id: str) -> None:
    table, entry = Model.metadata.tables[name], personal.REGISTRY[name]
    if entry.owner is None or entry.erasing == "keep":
        return
    theirs = personal.rows_of(table, entry, account_id)
    if entry.erasing == "delete":
        session.execute(delete(table).where(theirs))
    else:
        session.execute(update(table).where(theirs).values(**personal.emptied_values(entry)))


def note_erasure(ledger: Path, account_id: str) -> None:
    """Write down who was erased, outside of the database: a restored backup knows nothing of it."""
    with ledger.open("a", encoding="utf-8") as file:
        file.write(f"{account_id} {now().isoformat()}\n")


def erase_again(ledger: Path) -> int:
    """After a restore, erase whoever had been erased since the backup; returns how many."""
    if not ledger.exists():
        return 0
    ids = [line.split()[0] for line in ledger.read_text(encoding="utf-8").splitlines() if line.strip()]
    back = select(Account).where(Account.id.in_(ids), Account.erased_at.is_(None)).order_by(Account.id)
    returned = list(session.scalars(back))
    for account in returned:
        erase_person(account)
    return len(returned)
