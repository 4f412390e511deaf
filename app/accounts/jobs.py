"""What accounts do later, in the worker."""

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import delete, or_

from app.core import mail
from app.core.db import session
from app.core.ids import now
from app.core.jobs import job, sweep

from . import queries
from .models import OneTimeCode, SignIn
from .operations import setting_passwords


@job(
    retries=8, retry_delay=60
)  # a mail server that restarts is back within minutes; the link lives for hours
def mail_password_link(account_id: str) -> None:
    """Mail a person a link to set a password. In a job, so that answering takes as long for a stranger."""
    account = queries.account_or_404(account_id)
    if account.email is None or account.suspended_at is not None:
        return
    link = mail.public_url(f"/reset-password/{setting_passwords.new_link(account)}")
    with force_locale(account.locale or account.school.locale):
        mail.send(account.email, _("A new password for Foreword"), _letter(account.name, link))


def _letter(name: str, link: str) -> str:
    return _(
        "Hello %(name)s,\n\nsomebody, most likely you, asked for a new password. "
        "Open this link within two hours and choose one:\n\n%(link)s\n\n"
        "If it was not you, ignore this mail; nothing has changed.\n",
        name=name,
        link=link,
    )


@sweep(seconds=6 * 3600)
def forget_ended() -> None:
    """Sign-ins and codes that can never be used again are forgotten."""
    session.execute(delete(SignIn).where(or_(SignIn.ended_at.is_not(None), SignIn.expires_at < now())))
    session.execute(
        delete(OneTimeCode).where(or_(OneTimeCode.used_at.is_not(None), OneTimeCode.expires_at < now()))
    )
