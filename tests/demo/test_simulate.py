"""A simulated course: populated by the verbs, rated and reported, the same for the same seed."""

from random import Random

from sqlalchemy import func, select

from app.annotations.models import Annotation
from app.core.db import session
from app.core.web import Foreword
from app.demo.simulation.subjects import SUBJECTS
from app.demo.simulation.writing import Writer
from app.reports.models import Report
from app.scores.models import Score


def test_a_small_course_is_made_rated_and_reported(app: Foreword) -> None:
    result = app.test_cli_runner().invoke(
        args=["simulate", "--students", "5", "--documents", "1", "--seed", "3"]
    )
    assert result.exit_code == 0, result.output
    table = {words[0]: words[-1] for words in map(str.split, result.output.splitlines())}
    assert table["students"] == "5"
    with app.app_context():
        annotations = session.scalar(select(func.count()).select_from(Annotation))
        assert annotations == int(table["annotations"]) + int(table["replies"])
        assert session.scalar(select(func.count()).select_from(Score)) == annotations
        assert session.scalar(select(func.count()).where(Annotation.start.is_(None))) == 0
        assert session.scalars(select(Report)).one().result["method"]


def test_the_same_seed_writes_the_same_words() -> None:
    def words(seed: int) -> tuple[str, str, str]:
        writer = Writer(Random(seed), SUBJECTS[0])
        return writer.title(), writer.reading(), writer.remark(asks=True)

    assert words(7) == words(7)
    assert words(7) != words(8)
