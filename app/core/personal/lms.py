"""Personal data of the connection to LMSs."""

from .entries import ACCOUNT, COURSE, Entry

LMS = {
    "lti_registration": Entry(
        "id school_id name version platform issuer client_id auth_url token_url jwks_url token_audience "
        "service_hosts frame_origins state accepts_deployments hides_names jwks jwks_fetched_at jwks_tried_at "
        "launched_at problem problem_at created_at",
        hashed="secret",
        pointers="created_by",
    ),
    "lti_deployment": Entry(
        "id registration_id deployment_id state notices_url notices_handler notices_wanted_at notices_at "
        "notices_problem created_at"
    ),
    "lti_login": Entry(
        "state_hash registration_id nonce browser_hash parameters expires_at used_at",
    ),
    "lti_key": Entry("kid public created_at", hashed="sealed"),
    "lti_access_token": Entry("registration_id scopes expires_at", hashed="sealed"),
    "lti_invitation": Entry(
        "id school_id registration_id created_at expires_at used_at",
        hashed="token_hash",
        pointers="created_by",
    ),
    "lti_context": Entry(
        "id registration_id deployment_id context_id course_id title members_url line_items_url groups_url "
        "group_sets_url scopes return_url roster_wanted_at roster_at roster_problem roster_count copied_from "
        "copied_parts launched_at created_at"
    ),
    "lti_resource_link": Entry(
        "id lti_context_id link_id title opens assignment_id copy_of line_item_url maximum scored_at created_at"
    ),
    "lti_copy": Entry("lti_context_id original_id assignment_id"),
    "lti_copied_context": Entry("registration_id context_id origin_id said_at"),
    "lti_group": Entry("id lti_context_id set_id remote_id group_set_id group_id"),
    "lti_nonce": Entry("registration_id nonce_hash seen_at"),
    "lti_picking": Entry(
        "id lti_context_id takes expires_at",
        personal="account_id",
        owner=ACCOUNT,
        why="what a teacher is choosing in the LMS just now",
        kept="an hour",
        erasing="delete",
    ),
    "lti_member": Entry(
        "id lti_context_id",
        personal="account_id role section is_test launched_at listed_at",
        owner=ACCOUNT,
        why="what the LMS says the person is in its course",
        kept=COURSE,
        erasing="delete",
    ),
    "lti_mentor": Entry(
        "course_id",
        personal="account_id said_at",
        pointers="child_id",
        owner=ACCOUNT,
        why="whose parent or mentor the person is, as the LMS says",
        kept=COURSE,
        erasing="delete",
    ),
    "lti_outcome": Entry(
        "resource_link_id",
        personal="account_id sourced_id",
        owner=ACCOUNT,
        why="where an LMS with LTI 1.1 keeps the person's grade",
        kept=COURSE,
        erasing="delete",
    ),
    "lti_passback": Entry(
        "id resource_link_id maximum state problem attempts due_at first_tried_at stamped_at forced created_at",
        personal="account_id points comment sent_at sent_points found_points",
        owner=ACCOUNT,
        why="the grade that the LMS gets, and whether it has it",
        kept=COURSE,
        erasing="delete",
    ),
}
