"""Assignment and Grade Services 2.0: columns of a grade book, scores on their way, and what the answers mean."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from .names import LINE_ITEM, LINE_ITEM_READ, RESULT_READ, SCORE
from .quirks import Quirks

SCORE_TYPE = {"Content-Type": "application/vnd.ims.lis.v1.score+json"}
ITEM_TYPE = {"Content-Type": "application/vnd.ims.lis.v2.lineitem+json"}
ITEM_ACCEPT = {"Accept": "application/vnd.ims.lis.v2.lineitem+json"}
ITEMS_ACCEPT = {"Accept": "application/vnd.ims.lis.v2.lineitemcontainer+json"}
RESULTS_ACCEPT = {"Accept": "application/vnd.ims.lis.v2.resultcontainer+json"}
# Reading columns needs its own right beside that of making them (seen with Moodle).
SCOPES = (LINE_ITEM, LINE_ITEM_READ, RESULT_READ, SCORE)
SECOND = timedelta(seconds=1)
_CANVAS = "https://canvas.instructure.com/lti/submission"


@dataclass(frozen=True)
class Verdict:
    """What became of a request: ``sent``, ``superseded``, ``again`` (after ``wait_s``), ``token``, ``refused``."""

    outcome: str
    problem: str = ""
    wait_s: float = 0.0


def rounded(points: float, maximum: float) -> float:
    """Points as they are sent: finite, between zero and the maximum, at most two decimals."""
    if not math.isfinite(points) or not math.isfinite(maximum):
        raise ValueError("points must be a number")
    return min(max(round(points, 2), 0.0), maximum)


def timestamp(moment: datetime, last: datetime | None) -> datetime:
    """When a score was made, for the LMS: later than the last one by a second, since some count in seconds.

    It may lie ahead by a second at most; who sends faster waits (see ``too_soon``).
    """
    return moment if last is None else max(moment, last + SECOND)


def too_soon(moment: datetime, last: datetime | None) -> float:
    """Seconds to wait until a new timestamp would not lie in the future."""
    return 0.0 if last is None else max((last + SECOND - moment).total_seconds(), 0.0)


def score(
    subject: str, points: float, maximum: float, made_at: datetime, *, comment: str = "", quirks: Quirks
) -> bytes:
    """The body of a score. Always fully graded: other progress wipes the grade that is there (seen)."""
    said: dict[str, Any] = {
        "userId": subject,
        "scoreGiven": rounded(points, maximum),
        "scoreMaximum": maximum,
        "activityProgress": "Completed",
        "gradingProgress": "FullyGraded",
        "timestamp": made_at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }
    if comment:
        said["comment"] = comment
    if quirks.score_extension:
        said[_CANVAS] = {"new_submission": False, "preserve_score": True, "prioritize_non_tool_grade": True}
    return json.dumps(said).encode()


def below(line_item: str, name: str, **query: str) -> str:
    """``…/lineitem/1?type=2`` becomes ``…/lineitem/1/scores?type=2``: a column's address may carry a query."""
    parts = urlsplit(line_item)
    kept = [*parse_qsl(parts.query, keep_blank_values=True), *query.items()]
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/{name}", query=urlencode(kept)))


def with_query(url: str, **query: str) -> str:
    """The address with more in its query."""
    parts = urlsplit(url)
    kept = [*parse_qsl(parts.query, keep_blank_values=True), *query.items()]
    return urlunsplit(parts._replace(query=urlencode(kept)))


def line_item(
    label: str, maximum: float, resource_id: str, link_id: str = "", review_url: str = ""
) -> dict[str, Any]:
    """A column to be made. ``resource_id`` is the assignment's: it finds the column again after a copy."""
    said: dict[str, Any] = {
        "label": label,
        "scoreMaximum": maximum,
        "resourceId": resource_id,
        "tag": "foreword",
        "gradesReleased": True,
    }
    if link_id:
        said["resourceLinkId"] = link_id
    if review_url:
        said["submissionReview"] = {"reviewableStatus": ["Completed"], "label": "Foreword", "url": review_url}
    return said


def matching(items: object, resource_id: str, link_id: str) -> dict[str, Any] | None:
    """The column of a link among those that an LMS lists: by the link, else by our own id."""
    found = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    by_link = [item for item in found if link_id and item.get("resourceLinkId") == link_id]
    by_us = [
        item for item in found if item.get("resourceId") == resource_id and item.get("tag") == "foreword"
    ]
    return next(iter([*[item for item in by_link if item in by_us], *by_link, *by_us]), None)


def held(results: object, subject: str) -> float | None:
    """The share (0–1) that the LMS holds for somebody; None for none."""
    for each in results if isinstance(results, list) else []:
        if isinstance(each, dict) and each.get("userId") == subject:
            points, most = _number(each.get("resultScore")), _number(each.get("resultMaximum") or 1)
            if points is not None and most:
                return points / most
    return None


def _number(value: object) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return float(value) if is_number else None  # type: ignore[arg-type]  # a number, as was just asked


def verdict(status: int, headers: Mapping[str, str], attempts: int, now: datetime) -> Verdict:
    """What an answer to a score means, and when to try again if that helps."""
    if 200 <= status < 300:
        return Verdict("sent")
    if status == 409:
        return Verdict("superseded", "lms_has_newer")
    if status == 401:
        return Verdict("token", "lms_refuses_token")
    if status == 429 or status >= 500:
        problem = "lms_busy" if status in (429, 503) else "lms_broken"
        return Verdict("again", problem, wait(attempts, headers.get("retry-after", ""), now))
    known = {400: "lms_refuses_score", 403: "lms_forbids", 404: "lms_knows_not", 422: "lms_refuses_score"}
    return Verdict("refused", known.get(status, "lms_odd"))


def wait(attempts: int, retry_after: str = "", now: datetime | None = None) -> float:
    """Seconds before the next try: 10 s, 30 s, 90 s … up to two hours; longer if the LMS asks for it."""
    own = min(10.0 * 3 ** min(attempts, 12), 7_200.0)
    return max(own, _asked_for(retry_after, now))


def _asked_for(retry_after: str, now: datetime | None) -> float:
    if retry_after.strip().isdigit():
        return min(float(retry_after), 86_400.0)
    try:
        moment = parsedate_to_datetime(retry_after)
        return min(max((moment - (now or datetime.now(UTC))).total_seconds(), 0.0), 86_400.0)
    except (TypeError, ValueError):
        return 0.0
