"""A report by e-mail at a set time: a link, never what pupils wrote."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.models import Account
from app.assignments.models import Assignment
from app.core import mail
from app.core.db import session, upsert
from app.core.errors import Invalid
from app.core.ids import now
from app.core.policy import Action, Viewer, allows
from app.courses.queries import viewer_of

from ..models import Report, ReportMail


def want_mail(viewer: Viewer, assignment: Assignment, send_at: datetime) -> None:
    """Have the report of an assignment sent at this time; the last time named holds."""
    account = session.get_one(Account, viewer.account_id)
    if not account.email:
        raise Invalid(_("Add an e-mail address to your account first."), "no_email", "/send_at")
    if send_at <= now():
        raise Invalid(_("Choose a time that is still to come."), "past", "/send_at")
    new = {"send_at": send_at, "sent_at": None}
    session.execute(
        upsert(ReportMail)
        .values(assignment_id=assignment.id, account_id=account.id, **new)
        .on_conflict_do_update(index_elements=["assignment_id", "account_id"], set_=new)
    )


def send_mail(wanted: ReportMail) -> None:
    """Send what was wanted, to somebody who may still read it."""
    wanted.sent_at = now()
    assignment = session.get_one(Assignment, wanted.assignment_id)
    account = session.get_one(Account, wanted.account_id)
    if assignment.deleted_at or not account.email:
        return
    if not allows(viewer_of(account), Action.READ_REPORT, assignment):
        return
    report = session.get(Report, assignment.id)
    topics = len(report.result.get("topics", [])) if report else 0
    found = ngettext("%(num)s topic to look at.", "%(num)s topics to look at.", topics)
    link = mail.public_url(f"/assignments/{assignment.id}/report")
    mail.send(
        account.email,
        _("Your report is ready: %(title)s", title=assignment.title),
        f"{found}\n\n{link}\n",
    )
