"""Where a person goes back to in the LMS, later and without the session in which the launch happened."""

import re
from urllib.parse import parse_qs, urlsplit

_MOODLE = "/mod/lti/return.php"
_CANVAS = re.compile(r"(/courses/\d+)(/|$)")


def course_page(url: str) -> str:
    """The course's page for a return address of a launch.

    Moodle's holds a key of the session that launched, and works in that one only; Canvas's leads to a page that
    closes a window. Both name the course, so its own page is worked out. Others stay as they are.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    origin = f"{parts.scheme}://{parts.netloc}"
    if parts.path.endswith(_MOODLE):
        course = parse_qs(parts.query).get("course", [""])[0]
        site = origin + parts.path.removesuffix(_MOODLE)
        return f"{site}/course/view.php?id={course}" if course.isascii() and course.isdigit() else site
    if found := _CANVAS.match(parts.path):
        return origin + found[1]
    return url
