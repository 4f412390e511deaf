"""Who is in the course, as far as a report needs to know."""

from sqlalchemy import select

from app.core.db import session
from app.courses.models import Enrollment


def roles_of(course_id: str) -> dict[str, str]:
    """Everybody who is in the course now, with their role."""
    rows = session.execute(
        select(Enrollment.account_id, Enrollment.role).where(
            Enrollment.course_id == course_id, Enrollment.ended_at.is_(None)
        )
    )
    return {account_id: role for account_id, role in rows}
