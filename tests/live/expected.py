"""Who hears what over the sockets. Written from the product, not from `app.core.policy` or the log.

A person is named as in the world of the permission tests: Ana and Bob share a group, Cat is in the other
one, Dan's posting is paused. Whoever is not named hears nothing at all, not even that something happened.
"""

STAFF = frozenset({"teacher", "assistant"})
STUDENTS = frozenset({"ana", "bob", "cat", "dan"})
EVERYBODY = STAFF | STUDENTS | {"observer"}
NOBODY: frozenset[str] = frozenset()

# Which assignments somebody may follow; of any other there is “not found”, as if it were not there.
MAY_JOIN = {
    "open": EVERYBODY,
    "grouped": EVERYBODY,
    "closed": EVERYBODY,
    "draft": STAFF,
    "later": STAFF,
    "removed": NOBODY,
}

# Readers of what Ana posts in the open assignment and, for “group”, in the one with groups.
READERS = {
    "class": EVERYBODY,
    "group": STAFF | {"observer", "ana", "bob"},
    "staff": STAFF | {"ana"},
    "self": frozenset({"ana"}),
}

# event: what it is about, and to whom it goes as what it is; to whom only as “gone” (annotation.removed).
EVENTS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "a new annotation": (EVERYBODY, NOBODY),
    "a new annotation for the group": (READERS["group"], NOBODY),
    "a new annotation for staff": (READERS["staff"], NOBODY),
    "a new annotation for oneself": (READERS["self"], NOBODY),
    "a new anonymous annotation": (EVERYBODY, NOBODY),
    "a reply": (EVERYBODY, NOBODY),
    "a reply in the group": (READERS["group"], NOBODY),
    "staff answer what was for staff": (READERS["staff"], NOBODY),
    "an edit": (EVERYBODY, NOBODY),
    "an edit of what is for staff": (READERS["staff"], NOBODY),
    "solved": (EVERYBODY, NOBODY),
    "paused": (EVERYBODY, NOBODY),
    "deleted": (NOBODY, EVERYBODY),
    "deleted from the group": (NOBODY, READERS["group"]),
    "deleted with replies": (EVERYBODY, NOBODY),
    "hidden": (STAFF | {"ana"}, EVERYBODY - STAFF - {"ana"}),
    "hidden with the replies of another": (STAFF | {"ana", "bob"}, EVERYBODY - STAFF),
    "shown again": (EVERYBODY, NOBODY),
    "an edit of what is hidden": (STAFF | {"ana"}, NOBODY),
    "a vote": (EVERYBODY, NOBODY),
    "a vote in the group": (READERS["group"], NOBODY),
    "a vote taken back": (EVERYBODY, NOBODY),
    "a flag": (STAFF, NOBODY),
    "a flag settled": (STAFF, NOBODY),
    "a mark": (EVERYBODY, NOBODY),
    "a mark taken back": (EVERYBODY, NOBODY),
    "a question": (EVERYBODY, NOBODY),
    "a question changed": (EVERYBODY, NOBODY),
    "a question in a draft": (STAFF, NOBODY),
    "a question in what opens later": (STAFF, NOBODY),
    "an answer": (STAFF, NOBODY),
    "a vote in class opened": (STAFF | STUDENTS, NOBODY),
    "a vote in class closed": (STAFF | STUDENTS, NOBODY),
    "somebody has voted in class": (STAFF, NOBODY),
    "hands counted in class": (STAFF, NOBODY),
    "a rating": (STAFF, NOBODY),
    "an appeal": (STAFF, NOBODY),
    "an appeal answered": (frozenset({"ana"}), NOBODY),
    "a teacher's word in a draft": (STAFF, NOBODY),
    "a teacher's word where it is closed": (EVERYBODY, NOBODY),
}

# The one place where people of the same audience hear different things: whose mark it is hears of the mark.
OWN_MARK = frozenset({"ana"})

# What the server hears from a browser, and sends to one beside “changes”.
INCOMING = {"connect", "disconnect", "join", "leave"}
OUTGOING = {"changes", "presence", "ended"}
