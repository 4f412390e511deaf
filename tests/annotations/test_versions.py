"""A document is corrected: annotations and marks move along, or are shown as having lost their place."""

from app.core.db import session, unit_of_work
from app.documents.models import Document, DocumentVersion
from app.documents.versions import REANCHORERS, carry_out
from tests import factories

from .test_annotations import QUOTE, listed, post, url


def correct(cast, text):
    """Show a new version of the document, as the import does."""
    with unit_of_work():
        document = session.get_one(Document, cast.document.id)
        version = factories.add(
            DocumentVersion(
                document_id=document.id, number=2, text=text, html=f"<p>{text}</p>", length=len(text)
            )
        )
        plans = [reanchor(document, version) for reanchor in REANCHORERS]
        document.version = 2
        return carry_out(plans)


def test_what_still_stands_moves_and_what_does_not_is_an_orphan(cast):
    kept = post(cast, "ana")
    reply = post(cast, "bob", parent_id=kept["id"])
    gone = post(
        cast, "ana", target={"selector": {"type": "TextQuoteSelector", "exact": "The cat sat on the mat"}}
    )
    cast.ana.put(url(cast, "marks/0190aaaa-mark"), json={"target": QUOTE})
    told = correct(cast, "Really, light bends when it enters glass, because its speed changes. That is all.")
    found = listed(cast, "bob")
    assert found[kept["id"]]["span"] == {"start": 50, "end": 67}
    assert found[reply["id"]]["span"] == found[kept["id"]]["span"]
    assert found[gone["id"]]["span"] is None
    assert found[kept["id"]]["seq"] > kept["seq"]
    assert (told["moved"], told["lost"]) == (2, 1)
    [mark] = cast.ana.get(url(cast, "mine")).get_json()["marks"]
    assert mark["span"] == {"start": 50, "end": 67}


def test_those_who_read_hear_of_it(cast):
    made = post(cast, "ana")
    since = cast.bob.get(url(cast, "changes")).get_json()["head"]
    correct(cast, "Now its speed changes.")
    items = cast.bob.get(url(cast, f"changes?since={since}")).get_json()["items"]
    assert [(item["type"], item["object"]["id"]) for item in items] == [("annotation.updated", made["id"])]
