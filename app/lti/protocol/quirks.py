"""What differs from product to product, in one table. Keyed by ``product_family_code``, which launches carry.

What was seen on a running LMS is marked so; the rest is from documentation and reports.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Quirks:
    """How a product differs from the specification.

    - ``service_hosts``, ``frame_origins``: where its services and pages live beside its issuer's host.
    - ``pages_line_items``: its list of grade columns may be asked for page by page (Moodle 4.5 answers with links
      that cannot be followed; seen).
    - ``progress_wipes``: a score that is not fully graded deletes the grade that is there (Moodle; seen).
    - ``roster_downgrades``: the roster calls assistants learners (Moodle; seen).
    - ``score_extension``: members to add to each score (Canvas: do not count as a new submission).
    """

    name: str = "LMS"
    service_hosts: tuple[str, ...] = ()
    frame_origins: tuple[str, ...] = ()
    pages_line_items: bool = True
    progress_wipes: bool = True
    roster_downgrades: bool = False
    score_extension: bool = False


_CANVAS = Quirks(
    "Canvas",
    service_hosts=("*.instructure.com", "sso.canvaslms.com"),
    frame_origins=("https://*.instructure.com",),
    score_extension=True,
)
_TABLE = {
    "moodle": Quirks("Moodle", pages_line_items=False, roster_downgrades=True),
    "canvas": _CANVAS,
    "desire2learn": Quirks(
        "Brightspace",
        service_hosts=("*.brightspace.com", "*.desire2learn.com"),
        frame_origins=("https://*.brightspace.com",),
    ),
    "blackboardlearn": Quirks(
        "Blackboard", service_hosts=("*.blackboard.com",), frame_origins=("https://*.blackboard.com",)
    ),
    "sakai": Quirks("Sakai"),
    "ilias": Quirks("ILIAS"),
    "schoology": Quirks("Schoology", service_hosts=("*.schoology.com",)),
}
_SAME_AS = {"brightspace": "desire2learn", "blackboard": "blackboardlearn", "instructure": "canvas"}
PRODUCTS = {code: quirks.name for code, quirks in _TABLE.items()}
_ANY = Quirks()


def of_platform(code: str) -> Quirks:
    """The quirks of a product; for an unknown one those that nothing can go wrong with."""
    wanted = code.strip().lower()
    return _TABLE.get(_SAME_AS.get(wanted, wanted), _ANY)
