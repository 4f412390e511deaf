"""What a launch says, taken out of its claims and checked for shape."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from . import names
from .groups import groups_in, section_in
from .notices import service_in
from .problems import LtiProblem
from .shapes import address, identifier, object_in, strings, words

# A variable that the platform did not know comes back as it was sent.
_UNKNOWN_VARIABLE = re.compile(r"\$[A-Za-z][\w.]*")


@dataclass(frozen=True)
class Person:
    """Who launched. ``subject`` is empty for an anonymous launch; everything else may be missing, too."""

    subject: str = ""
    name: str = ""
    email: str = ""
    locale: str = ""


@dataclass(frozen=True)
class Context:
    """The course at the platform. ``id`` is empty where the launch names no course."""

    id: str = ""
    title: str = ""
    label: str = ""


@dataclass(frozen=True)
class Grading:
    """Where grades go: one column (``line_item``), all columns, and what we may do with them."""

    line_item: str = ""
    line_items: str = ""
    scopes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Launch:
    """One launch, whatever the version of LTI that brought it.

    ``former`` names the LTI 1.1 connection that it replaces; its sign is made over ``signed_over``, with the client id
    in the place of ``\\0client\\0``.
    """

    kind: str
    deployment_id: str
    target: str
    person: Person
    roles: tuple[str, ...] = ()
    context: Context = Context()
    resource_link: str = ""
    resource_title: str = ""
    custom: Mapping[str, str] = field(default_factory=dict)
    document_target: str = ""
    return_url: str = ""
    platform: str = ""
    platform_name: str = ""
    members_url: str = ""
    grading: Grading = Grading()
    groups_url: str = ""
    group_sets_url: str = ""
    notices_url: str = ""
    groups: tuple[str, ...] = ()
    section: str = ""
    children: tuple[str, ...] = ()
    for_subject: str = ""
    outcome_url: str = ""
    outcome_id: str = ""
    deep_linking: Mapping[str, Any] = field(default_factory=dict)
    former: Mapping[str, Any] = field(default_factory=dict)
    signed_over: str = ""

    def history(self, name: str) -> list[str]:
        """Ids that this course or link had before it was copied, the newest first."""
        return [one.strip() for one in self.custom.get(name, "").split(",") if one.strip()]


def launch(claims: Mapping[str, Any]) -> Launch:
    """Read verified claims; raises LtiProblem where the specification demands something that is not there."""
    kind, target, deployment = _demanded(claims)
    link = object_in(claims, f"{names.CLAIM}resource_link")
    if kind == names.RESOURCE_LINK and not identifier(link.get("id")):
        raise LtiProblem("message_incomplete", "resource_link.id")
    platform = object_in(claims, f"{names.CLAIM}tool_platform")
    presentation = object_in(claims, f"{names.CLAIM}launch_presentation")
    return Launch(
        kind=kind,
        deployment_id=deployment,
        target=target,
        person=_person(claims, presentation),
        roles=_roles(claims),
        context=_context(claims),
        resource_link=identifier(link.get("id")),
        resource_title=words(link.get("title")),
        custom=_custom(claims),
        document_target=words(presentation.get("document_target")).lower(),
        return_url=address(presentation.get("return_url")),
        platform=words(platform.get("product_family_code")).lower()[:60],
        platform_name=words(platform.get("name")),
        members_url=address(object_in(claims, names.NRPS).get("context_memberships_url")),
        grading=_grading(claims),
        groups_url=address(object_in(claims, names.GROUPS).get("context_groups_url")),
        group_sets_url=address(object_in(claims, names.GROUPS).get("context_group_sets_url")),
        notices_url=service_in(claims),
        groups=groups_in(_custom(claims)),
        section=section_in(_custom(claims), object_in(claims, names.LIS)),
        children=strings(claims.get(names.MENTOR_OF)),
        for_subject=identifier(object_in(claims, names.FOR_USER).get("user_id")),
        deep_linking=object_in(claims, f"{names.DEEP_LINKING}deep_linking_settings"),
        former=object_in(claims, names.LTI1P1),
        signed_over="&".join(
            (
                deployment,
                str(claims.get("iss")),
                "\0client\0",
                str(claims.get("exp")),
                str(claims.get("nonce")),
            )
        ),
    )


def _demanded(claims: Mapping[str, Any]) -> tuple[str, str, str]:
    kind = claims.get(f"{names.CLAIM}message_type")
    if not isinstance(kind, str) or kind not in names.MESSAGES:
        raise LtiProblem("message_type", str(kind)[:60])
    if claims.get(f"{names.CLAIM}version") != names.VERSION:
        raise LtiProblem("message_version", str(claims.get(f"{names.CLAIM}version"))[:20])
    deployment = identifier(claims.get(f"{names.CLAIM}deployment_id"))
    if not deployment:
        raise LtiProblem("message_incomplete", "deployment_id")
    target = address(claims.get(f"{names.CLAIM}target_link_uri"))
    if not target and kind == names.RESOURCE_LINK:
        raise LtiProblem("message_incomplete", "target_link_uri")
    return kind, target, deployment


def _person(claims: Mapping[str, Any], presentation: Mapping[str, Any]) -> Person:
    subject = claims.get("sub")
    if subject is not None and not identifier(subject):
        raise LtiProblem("message_incomplete", "sub")
    whole = words(claims.get("name"))
    parts = (words(claims.get("given_name")), words(claims.get("family_name")))
    locale = claims.get("locale") or presentation.get("locale")
    return Person(
        subject=identifier(subject),
        name=whole or " ".join(part for part in parts if part),
        email=words(claims.get("email"))[:254],
        locale=words(locale)[:12],
    )


def _context(claims: Mapping[str, Any]) -> Context:
    given = object_in(claims, f"{names.CLAIM}context")
    return Context(identifier(given.get("id")), words(given.get("title")), words(given.get("label")))


def _grading(claims: Mapping[str, Any]) -> Grading:
    given = object_in(claims, names.AGS)
    return Grading(
        address(given.get("lineitem")),
        address(given.get("lineitems")),
        frozenset(strings(given.get("scope"))),
    )


def _roles(claims: Mapping[str, Any]) -> tuple[str, ...]:
    """No roles, or none at all, is odd but legal: such a person is nobody special."""
    return strings(claims.get(f"{names.CLAIM}roles"))


def _custom(claims: Mapping[str, Any]) -> dict[str, str]:
    """Custom parameters; a variable that was not replaced is as good as absent."""
    given = object_in(claims, f"{names.CLAIM}custom")
    texts = {str(name): str(value) for name, value in given.items() if isinstance(value, str | int | float)}
    return {name: value for name, value in texts.items() if not _UNKNOWN_VARIABLE.fullmatch(value)}
