"""The column of a link in an LMS's grade book: given by the launch, found by our own id, or made."""

import json
from typing import Any

from sqlalchemy import update

from app.core.addresses import Unreachable
from app.core.db import independent_work, session
from app.lti.models import ResourceLink
from app.lti.protocol import grades
from app.lti.protocol.names import LINE_ITEM
from app.lti.protocol.paging import next_page
from app.lti.protocol.quirks import of_platform

from .calling import call, json_of

MOST_PAGES = 40


def column_of(link: ResourceLink, scopes: list[str]) -> str:
    """The column's address. Raises Unreachable: ``no_column`` where the LMS lets us make none, or what it said."""
    if link.line_item_url:
        return link.line_item_url
    list_url = link.context.line_items_url
    if not list_url:
        raise Unreachable("no_column")
    found = _found(link, list_url, scopes) or _made(link, list_url, scopes)
    with independent_work():
        session.execute(update(ResourceLink).where(ResourceLink.id == link.id).values(line_item_url=found))
    return found


def _found(link: ResourceLink, list_url: str, scopes: list[str]) -> str:
    """Ask by the link, then by our id for the assignment, which survives a copy of the course."""
    resource = link.assignment_id or link.id
    asked: tuple[dict[str, str], ...] = ({"resource_link_id": link.link_id}, {"resource_id": resource})
    for query in asked:
        items = _listed(link, grades.with_query(list_url, **query), scopes)
        item = grades.matching(items, resource, link.link_id)
        if item and isinstance(item.get("id"), str):
            return str(item["id"])
    return ""


def _listed(link: ResourceLink, url: str, scopes: list[str]) -> list[Any]:
    registration, found, seen = link.context.registration, [], set[str]()
    while url and url not in seen and len(seen) < MOST_PAGES:
        seen.add(url)
        answer = call(registration, scopes, "GET", url, headers=grades.ITEMS_ACCEPT)
        page = json_of(answer)
        found += page if isinstance(page, list) else []
        url = next_page(answer.headers, url) if of_platform(registration.platform).pages_line_items else ""
    return found


def _made(link: ResourceLink, list_url: str, scopes: list[str]) -> str:
    if LINE_ITEM not in scopes:
        raise Unreachable("no_column")
    label = link.assignment.title if link.assignment else link.title
    body = grades.line_item(label or "Foreword", link.maximum, link.assignment_id or link.id, link.link_id)
    answer = call(
        link.context.registration,
        scopes,
        "POST",
        list_url,
        body=json.dumps(body).encode(),
        headers=grades.ITEM_TYPE | grades.ITEM_ACCEPT,
    )
    made = json_of(answer)
    if not isinstance(made, dict) or not isinstance(made.get("id"), str):
        raise Unreachable("not_json")
    return str(made["id"])


def held_by(link: ResourceLink, column: str, scopes: list[str]) -> dict[str, float] | None:
    """Subject to the share that the LMS holds now; None where it does not let us read.

    A column that is gone raises Unreachable ``column_gone``: somebody deleted it, so they are asked first.
    """
    url, found, seen = grades.below(column, "results"), dict[str, float](), set[str]()
    while url and url not in seen and len(seen) < MOST_PAGES:
        seen.add(url)
        answer = call(link.context.registration, scopes, "GET", url, headers=grades.RESULTS_ACCEPT)
        if answer.status == 404:
            raise Unreachable("column_gone")
        if answer.status in (403, 405):
            return None
        found |= _shares(json_of(answer))
        url = next_page(answer.headers, url)
    return found


def _shares(results: object) -> dict[str, float]:
    rows = results if isinstance(results, list) else []
    subjects = {str(each["userId"]) for each in rows if isinstance(each, dict) and each.get("userId")}
    shares = {subject: grades.held(rows, subject) for subject in subjects}
    return {subject: share for subject, share in shares.items() if share is not None}
