"""What each kind of person gets from each route. Written from the product, not from `app.core.policy`.

Columns of ``IN_COURSE``: what the teacher, the assistant, an observer, the student whose thing it is,
another student, a student whose posting is paused get when they may know of the thing; and what becomes
of the students' columns once the assignment is closed (``=``: nothing changes).

``ok`` it is done (2xx or 3xx, or 409 where the state stands against it); ``no`` 403; ``-`` 404.
Everybody else in the world gets 404, and who is not signed in gets 401.
"""

from dataclasses import dataclass

OK, REFUSED, HIDDEN, STRANGER = "ok", 403, 404, 401
_CODES = {"ok": OK, "no": REFUSED, "-": HIDDEN}

# method and path, the kind of thing, then the columns
IN_COURSE = """
GET    /courses/<course_id>                                             course      ok ok ok ok ok ok =
GET    /courses/<course_id>/people                                      course      ok ok ok ok ok ok =
GET    /courses/<course_id>/library                                     course      ok ok ok no no no =
POST   /courses/<course_id>/library                                     course      ok ok no no no no =
GET    /courses/<course_id>/library/rows                                course      ok ok ok no no no =
GET    /courses/<course_id>/settings                                    course      ok no no no no no =
POST   /courses/<course_id>/settings                                    course      ok no no no no no =
POST   /courses/<course_id>/delete                                      course      ok no no no no no =
GET    /courses/<course_id>/assignments/new                             course      ok ok no no no no =
POST   /courses/<course_id>/assignments/new                             course      ok ok no no no no =
POST   /courses/<course_id>/groups                                      course      ok no no no no no =
GET    /courses/<course_id>/join-code                                   course      ok no no no no no =
POST   /courses/<course_id>/join-code/open                              course      ok no no no no no =
POST   /courses/<course_id>/join-code/renew                             course      ok no no no no no =
POST   /courses/<course_id>/people/by-email                             course      ok no no no no no =
POST   /courses/<course_id>/people/class-list                           course      ok no no no no no =
POST   /courses/<course_id>/people/slips                                course      ok no no no no no =
POST   /courses/<course_id>/sections                                    course      ok no no no no no =
GET    /courses/<course_id>/groups/<group_set_id>                       group_set   ok no no no no no =
POST   /courses/<course_id>/groups/<group_set_id>                       group_set   ok no no no no no =
POST   /courses/<course_id>/groups/<group_set_id>/remove                group_set   ok no no no no no =
POST   /courses/<course_id>/sections/<section_id>/remove                section     ok no no no no no =
POST   /courses/<course_id>/sections/<section_id>/rename                section     ok no no no no no =
POST   /courses/<course_id>/people/<enrollment_id>/pause                enrollment  ok ok no no no no =
POST   /courses/<course_id>/people/<enrollment_id>/put-back             enrollment  ok no no no no no =
POST   /courses/<course_id>/people/<enrollment_id>/role                 enrollment  ok no no no no no =
POST   /courses/<course_id>/people/<enrollment_id>/section              enrollment  ok no no no no no =
POST   /courses/<course_id>/people/<enrollment_id>/slip                 enrollment  ok no no no no no =
POST   /courses/<course_id>/people/<enrollment_id>/take-off             enrollment  ok no no no no no =
GET    /documents/<document_id>                                         document    ok ok ok - - - =
POST   /documents/<document_id>/remove                                  document    ok ok no - - - =
POST   /documents/<document_id>/rename                                  document    ok ok no - - - =
POST   /documents/<document_id>/retry                                   document    ok ok no - - - =
POST   /documents/<document_id>/stop                                    document    ok ok no - - - =
POST   /documents/<document_id>/versions                                document    ok ok no - - - =
GET    /assignments/<assignment_id>                                     assignment  ok ok ok ok ok ok =
POST   /assignments/<assignment_id>/copy                                assignment  ok ok no no no no =
GET    /assignments/<assignment_id>/edit                                assignment  ok ok no no no no =
POST   /assignments/<assignment_id>/edit                                assignment  ok ok no no no no =
POST   /assignments/<assignment_id>/remove                              assignment  ok ok no no no no =
GET    /assignments/<assignment_id>/recorded                            assignment  ok ok ok ok ok ok =
POST   /assignments/<assignment_id>/restore                             removed     ok ok - - - - =
GET    /assignments/<assignment_id>/report                              assignment  ok ok ok no no no =
POST   /assignments/<assignment_id>/report/topics                       assignment  ok ok no no no no =
GET    /assignments/<assignment_id>/report/unanswered                   assignment  ok ok ok no no no =
GET    /api/v1/courses/<course_id>                                      course      ok ok ok ok ok ok =
PATCH  /api/v1/courses/<course_id>                                      course      ok no no no no no =
DELETE /api/v1/courses/<course_id>                                      course      ok no no no no no =
GET    /api/v1/courses/<course_id>/assignments                          course      ok ok ok ok ok ok =
POST   /api/v1/courses/<course_id>/assignments                          course      ok ok no no no no =
GET    /api/v1/courses/<course_id>/documents                            course      ok ok ok no no no =
POST   /api/v1/courses/<course_id>/documents                            course      ok ok no no no no =
GET    /api/v1/courses/<course_id>/enrollments                          course      ok ok ok ok ok ok =
POST   /api/v1/courses/<course_id>/enrollments                          course      ok no no no no no =
GET    /api/v1/courses/<course_id>/group-sets                           course      ok ok ok ok ok ok =
POST   /api/v1/courses/<course_id>/group-sets                           course      ok no no no no no =
POST   /api/v1/courses/<course_id>/join-code                            course      ok no no no no no =
GET    /api/v1/courses/<course_id>/sections                             course      ok ok ok ok ok ok =
POST   /api/v1/courses/<course_id>/sections                             course      ok no no no no no =
PATCH  /api/v1/courses/<course_id>/enrollments/<enrollment_id>          enrollment  ok no no no no no =
DELETE /api/v1/courses/<course_id>/enrollments/<enrollment_id>          enrollment  ok no no no no no =
POST   /api/v1/courses/<course_id>/enrollments/<enrollment_id>/slip     enrollment  ok no no no no no =
GET    /api/v1/courses/<course_id>/group-sets/<group_set_id>            group_set   ok ok ok ok ok ok =
PATCH  /api/v1/courses/<course_id>/group-sets/<group_set_id>            group_set   ok no no no no no =
DELETE /api/v1/courses/<course_id>/group-sets/<group_set_id>            group_set   ok no no no no no =
PUT    /api/v1/courses/<course_id>/groups/<group_id>/members            group       ok no no no no no =
PATCH  /api/v1/courses/<course_id>/sections/<section_id>                section     ok no no no no no =
DELETE /api/v1/courses/<course_id>/sections/<section_id>                section     ok no no no no no =
GET    /api/v1/documents/<document_id>                                  document    ok ok ok ok ok ok =
GET    /api/v1/documents/<document_id>/content                          document    ok ok ok ok ok ok =
PATCH  /api/v1/documents/<document_id>                                  document    ok ok no - - - =
DELETE /api/v1/documents/<document_id>                                  document    ok ok no - - - =
POST   /api/v1/documents/<document_id>/retry                            document    ok ok no - - - =
POST   /api/v1/documents/<document_id>/stop                             document    ok ok no - - - =
POST   /api/v1/documents/<document_id>/versions                         document    ok ok no - - - =
GET    /api/v1/assignments/<assignment_id>                              assignment  ok ok ok ok ok ok =
PATCH  /api/v1/assignments/<assignment_id>                              assignment  ok ok no no no no =
DELETE /api/v1/assignments/<assignment_id>                              assignment  ok ok no no no no =
POST   /api/v1/assignments/<assignment_id>/copy                         assignment  ok ok no no no no =
POST   /api/v1/assignments/<assignment_id>/remind                       assignment  ok ok no no no no =
POST   /api/v1/assignments/<assignment_id>/activity                     assignment  ok ok no ok ok ok =
GET    /api/v1/assignments/<assignment_id>/activity                     assignment  ok ok ok no no no =
GET    /api/v1/assignments/<assignment_id>/activity/mine                assignment  ok ok ok ok ok ok =
GET    /api/v1/assignments/<assignment_id>/annotations                  assignment  ok ok ok ok ok ok =
POST   /api/v1/assignments/<assignment_id>/annotations                  assignment  ok ok no ok ok no no
GET    /api/v1/assignments/<assignment_id>/answers/mine                 assignment  ok ok no ok ok ok =
GET    /api/v1/assignments/<assignment_id>/authors                      assignment  ok ok no no no no =
GET    /api/v1/assignments/<assignment_id>/changes                      assignment  ok ok ok ok ok ok =
GET    /api/v1/assignments/<assignment_id>/confusion-report             assignment  ok ok ok no no no =
POST   /api/v1/assignments/<assignment_id>/confusion-report/topics      assignment  ok ok no no no no =
GET    /api/v1/assignments/<assignment_id>/draft                        assignment  ok ok no ok ok ok =
PUT    /api/v1/assignments/<assignment_id>/draft                        assignment  ok ok no ok ok ok =
DELETE /api/v1/assignments/<assignment_id>/draft                        assignment  ok ok no ok ok ok =
GET    /api/v1/assignments/<assignment_id>/flags                        assignment  ok ok no no no no =
GET    /api/v1/assignments/<assignment_id>/marks                        assignment  ok ok ok ok ok ok =
PUT    /api/v1/assignments/<assignment_id>/marks/<mark_id>              assignment  ok ok no ok ok ok =
DELETE /api/v1/assignments/<assignment_id>/marks/<mark_id>              assignment  ok ok no ok ok ok =
GET    /api/v1/assignments/<assignment_id>/mine                         assignment  ok ok ok ok ok ok =
GET    /api/v1/assignments/<assignment_id>/questions                    assignment  ok ok ok ok ok ok =
POST   /api/v1/assignments/<assignment_id>/questions                    assignment  ok ok no no no no =
GET    /api/v1/assignments/<assignment_id>/roster                       assignment  ok ok ok ok ok ok =
GET    /api/v1/assignments/<assignment_id>/scores                       assignment  ok ok no ok ok ok =
PUT    /api/v1/assignments/<assignment_id>/seen                         assignment  ok ok ok ok ok ok =
GET    /api/v1/annotations/<annotation_id>                              annotation  ok ok ok ok ok ok =
PATCH  /api/v1/annotations/<annotation_id>                              annotation  ok ok no ok no no =
DELETE /api/v1/annotations/<annotation_id>                              annotation  ok ok no ok no no =
PUT    /api/v1/annotations/<annotation_id>/endorsements/<any(helpful, me_too):kind>     annotation  ok ok no ok ok no no
DELETE /api/v1/annotations/<annotation_id>/endorsements/<any(helpful, me_too):kind>     annotation  ok ok no ok ok no no
POST   /api/v1/annotations/<annotation_id>/flags                        annotation  ok ok no ok ok ok =
DELETE /api/v1/annotations/<annotation_id>/flags                        annotation  ok ok no no no no =
PUT    /api/v1/annotations/<annotation_id>/hidden                       annotation  ok ok no no no no =
PUT    /api/v1/annotations/<annotation_id>/paused                       annotation  ok ok no no no no =
PATCH  /api/v1/annotations/<annotation_id>/score                        annotation  ok ok no no no no =
PATCH  /api/v1/questions/<question_id>                                  question    ok ok no no no no =
DELETE /api/v1/questions/<question_id>                                  question    ok ok no no no no =
POST   /api/v1/questions/<question_id>/answers                          question    no no no ok ok ok no
GET    /api/v1/questions/<question_id>/answers                          question    ok ok no no no no =
PUT    /api/v1/questions/<question_id>/answers/mine                     question    no no no ok ok ok no
"""

# For everybody, signed in or not.
PUBLIC = """
GET    /
GET    /healthz
GET    /readyz
GET    /metrics
GET    /help
GET    /styleguide
GET    /sign-in
POST   /sign-in
GET    /register
POST   /register
GET    /forgot-password
POST   /forgot-password
GET    /choose-password
POST   /choose-password
GET    /join
GET    /static/<path:filename>
GET    /api/v1/openapi.json
GET    /api/v1/docs
GET    /docs/oauth2-redirect
"""

# A secret in the address is the right: without the right one there is nothing, for nobody.
BY_SECRET = """
GET    /content/<token>
GET    /demo/<token>
POST   /demo/<token>
GET    /reset-password/<token>
POST   /reset-password/<token>
"""

# The join code of a course: for its school.
BY_CODE = """
GET    /join/<code>
"""

# For everybody who is signed in, about themselves.
SIGNED_IN = """
GET    /account
POST   /account
POST   /account/password
POST   /account/sessions/end-others
POST   /sign-out
POST   /join/<code>
GET    /api/v1/me
PATCH  /api/v1/me
GET    /api/v1/me/inbox
POST   /api/v1/me/inbox/read
GET    /api/v1/me/sessions
DELETE /api/v1/me/sessions
GET    /api/v1/courses
POST   /api/v1/courses/join
POST   /api/v1/preview
"""

# A thing that only its person knows of.
OWN = """
POST   /account/sessions/<sign_in_id>/end
DELETE /api/v1/me/sessions/<sign_in_id>
"""

# For whom an admin gave the right to create courses, and for admins.
COURSE_MAKERS = """
GET    /courses/new
POST   /courses/new
POST   /api/v1/courses
"""

# For the admins of a school: of their own school.
ADMINS = """
GET    /admin
POST   /admin/school
"""
ADMINS_OF_PERSON = """
POST   /admin/people/<account_id>/admin
POST   /admin/people/<account_id>/creates-courses
POST   /admin/people/<account_id>/slip
POST   /admin/people/<account_id>/suspended
"""

STAFF_LIKE = ("teacher", "assistant", "observer")
COLUMNS = (*STAFF_LIKE, "author", "student", "paused")


@dataclass(frozen=True)
class Row:
    """One route of a course: the kind of thing, each column's code, and what closing changes."""

    kind: str
    codes: dict[str, object]
    closed: object | None

    def code(self, column: str, *, is_closed: bool) -> object:
        """What somebody of this column gets who may know of the thing."""
        if is_closed and self.closed is not None and column not in STAFF_LIKE:
            return self.closed
        return self.codes[column]


def course_rows() -> dict[str, Row]:
    """“METHOD path” to its row."""
    rows = {}
    for line in filter(None, IN_COURSE.splitlines()):
        words = line.replace(", ", ",").split()
        *columns, closed = words[3:]
        codes = {column: _CODES[word] for column, word in zip(COLUMNS, columns, strict=True)}
        rows[f"{words[0]} {words[1]}"] = Row(words[2], codes, None if closed == "=" else _CODES[closed])
    return rows


def routes_of(table: str) -> set[str]:
    """The “METHOD path” of each line of one of the short tables."""
    return {" ".join(line.split()) for line in table.splitlines() if line}
