"""What became of a topic in class. Activity plans write it through these verbs."""

from app.core.db import session
from app.core.ids import now
from app.core.policy import Viewer

from ..models import Topic, TopicOutcome
from ..schemas import OutcomeIn


def deal_with(viewer: Viewer, topic: Topic, did: str = "", would_change: str = "") -> TopicOutcome:
    """Note that a topic was dealt with in class; two lines of reflection are welcome.

    The moment is that of the first time; what was written before stays where nothing new is said.
    """
    outcome = _outcome(topic)
    outcome.dealt_at = outcome.dealt_at or now()
    outcome.dealt_by = viewer.account_id
    outcome.what_i_did = did or outcome.what_i_did
    outcome.what_i_would_change = would_change or outcome.what_i_would_change
    return outcome


def say_outcome(viewer: Viewer, topic: Topic, outcome: OutcomeIn) -> TopicOutcome:
    """What became of it, as a form or a program says it."""
    found = deal_with(viewer, topic, outcome.what_i_did, outcome.what_i_would_change)
    if not outcome.dealt:
        open_again(topic)
    return found


def open_again(topic: Topic) -> None:
    """The topic is not dealt with after all; what was written about it is kept."""
    if topic.outcome is not None:
        topic.outcome.dealt_at = None


def record_before(topic: Topic, right: int, of: int) -> TopicOutcome:
    """How many distinct students knew it before class, of those who answered."""
    outcome = _outcome(topic)
    outcome.before = {"right": right, "of": of}
    return outcome


def record_after(topic: Topic, right: int, of: int) -> TopicOutcome:
    """How many distinct students know it now, of those who answered the re-check."""
    outcome = _outcome(topic)
    outcome.after = {"right": right, "of": of}
    return outcome


def _outcome(topic: Topic) -> TopicOutcome:
    if topic.outcome is None:
        topic.outcome = TopicOutcome(topic_id=topic.id, what_i_did="", what_i_would_change="")
        session.add(topic.outcome)
        session.flush()
    return topic.outcome
