"""A hostile side of SAML: every attack is refused with a page and a code, and lets nobody in."""

import base64
import copy
from datetime import timedelta

import pytest
import xmlsec
from lxml import etree
from sqlalchemy import func, select, update

from app.accounts.models import Account
from app.core.db import session, unit_of_work
from app.core.ids import now
from app.sso.models import SignOn
from tests.accounts.browser import Browser

from .conftest import SamlWay, change, saml_provider
from .identities import DS, PROTOCOL, SAML, STRANGER, Identities, add, stamp, tag
from .test_signing_in import refusal


def people():
    return session.scalar(select(func.count(Account.id)))


def renamed(assertion, name="admin"):
    """The same assertion about somebody else."""
    found = copy.deepcopy(assertion)
    found.set("ID", "_evil")
    next(found.iter(tag(SAML, "NameID"))).text = name
    return found


def without_signature(node):
    for one in node.findall(tag(DS, "Signature")):
        node.remove(one)
    return node


def beside(first: bool):
    """A second, unsigned assertion before or after the signed one."""

    def spoil(root):
        real = root.find(tag(SAML, "Assertion"))
        root.insert(root.index(real) + (0 if first else 1), without_signature(renamed(real)))
        return root

    return spoil


def around(root):
    """The forged assertion holds the real one."""
    real = root.find(tag(SAML, "Assertion"))
    forged = without_signature(renamed(real))
    root.replace(real, forged)
    forged.append(real)
    return root


def in_the_signature(root):
    """The forged assertion has the real signature, in which the real assertion hides."""
    real = root.find(tag(SAML, "Assertion"))
    forged = renamed(real)
    root.replace(real, forged)
    etree.SubElement(forged.find(tag(DS, "Signature")), tag(DS, "Object")).append(without_signature(real))
    return root


def in_extensions(root):
    """The real assertion moves to where nobody looks."""
    real = root.find(tag(SAML, "Assertion"))
    forged = without_signature(renamed(real))
    root.replace(real, forged)
    box = etree.Element(tag(PROTOCOL, "Extensions"))
    root.insert(1, box)
    box.append(real)
    return root


def same_id(root):
    """Two assertions of one ID: which of them was signed?"""
    real = root.find(tag(SAML, "Assertion"))
    forged = without_signature(renamed(real))
    forged.set("ID", real.get("ID"))
    root.insert(root.index(real), forged)
    return root


def whole_response_around(root):
    """The forged answer holds the real, signed one in its own signature."""
    forged = copy.deepcopy(root)
    forged.set("ID", "_evil")
    next(forged.iter(tag(SAML, "NameID"))).text = "admin"
    box = etree.SubElement(forged.find(tag(DS, "Signature")), tag(DS, "Object"))
    box.append(without_signature(root))
    return forged


def name_changed(root):
    next(root.iter(tag(SAML, "NameID"))).text = "admin"
    return root


def comment_in_name(root):
    node = next(root.iter(tag(SAML, "NameID")))
    node.text = "ad"
    node.insert(0, etree.Comment(" "))
    node[0].tail = "min"
    return root


def comment_in_value(root):
    node = next(root.iter(tag(SAML, "AttributeValue")))
    node.insert(0, etree.Comment(" "))
    return root


def entity(declared: str):
    def spoil(root):
        words = etree.tostring(root).replace(b"Mia Rossi", b"&who;")
        return f"<!DOCTYPE r [{declared}]>".encode() + words

    return spoil


def bomb(root):
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    return entity(f'<!ENTITY e0 "ha">{levels}<!ENTITY who "&e8;">')(root)


def whole_document(root):
    for reference in root.iter(tag(DS, "Reference")):
        reference.set("URI", "")
    return root


def two_references(root):
    reference = next(root.iter(tag(DS, "Reference")))
    reference.addnext(copy.deepcopy(reference))
    return root


def transform(algorithm: str):
    def spoil(root):
        next(root.iter(tag(DS, "Transform"))).set("Algorithm", algorithm)
        return root

    return spoil


def unknown_condition(root):
    conditions = next(root.iter(tag(SAML, "Conditions")))
    add(conditions, SAML, "Condition")
    return root


def second_assertion(root):
    real = root.find(tag(SAML, "Assertion"))
    root.append(renamed(real))
    return root


def signature_elsewhere(root):
    found = next(root.iter(tag(DS, "Signature")))
    add(root.find(tag(PROTOCOL, "Status")), PROTOCOL, "StatusDetail").append(found)
    return root


LATE, EARLY = stamp(minutes=-10), stamp(days=1)  # a day: the run that collects this may last
# What the provider itself says wrongly, its signature being right.
SAID = {
    "another audience": ({"audience": "https://other.example"}, "saml_audience"),
    "another recipient": ({"recipient": "https://other.example"}, "saml_confirmation"),
    "no recipient": ({"recipient": None}, "saml_confirmation"),
    "another destination": ({"destination": "https://other.example"}, "saml_destination"),
    "another issuer of the assertion": ({"issuer": "https://evil.example"}, "saml_issuer"),
    "another issuer of the message": ({"response_issuer": "https://evil.example"}, "saml_issuer"),
    "another request": ({"in_response_to": "_x", "confirmed_request": "_x"}, "saml_request"),
    "another request, confirmed": ({"confirmed_request": "_x"}, "saml_request"),
    "no request": ({"in_response_to": None, "confirmed_request": None}, "saml_request"),
    "over": ({"valid_until": LATE}, "saml_time"),
    "not yet": ({"valid_from": EARLY}, "saml_time"),
    "confirmed until before": ({"confirmed_until": LATE}, "saml_time"),
    "confirmed for ever": ({"confirmed_until": None}, "saml_confirmation"),
    "confirmed later": ({"confirmed_from": EARLY}, "saml_time"),
    "issued in the future": ({"issued": EARLY}, "saml_time"),
    "issued long ago": ({"issued": stamp(days=-3)}, "saml_time"),
    "no time": ({"valid_until": "soon"}, "saml_time"),
    "the session is over": ({"session_until": LATE}, "saml_time"),
    "not for the bearer": (
        {"method": "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key"},
        "saml_confirmation",
    ),
    "an old version": ({"version": "1.1"}, "saml_malformed"),
    "a refusal": ({"status": "urn:oasis:names:tc:SAML:2.0:status:Responder"}, "refused_there"),
}
LACKS = {
    "conditions": ({"conditions": False}, "saml_audience"),
    "audience": ({"audience": False}, "saml_audience"),
    "statement": ({"statement": False}, "saml_statement"),
}
# What somebody did to the answer on the way.
SPOILT = {
    "the name changed": (name_changed, "saml_signature"),
    "a forged assertion before": (beside(True), "saml_assertions"),
    "a forged assertion after": (beside(False), "saml_assertions"),
    "a forged assertion around": (around, "saml_signature"),
    "the real one in the signature": (in_the_signature, "saml_assertions"),
    "the real one in extensions": (in_extensions, "saml_signature"),
    "two of one ID": (same_id, "saml_signature"),
    "signed twice, two assertions": (second_assertion, "saml_assertions"),
    "a comment in the name": (comment_in_name, "saml_markup"),
    "a comment in a value": (comment_in_value, "saml_markup"),
    "an entity": (entity('<!ENTITY who "admin">'), "saml_markup"),
    "a file by an entity": (entity('<!ENTITY who SYSTEM "file:///etc/hostname">'), "saml_markup"),
    "an address by an entity": (entity('<!ENTITY who SYSTEM "http://127.0.0.1:9/">'), "saml_markup"),
    "entities of entities": (bomb, "saml_malformed"),
    "a reference to everything": (whole_document, "saml_signature"),
    "two references": (two_references, "saml_signature"),
    "a style sheet transforms": (transform("http://www.w3.org/TR/1999/REC-xslt-19991116"), "saml_signature"),
    "a path transforms": (transform("http://www.w3.org/TR/1999/REC-xpath-19991116"), "saml_signature"),
    "a signature elsewhere": (signature_elsewhere, "saml_signature"),
}


def refused(way, before, code):
    answer = way.sign_in()
    assert refusal(answer) == code
    assert 400 <= answer.status_code < 504
    assert not way.browser.is_signed_in
    assert people() == before


@pytest.mark.parametrize("name", sorted(SAID))
def test_what_is_not_said_to_us_now_lets_nobody_in(saml_way, identities, name):
    identities.says, code = SAID[name]
    refused(saml_way, people(), code)


@pytest.mark.parametrize("name", sorted(LACKS))
def test_what_an_assertion_must_have(saml_way, identities, name):
    identities.has, code = LACKS[name]
    refused(saml_way, people(), code)


@pytest.mark.parametrize("name", sorted(SPOILT))
def test_what_was_changed_on_the_way_lets_nobody_in(saml_way, identities, name):
    identities.after_signing, code = SPOILT[name]
    refused(saml_way, people(), code)


def test_a_condition_that_nobody_knows_is_not_passed_over(saml_way, identities):
    identities.before_signing = unknown_condition
    refused(saml_way, people(), "saml_condition")


def test_a_comment_that_the_provider_signed_splits_no_name(saml_way, identities):
    identities.before_signing = comment_in_name
    refused(saml_way, people(), "saml_markup")


def test_the_whole_answer_is_wrapped(saml_way, identities):
    identities.signs, identities.after_signing = ("Response",), whole_response_around
    refused(saml_way, people(), "saml_signature")


def test_unsigned(saml_way, identities):
    identities.signs = ()
    refused(saml_way, people(), "saml_unsigned")


def test_signed_by_somebody_else_who_brings_the_key_along(saml_way, identities):
    identities.sign_with = STRANGER
    refused(saml_way, people(), "saml_signature")


@pytest.mark.parametrize(
    ("method", "digest"),
    [
        (xmlsec.Transform.RSA_SHA1, xmlsec.Transform.SHA256),
        (xmlsec.Transform.RSA_SHA256, xmlsec.Transform.SHA1),
    ],
)
def test_sha_1_signs_nothing(saml_way, identities, method, digest):
    identities.method, identities.digest = method, digest
    refused(saml_way, people(), "saml_signature")


def test_an_encrypted_assertion_needs_a_signature_too(saml_way, identities, saml_row):
    identities.encrypts_for, identities.signs = saml_row.certificate, ()
    refused(saml_way, people(), "saml_unsigned")


def test_encrypted_for_somebody_else(saml_way, identities):
    identities.encrypts_for = STRANGER.certificate
    refused(saml_way, people(), "saml_encryption")


def test_an_encrypted_assertion_that_was_changed(saml_way, identities, saml_row):
    def changed(root):
        node = list(root.iter("{*}CipherValue"))[-1]
        data = bytearray(base64.b64decode(node.text))
        data[40] ^= 1
        node.text = base64.b64encode(data).decode()
        return root

    identities.encrypts_for, identities.after_signing = saml_row.certificate, changed
    refused(saml_way, people(), "saml_encryption")


def test_an_assertion_lets_in_once(app, saml_way, identities, saml_row):
    change(saml_row, may_begin=True)
    saml_way.go()
    field = identities.answer(saml_way.ours, None)
    _sender, first = saml_way.post(field, "")
    assert first.status_code == 303
    sender, second = saml_way.post(field, "")
    assert refusal(second) == "saml_replayed"
    assert not sender.is_signed_in


def test_an_answer_ends_its_way_once(saml_way, identities):
    request_id = saml_way.go()
    assert saml_way.back(request_id).status_code == 303
    assert refusal(saml_way.post(identities.answer(saml_way.ours, request_id))[1]) == "state_used"


def test_the_answer_is_only_for_the_browser_that_began(app, saml_way, identities, saml_row):
    request_id = saml_way.go()
    _sender, answer = saml_way.post(identities.answer(saml_way.ours, request_id))
    victim = SamlWay(app, identities, saml_row.id)
    victim.go()
    assert refusal(victim.browser.get(answer.location)) == "other_browser"
    assert not victim.browser.is_signed_in
    assert refusal(Browser(app).get(answer.location)) == "other_browser"


def test_an_answer_that_comes_too_late(saml_way):
    request_id = saml_way.go()
    with unit_of_work():
        session.execute(update(SignOn).values(expires_at=now() - timedelta(seconds=1)))
    assert refusal(saml_way.back(request_id)) == "state_old"


def test_what_is_said_to_one_school_is_for_no_other(app, saml_way, identities, saml_row, other_school):
    theirs = saml_provider(other_school.id, identities, may_begin=True)
    change(saml_row, may_begin=True)
    saml_way.go()
    field = identities.answer(saml_way.ours, None)
    sender = Browser(app)
    answer = sender.post(f"/sso/{theirs.id}/saml", data={"SAMLResponse": field})
    assert refusal(answer) == "saml_destination"
    identities.says = {
        "destination": None,
        "recipient": f"{saml_way.ours[: -len(saml_row.id) - 5]}{theirs.id}/saml",
    }
    answer = sender.post(
        f"/sso/{theirs.id}/saml", data={"SAMLResponse": identities.answer(saml_way.ours, None)}
    )
    assert refusal(answer) in {"saml_audience", "saml_confirmation"}
    assert not sender.is_signed_in


def test_one_person_of_two_schools_is_two_people(app, saml_way, identities, cast, other_school):
    saml_way.sign_in()
    theirs = saml_provider(other_school.id, identities)
    SamlWay(app, identities, theirs.id).sign_in()
    found = session.scalars(select(Account.school_id).where(Account.name == "Mia Rossi")).all()
    assert sorted(found) == sorted([cast.school.id, other_school.id])


def test_the_key_of_one_provider_signs_for_no_other(app, saml_way, identities, saml_row):
    other = Identities(issuer="https://idp.other.example", sign_with=STRANGER, pairs=[STRANGER])
    saml_provider(saml_row.school_id, other)
    other.issuer = identities.issuer
    request_id = saml_way.go()
    assert refusal(saml_way.post(other.answer(saml_way.ours, request_id))[1]) == "saml_signature"


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("", "saml_malformed"),
        ("%%%", "saml_malformed"),
        (base64.b64encode(b"<a>").decode(), "saml_malformed"),
        (base64.b64encode(b"<a/>").decode(), "saml_malformed"),
        (base64.b64encode("<é/>".encode("utf-16")).decode(), "saml_malformed"),
        (base64.b64encode(b"<a>" + b"<b>" * 5000).decode(), "saml_malformed"),
        ("A" * 450_000, "saml_too_large"),
    ],
)
def test_what_is_no_answer_is_refused(saml_way, field, code):
    saml_way.go()
    assert refusal(saml_way.post(field)[1]) == code
