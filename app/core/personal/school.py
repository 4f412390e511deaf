"""Personal data of rosters from the school's information system, and of its sign-on."""

from .entries import ACCOUNT, Entry, Owner

SCHOOL = {
    # An upload that waits, and its examples, hold names; both are gone once it is taken over, or after a week.
    "sis_import": Entry(
        "id school_id kind state file_id options progress summary problems touched_at created_at applied_at",
        pointers="created_by",
    ),
    "sis_service": Entry(
        "id school_id base_url token_url client_id nightly match_email import_id whole_at asked_at touched_at "
        "problem problem_value",
        hashed="secret",
    ),
    "sis_course": Entry("id school_id sourced_id course_id ended_at"),
    "sis_person": Entry(
        "id school_id",
        personal="account_id sourced_id left_at",
        owner=ACCOUNT,
        why="who the person is in the school's information system",
        kept="as long as the account",
        erasing="delete",
    ),
    "sis_enrollment": Entry(
        "id school_id sourced_id course_id",
        personal="account_id role ended_at",
        owner=ACCOUNT,
        why="what the roster said last, so that only news is taken over",
        kept="as long as the account",
        erasing="delete",
    ),
    "sso_provider": Entry(
        "id school_id name protocol preset issuer client_id metadata_url certificate attributes may_begin "
        "signs_requests state trusts_email adds_people domains role_claim teacher_values found jwks found_at "
        "jwks_tried_at used_at problem problem_at created_at",
        hashed="secret",
        pointers="created_by",
    ),
    "sso_sign_on": Entry(
        "state_hash provider_id goes_on expires_at used_at",
        hashed="browser_hash nonce verifier said",
        pointers="joins_id",
    ),
    "sso_assertion": Entry("expires_at", hashed="seen_hash"),
    "sso_stay": Entry(
        "id provider_id sign_in_id created_at",
        personal="account_id",
        hashed="name_hash session_hash told",
        owner=ACCOUNT,
        why="as whom the school's sign-on knows a browser, so that signing out reaches both sides",
        kept="until the browser is signed out",
        erasing="delete",
    ),
    "person_merge": Entry(
        "id school_id moved created_at undone_at",
        personal="kept_id gone_id",
        pointers="made_by",
        owner=Owner("kept_id"),
        why="which accounts were one person, so that it can be undone for 30 days",
        kept="as long as the account",
        erasing="delete",
    ),
}
