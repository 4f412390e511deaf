"""What can be wrong with a roster, in words."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

SENTENCES = {
    "not_zip": _l("This is not a ZIP file that can be read."),
    "too_many_files": _l("The ZIP holds too many files for a roster."),
    "too_large": _l("A file of the roster is larger than 100 MB."),
    "file_missing": _l("The ZIP lacks the file “%(value)s” that belongs to it."),
    "version_unknown": _l("The manifest names the OneRoster version “%(value)s”; 1.1 and 1.2 can be read."),
    "mode_unknown": _l("The manifest says “%(value)s”; it has to be bulk, delta or absent."),
    "not_utf8": _l("“%(value)s” is not UTF-8 text."),
    "not_csv": _l("This cannot be read as CSV: “%(value)s”."),
    "columns_twice": _l("A column of “%(value)s” is there twice."),
    "column_missing": _l("A column is missing in “%(value)s”."),
    "one_column": _l("Only one column was found. Save it as CSV with commas or semicolons."),
    "field_count": _l("The line has %(value)s fields, not as many as there are columns."),
    "field_strange": _l("A field is too long or holds signs that no text has."),
    "id_missing": _l("The id is missing."),
    "id_long": _l("The id is longer than 254 characters."),
    "id_twice": _l("The id “%(value)s” is there twice."),
    "id_unknown": _l("The id “%(value)s” is named here, but is in no other file."),
    "status_unknown": _l("The status “%(value)s” is not known; it is active or tobedeleted."),
    "role_unknown": _l("The role “%(value)s” is not known."),
    "enabled_strange": _l("enabledUser is “%(value)s”; it has to be true or false."),
    "date_strange": _l("“%(value)s” is no date; one looks like 2026-08-01."),
    "name_missing": _l("The name is missing."),
    "title_missing": _l("The class has no title."),
    "id_or_email": _l("%(value)s has neither an id nor an e-mail address."),
    "two_names": _l("“%(value)s” is there with two names."),
    "person_unknown": _l("The person “%(value)s” is in no file and is not known here."),
    "class_unknown": _l("The class “%(value)s” is in no file and is not known here."),
    "service_unreachable": _l("The service cannot be reached (%(value)s). Are the addresses right?"),
    "service_refuses": _l(
        "The service does not let us in (%(value)s). Are client ID, secret and rights right?"
    ),
    "service_status": _l(
        "The service answers strangely (%(value)s). Is the address that of OneRoster 1.1 or 1.2?"
    ),
    "service_strange": _l("What the service says of “%(value)s” is not as OneRoster has it."),
    "service_stumbles": _l("The service failed several times in a row. Try again later."),
    "service_later": _l("The service asks us to wait %(value)s seconds. Try again later."),
    "service_endless": _l("The service sends “%(value)s” without an end. Nothing was taken over."),
    "service_short": _l(
        "The service sent fewer lines than it says it has (%(value)s). Nothing was taken over."
    ),
    "service_secret": _l("The kept secret cannot be read any more. Enter it again."),
    "own_fault": _l("Reading this failed for a reason on our side. Nothing was changed; try again later."),
}
SKIPPED = {
    "family": _l("parents and guardians: they get no account from a roster"),
    "over": _l("classes whose terms are over"),
    "enrollment": _l("enrollments of those"),
}


def issue(code: str, value: str) -> str:
    """One sentence for a problem."""
    return str(SENTENCES[code]) % {"value": value} if code in SENTENCES else code


def skipped(reason: str) -> str:
    """What was left out on purpose."""
    return str(SKIPPED.get(reason, reason))


def state(name: str) -> str:
    """How far an import is."""
    return {
        "mapping": _("columns to be named"),
        "waiting": _("waits"),
        "reading": _("being read"),
        "ready": _("to be looked at"),
        "confirmed": _("waits"),
        "applying": _("being taken over"),
        "done": _("taken over"),
        "failed": _("failed"),
        "dropped": _("dropped"),
    }[name]
