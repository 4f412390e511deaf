"""Personal data in learning records that wait to be sent."""

from .entries import ACCOUNT, Entry

RECORDS = {
    "record_endpoint": Entry(
        "id school_id kind url auth username home sends names texts state failures quiet_until claimed_until "
        "problem problem_at sent sent_at lost created_at",
        hashed="secret salt",
        pointers="created_by",
    ),
    "learning_record": Entry(
        "id endpoint_id kind assignment_id object_id due_at state problem",
        personal="account_id happened_at",
        owner=ACCOUNT,
        why="what the person did, on its way to the school’s own store of learning records",
        kept="until it is sent, a month at most",
        erasing="delete",
    ),
}
