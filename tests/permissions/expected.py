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
GET    /courses/<course_id>/lms                                         course      ok ok no no no no =
GET    /courses/<course_id>/lms/cartridge                               course      ok ok no no no no =
POST   /courses/<course_id>/lms/roster                                  course      ok ok no no no no =
POST   /courses/<course_id>/lms/grades                                  course      ok ok no no no no =
POST   /lti/grades/<passback_id>                                        lti_grade   ok ok no no no no =
GET    /lti/reviews/<assignment_id>/<account_id>                        lti_review  ok ok - ok - - =
GET    /lti/pick/<picking_id>                                           lti_picking ok - - - - - =
POST   /lti/pick/<picking_id>                                           lti_picking ok - - - - - =
POST   /lti/pick/<picking_id>/add                                       lti_picking ok - - - - - =
GET    /lti/links/<link_id>                                             lti_link    ok ok no no no no =
POST   /lti/links/<link_id>                                             lti_link    ok ok no no no no =
POST   /lti/links/<link_id>/take-along                                  lti_link    ok ok no no no no =
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
GET    /courses/<course_id>/scores                                      course      ok ok no ok ok ok =
GET    /courses/<course_id>/scores.csv                                  course      ok ok no no no no =
GET    /courses/<course_id>/scores.xlsx                                 course      ok ok no no no no =
GET    /courses/<course_id>/scoring                                     course      ok no no no no no =
POST   /courses/<course_id>/scoring                                     course      ok no no no no no =
GET    /courses/<course_id>/fairness                                    course      ok ok no no no no =
POST   /courses/<course_id>/fairness                                    course      ok no no no no no =
GET    /courses/<course_id>/students/<account_id>                       pupil       ok ok no no no no =
POST   /annotations/<annotation_id>/score                               annotation  ok ok no no no no =
GET    /assignments/<assignment_id>/scores                              assignment  ok ok no ok ok ok =
POST   /assignments/<assignment_id>/scores/release                      assignment  ok ok no no no no =
POST   /assignments/<assignment_id>/scores/<account_id>                 score       ok ok no no no no =
GET    /assignments/<assignment_id>/scoring                             assignment  ok ok no no no no =
POST   /assignments/<assignment_id>/scoring                             assignment  ok ok no no no no =
GET    /assignments/<assignment_id>/plans                               assignment  ok ok no no no no =
POST   /assignments/<assignment_id>/plans                               assignment  ok ok no no no no =
POST   /assignments/<assignment_id>/plans/import                        assignment  ok ok no no no no =
POST   /assignments/<assignment_id>/topics/<topic_id>/reply             assignment  ok ok no no no no =
GET    /plans/<plan_id>                                                 plan        ok ok - - - - =
POST   /plans/<plan_id>/copy                                            plan        ok ok - - - - =
POST   /plans/<plan_id>/remove                                          plan        ok ok - - - - =
GET    /plans/<plan_id>/file                                            plan        ok ok - - - - =
GET    /plans/<plan_id>/print                                           plan        ok ok - - - - =
POST   /plans/<plan_id>/template                                        lesson      ok ok - - - - =
GET    /plans/<plan_id>/present                                         lesson      ok ok - - - - =
GET    /plans/<plan_id>/groups                                          lesson      ok ok - - - - =
POST   /plans/<plan_id>/groups                                          lesson      ok ok - - - - =
POST   /plans/<plan_id>/groups/move                                     lesson      ok ok - - - - =
POST   /plans/<plan_id>/absent                                          lesson      ok ok - - - - =
POST   /plans/<plan_id>/apart                                           lesson      ok ok - - - - =
POST   /plans/<plan_id>/group-set                                       lesson      ok no - - - - =
GET    /plans/<plan_id>/cards                                           lesson      ok ok - - - - =
GET    /plans/<plan_id>/after                                           lesson      ok ok - - - - =
POST   /plans/<plan_id>/after                                           lesson      ok ok - - - - =
POST   /plans/<plan_id>/recheck                                         lesson      ok ok - - - - =
GET    /vote/<code>                                                     vote        ok ok - ok ok ok =
POST   /vote/<code>                                                     vote        no no - ok ok ok =
GET    /assignments/<assignment_id>/report/table.csv                    assignment  ok ok ok no no no =
GET    /assignments/<assignment_id>/report/how                          assignment  ok ok ok no no no =
GET    /assignments/<assignment_id>/report/projector                    assignment  ok ok ok no no no =
POST   /assignments/<assignment_id>/report/mail                         assignment  ok ok no no no no =
GET    /assignments/<assignment_id>/my-questions                        assignment  ok ok ok ok ok ok =
POST   /topics/<topic_id>/outcome                                       topic       ok ok no no no no =
POST   /topics/<topic_id>/words                                         topic       ok ok no no no no =
POST   /annotations/<annotation_id>/quotation                           annotation  ok ok no no no no =
POST   /annotations/<annotation_id>/quotation/answer                    annotation  no no no ok no no =
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
PATCH  /api/v1/assignments/<assignment_id>/scores/<account_id>          score       ok ok no no no no =
GET    /api/v1/courses/<course_id>/gradebook                            course      ok ok no no no no =
GET    /api/v1/courses/<course_id>/scoring                              course      ok ok no no no no =
PUT    /api/v1/courses/<course_id>/scoring                              course      ok no no no no no =
POST   /api/v1/courses/<course_id>/scoring/preview                      course      ok no no no no no =
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
POST   /api/v1/annotations/<annotation_id>/appeals                      annotation  no no no ok no no =
GET    /api/v1/annotations/<annotation_id>/signs                        annotation  ok ok no ok no no =
PUT    /api/v1/annotations/<annotation_id>/signs                        annotation  ok ok no no no no =
GET    /courses/<course_id>/calibration                                 course      ok ok no no no no =
GET    /api/v1/courses/<course_id>/calibration                          course      ok ok no no no no =
POST   /api/v1/courses/<course_id>/calibration/items                    course      ok ok no no no no =
PUT    /api/v1/courses/<course_id>/calibration/items/<item_id>/rating   calibrated  ok ok no no no no =
POST   /api/v1/courses/<course_id>/calibration/comparisons              course      ok ok no no no no =
PUT    /api/v1/courses/<course_id>/calibration/comparisons/<comparison_id>/decision  comparison  ok no no no no no =
PUT    /api/v1/appeals/<appeal_id>                                      appeal      ok ok - - - - =
GET    /api/v1/assignments/<assignment_id>/activity-plans               assignment  ok ok no no no no =
POST   /api/v1/assignments/<assignment_id>/activity-plans               assignment  ok ok no no no no =
POST   /api/v1/assignments/<assignment_id>/activity-plans/import        assignment  ok ok no no no no =
POST   /api/v1/assignments/<assignment_id>/topics/<topic_id>/replies    assignment  ok ok no no no no =
GET    /api/v1/activity-plans/<plan_id>                                 plan        ok ok - - - - =
PATCH  /api/v1/activity-plans/<plan_id>                                 plan        ok ok - - - - =
DELETE /api/v1/activity-plans/<plan_id>                                 plan        ok ok - - - - =
POST   /api/v1/activity-plans/<plan_id>/copy                            plan        ok ok - - - - =
GET    /api/v1/activity-plans/<plan_id>/file                            plan        ok ok - - - - =
POST   /api/v1/activity-plans/<plan_id>/template                        lesson      ok ok - - - - =
PUT    /api/v1/activity-plans/<plan_id>/notes/<step_id>                 lesson      ok ok - - - - =
PUT    /api/v1/activity-plans/<plan_id>/groups                          lesson      ok ok - - - - =
PUT    /api/v1/activity-plans/<plan_id>/absent                          lesson      ok ok - - - - =
PUT    /api/v1/activity-plans/<plan_id>/apart                           lesson      ok ok - - - - =
DELETE /api/v1/activity-plans/<plan_id>/apart/<account_id>/<other_id>   lesson      ok ok - - - - =
POST   /api/v1/activity-plans/<plan_id>/group-set                       lesson      ok no - - - - =
GET    /api/v1/activity-plans/<plan_id>/polls                           lesson      ok ok - - - - =
POST   /api/v1/activity-plans/<plan_id>/polls                           lesson      ok ok - - - - =
POST   /api/v1/activity-plans/<plan_id>/recheck                         lesson      ok ok - - - - =
PATCH  /api/v1/polls/<poll_id>                                          poll        ok ok - - - - =
PUT    /api/v1/polls/<poll_id>/ballot                                   poll        no no - ok ok ok =
GET    /api/v1/votes/<code>                                             vote        ok ok - ok ok ok =
PATCH  /api/v1/questions/<question_id>                                  question    ok ok no no no no =
DELETE /api/v1/questions/<question_id>                                  question    ok ok no no no no =
POST   /api/v1/questions/<question_id>/answers                          question    no no no ok ok ok no
GET    /api/v1/questions/<question_id>/answers                          question    ok ok no no no no =
PUT    /api/v1/topics/<topic_id>/outcome                                topic       ok ok no no no no =
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
GET    /phone
POST   /phone
GET    /static/<path:filename>
GET    /api/v1/openapi.json
GET    /api/v1/docs
GET    /docs/oauth2-redirect
GET    /lti/config/canvas.json
GET    /lti/jwks
GET    /lti/launch
POST   /lti/launch
GET    /lti/login
POST   /lti/login
POST   /lti/1.1/launch
POST   /lti/notices
"""

# A secret in the address is the right: without the right one there is nothing, for nobody.
BY_SECRET = """
GET    /content/<token>
GET    /demo/<token>
POST   /demo/<token>
GET    /reset-password/<token>
POST   /reset-password/<token>
GET    /lti/register/<token>
GET    /enter/<code>
POST   /enter/<code>
GET    /phone/<code>
POST   /phone/<code>
"""

# The join code of a course: for its school.
BY_CODE = """
GET    /join/<code>
"""

# For everybody who is signed in, about themselves.
SIGNED_IN = """
GET    /vote
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
POST   /api/v1/me/entries
GET    /api/v1/me/sessions
DELETE /api/v1/me/sessions
GET    /api/v1/courses
POST   /api/v1/courses/join
POST   /api/v1/preview
"""

# What a parent or mentor sees of the own children: nobody of the cast is one.
BY_KINSHIP = """
GET    /lti/children/<course_id>
"""

# A thing that only its person knows of.
OWN = """
POST   /account/sessions/<sign_in_id>/end
DELETE /api/v1/me/sessions/<sign_in_id>
GET    /api/v1/me/entries/<entry_id>
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
GET    /admin/lti
POST   /admin/lti
GET    /admin/lti/new
POST   /admin/lti/invitations
POST   /admin/lti/1.1
"""
ADMINS_OF_PERSON = """
POST   /admin/people/<account_id>/admin
POST   /admin/people/<account_id>/creates-courses
POST   /admin/people/<account_id>/slip
POST   /admin/people/<account_id>/suspended
"""

ADMINS_OF_REGISTRATION = """
GET    /admin/lti/<registration_id>
POST   /admin/lti/<registration_id>
POST   /admin/lti/<registration_id>/state
POST   /admin/lti/<registration_id>/test
POST   /admin/lti/<registration_id>/invitations
POST   /admin/lti/<registration_id>/deployments/<deployment_id>
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
