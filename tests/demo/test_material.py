"""The words of the demo: every quote stands in its reading, and everybody named is in the course."""

import pytest

from annotators.text.extract import extract
from app.demo import material
from app.demo.material import Discussion, Task

TASKS = material.course().assignments
READINGS = [task for task in TASKS if task.file.endswith(".md")]


def names_in(said: Discussion) -> set[str]:
    names = {key for each in (*said.marks, *said.rereads) for key in each.by}
    names |= {key for question in said.questions for key in question.answers}
    for thread in said.threads:
        names |= {thread.by, *thread.helpful, *thread.me_too, *thread.flagged_by}
        for reply in thread.replies:
            names |= {reply.by, *reply.helpful, *reply.me_too}
    return names


@pytest.mark.parametrize("task", READINGS, ids=lambda task: task.file)
def test_every_quote_stands_in_its_text(task: Task) -> None:
    text = extract((material.FOLDER / task.file).read_bytes(), "markdown").text
    said = material.discussion(task)
    for each in (*said.questions, *said.marks, *said.rereads, *said.threads):
        assert each.quote in text


@pytest.mark.parametrize("task", READINGS, ids=lambda task: task.file)
def test_a_reading_is_short(task: Task) -> None:
    text = extract((material.FOLDER / task.file).read_bytes(), "markdown").text
    assert 900 <= len(text.split()) <= 1_600


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.file)
def test_everybody_named_is_in_the_course(task: Task) -> None:
    assert names_in(material.discussion(task)) <= set(material.course().people)


def test_groups_talk_among_themselves() -> None:
    course = material.course()
    tables = [set(keys) for keys in course.groups.values() if isinstance(keys, list)]
    staff = {key for key, person in course.people.items() if person.role != "student"}
    for thread in material.discussion(next(task for task in TASKS if task.groups)).threads:
        voices = {thread.by, *thread.helpful, *thread.me_too, *(reply.by for reply in thread.replies)} - staff
        assert any(voices <= table for table in tables) or thread.by in staff
