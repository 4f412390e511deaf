"""“What is recorded about me”, as a page."""


def test_a_student_sees_what_is_recorded_and_only_their_own(cast):
    cast.ana.get(f"/assignments/{cast.assignment.id}")  # opening the reading page is recorded
    page = f"/assignments/{cast.assignment.id}/recorded"
    assert "First opened" in cast.ana.get(page).text
    assert "Nothing is recorded yet" in cast.bob.get(page).text
    assert cast.eve.get(page).status_code == 404


def test_nothing_is_recorded_once_it_is_switched_off(cast):
    assert cast.teacher.patch(f"/v1/courses/{cast.course.id}", json={"analytics": False}).status_code == 200
    cast.ana.get(f"/assignments/{cast.assignment.id}")
    assert "Nothing is recorded." in cast.ana.get(f"/assignments/{cast.assignment.id}/recorded").text
