"""What each set counts for: how much one of its examples weighs in each head, and how hard each head is held.

Sets differ in size and in nearness to annotations. The numbers were chosen on held-out groups, with the behaviour
suite as a condition.
"""

STRENGTH = {  # scikit-learn's C: less holds harder
    "quality": 0.01,
    "note": 0.01,
    "confusion_post": 0.01,
    "confusion_comment": 0.01,
    "confusion_remark": 0.02,
    "question_post": 0.01,
    "question_comment": 0.01,
    "question_remark": 0.01,
    "genre": 0.01,
}

_NOTES = {
    "arguments": 0.01,
    "written": 0.2,
    "notes": 1.0,
    "composed": 1.0,
    "contrasts": 0.3,
    "video_comments": 0.3,
}

_ASKED_OF_REMARKS = {
    "urgency": 3.0,
    "video_comments": 3.0,
    "emotions": 0.15,
    "written": 0.5,
    "notes": 0.5,
    "composed": 0.05,
    "contrasts": 0.1,
}

WEIGHTS: dict[str, dict[str, float]] = {
    "quality": {
        "reflections": 2.0,
        "arguments": 0.1,
        "written": 1.5,
        "notes": 1.5,
        "composed": 1.0,
        "contrasts": 5.0,
        "video_comments": 2.0,
    },
    # Whether "nothing was confusing" is nothing, the courses' graders disagree; what is specific, they know best.
    "note1": _NOTES | {"reflections": 0.05},
    "note2": _NOTES | {"reflections": 2.0},
    "note3": _NOTES | {"reflections": 10.0},
    "confusion_post": {"urgency": 3.0},
    "confusion_comment": {"video_comments": 2.0},
    "confusion_remark": {
        "urgency": 4.0,
        "video_comments": 3.0,
        "emotions": 0.15,
        "written": 3.0,
        "notes": 1.0,
        "composed": 0.2,
        "contrasts": 4.0,
    },
    "question_post": {"forum_posts": 2.0, "urgency": 0.5},
    "question_comment": {"forum_posts": 0.5, "urgency": 0.5, "video_comments": 2.0},
    "question_remark": _ASKED_OF_REMARKS | {"forum_posts": 2.0},
    "genre": {
        "urgency": 1.0,
        "forum_posts": 1.0,
        "video_comments": 1.0,
        "written": 1.0,
        "notes": 1.0,
        "contrasts": 1.0,
    },
}

GENRE_OF = {  # the sets that show what texts of a genre are like
    "urgency": "post",
    "forum_posts": "post",
    "video_comments": "comment",
    "written": "remark",
    "notes": "remark",
    "contrasts": "remark",
}

# How likely a post of each urgency, 1 to 7, wants help: people who say 3 or 4 are less sure than those who say 1 or 6.
WANTS_HELP = {1: 0.0, 2: 0.05, 3: 0.3, 4: 0.8, 5: 0.95, 6: 1.0, 7: 1.0}


def kind_of(head: str) -> str:
    """The row of STRENGTH that a head goes by: "note" for "note2"."""
    return head.rstrip("123")


def weights_of(head: str) -> dict[str, float]:
    """How much one example of each set weighs in a head."""
    return WEIGHTS.get(head) or WEIGHTS[kind_of(head)]
