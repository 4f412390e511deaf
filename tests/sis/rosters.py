"""Rosters for tests: a small school as OneRoster files, of our own making."""

import csv
import io
import zipfile

PEOPLE = ("sourcedId", "status", "dateLastModified", "enabledUser", "orgSourcedIds", "role", "username")
PEOPLE += ("userIds", "givenName", "familyName", "middleName", "identifier", "email", "sms", "phone")
PEOPLE += ("agentSourcedIds", "grades", "password")
CLASSES = ("sourcedId", "status", "dateLastModified", "title", "grades", "courseSourcedId", "classCode")
CLASSES += (
    "classType",
    "location",
    "schoolSourcedId",
    "termSourcedIds",
    "subjects",
    "subjectCodes",
    "periods",
)
ENROLLMENTS = (
    "sourcedId",
    "status",
    "dateLastModified",
    "classSourcedId",
    "schoolSourcedId",
    "userSourcedId",
)
ENROLLMENTS += ("role", "primary", "beginDate", "endDate")
SESSIONS = ("sourcedId", "status", "dateLastModified", "title", "type", "startDate", "endDate")
SESSIONS += ("parentSourcedId", "schoolYear")
COURSES = ("sourcedId", "status", "dateLastModified", "schoolYearSourcedId", "title", "courseCode", "grades")
COURSES += ("orgSourcedId", "subjects", "subjectCodes")
ORGS = ("sourcedId", "status", "dateLastModified", "name", "type", "identifier", "parentSourcedId")
ROLES = ("sourcedId", "status", "dateLastModified", "userSourcedId", "roleType", "role", "orgSourcedId")
COLUMNS = {
    "orgs": ORGS,
    "academicSessions": SESSIONS,
    "courses": COURSES,
    "users": PEOPLE,
    "roles": ROLES,
    "classes": CLASSES,
    "enrollments": ENROLLMENTS,
}


def person(key, given, family, role="student", **more):
    return {"sourcedId": key, "enabledUser": "true", "orgSourcedIds": "o1", "role": role, "givenName": given,
            "familyName": family, "username": key, **more}  # fmt: skip


def group(key, title, **more):
    return {"sourcedId": key, "title": title, "courseSourcedId": "k1", "classType": "scheduled",
            "schoolSourcedId": "o1", "termSourcedIds": "t1", **more}  # fmt: skip


def enrolled(key, class_id, person_id, role="student", **more):
    return {"sourcedId": key, "classSourcedId": class_id, "schoolSourcedId": "o1", "userSourcedId": person_id,
            "role": role, **more}  # fmt: skip


def school(**changes):
    """Two pupils and a teacher in one class; a parent whom a roster names, too."""
    return {
        "orgs": [{"sourcedId": "o1", "name": "Hill School", "type": "school"}],
        "academicSessions": [
            {"sourcedId": "t1", "title": "This year", "type": "term", "endDate": "2090-07-01"},
            {"sourcedId": "t0", "title": "Long ago", "type": "term", "endDate": "2002-07-01"},
        ],
        "courses": [{"sourcedId": "k1", "title": "Physics", "orgSourcedId": "o1"}],
        "users": [
            person("u1", "Mia", "Rossi", email="mia@school.example"),
            person("u2", "Noah", "Köhler"),
            person("u3", "Ines", "Berg", "teacher", email="berg@school.example"),
            person("u4", "Paul", "Rossi", "parent"),
        ],
        "classes": [group("c1", "Physics 8B")],
        "enrollments": [
            enrolled("e1", "c1", "u1"), enrolled("e2", "c1", "u2"), enrolled("e3", "c1", "u3", "teacher"),
        ],
    } | changes  # fmt: skip


def zipped(files, *, version="1.1", mode="bulk", modes=None, more=None, bom=False):
    """The files as a OneRoster ZIP."""
    told = {kind: (modes or {}).get(kind, mode) for kind in files}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        manifest = [("propertyName", "value"), ("manifest.version", "1.0"), ("oneroster.version", version)]
        manifest += [(f"file.{kind}", told.get(kind, "absent")) for kind in COLUMNS]
        made.writestr("manifest.csv", written(manifest))
        for kind, rows in files.items():
            columns = [
                one for one in COLUMNS[kind] if not (version == "1.2" and kind == "users" and one == "role")
            ]
            lines = [columns, *([str(row.get(one, "")) for one in columns] for row in rows)]
            made.writestr(f"{kind}.csv", ("\ufeff" if bom else "") + written(lines))
        for name, text in (more or {}).items():
            made.writestr(name, text)
    return out.getvalue()


def written(rows):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()
