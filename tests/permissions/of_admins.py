"""What the admins of a school get from the routes of their area: theirs, of their own school's things."""

ADMINS = """
GET    /admin/work
GET    /admin/storage
POST   /admin/storage
GET    /admin/log
POST   /admin/log/export
GET    /admin/health
GET    /admin/network-check
GET    /admin/network-check/server
GET    /admin/network-check/download
POST   /admin/network-check/upload
GET    /admin/rosters
POST   /admin/rosters
POST   /admin/rosters/service
POST   /admin/rosters/service/ask
POST   /admin/rosters/service/remove
GET    /admin/sign-on
POST   /admin/sign-on
GET    /admin/sign-on/new
GET    /admin/records
POST   /admin/records
"""
OF_PERSON = """
GET    /admin/people/<account_id>
POST   /admin/people/<account_id>/sign-out
POST   /admin/people/<account_id>/export
POST   /admin/people/<account_id>/erase
GET    /admin/people/<account_id>/merge
POST   /admin/people/<account_id>/merge
"""
OF_MERGE = """
POST   /admin/merges/<merge_id>/undo
"""
OF_COURSE = """
POST   /admin/storage/<course_id>
"""
OF_DOCUMENT = """
POST   /admin/work/documents/<document_id>/retry
"""
OF_ROSTER = """
POST   /admin/work/rosters/<context_id>/retry
"""
OF_UPLOAD = """
GET    /admin/rosters/<import_id>
POST   /admin/rosters/<import_id>/apply
POST   /admin/rosters/<import_id>/columns
POST   /admin/rosters/<import_id>/drop
"""
OF_PROVIDER = """
GET    /admin/sign-on/<provider_id>
POST   /admin/sign-on/<provider_id>
POST   /admin/sign-on/<provider_id>/state
"""
OF_STORE = """
POST   /admin/records/<endpoint_id>/state
POST   /admin/records/<endpoint_id>/test
POST   /admin/records/<endpoint_id>/again
"""
# Where people go who sign in with the school's sign-on.
PUBLIC = """
GET    /sso/callback
GET    /sso/arrived
"""
BY_SECRET = """
GET    /sso/<provider_id>
GET    /sso/<provider_id>/left
GET    /sso/<provider_id>/saml
POST   /sso/<provider_id>/saml
GET    /sso/<provider_id>/saml/logout
"""
