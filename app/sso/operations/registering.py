"""A provider is entered, changed, switched off or removed."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from flask_babel import gettext as _

from app.core import audit
from app.core.addresses import Unreachable
from app.core.db import session
from app.core.errors import Invalid
from app.core.ids import now
from app.core.policy import Viewer
from app.core.sealing import seal
from app.sso.models import Provider
from app.sso.presets import preset_of
from app.sso.problems import SignOnProblem

from . import asking


def register(viewer: Viewer, fields: Mapping[str, str]) -> Provider:
    """Enter a provider; its configuration is fetched, so that a wrong issuer is found here and not by a class."""
    preset = preset_of(fields.get("preset", ""))
    provider = Provider(
        school_id=viewer.school_id, preset=preset.code, issuer="", client_id="", created_by=viewer.account_id
    )
    _fill(provider, fields)
    session.add(provider)
    session.flush()
    record(viewer, provider, "sso.registered")
    return provider


def change(viewer: Viewer, provider: Provider, fields: Mapping[str, str]) -> None:
    """Correct the values of a provider. An empty secret leaves the one that is kept, while the issuer is the same."""
    _fill(provider, fields)
    record(viewer, provider, "sso.changed")


def set_state(viewer: Viewer, provider: Provider, state: str) -> None:
    """Switch a provider on or off. Who signed in by it keeps the session until it ends."""
    if state not in ("active", "disabled"):
        raise Invalid(_("Choose on or off."), "state", "/value")
    if state == "active" and not provider.found:
        raise Invalid(_("Enter the provider's metadata first."), "metadata", "/metadata")
    provider.state = state
    record(viewer, provider, f"sso.{state}")


def _fill(provider: Provider, fields: Mapping[str, str]) -> None:
    preset = preset_of(provider.preset)
    issuer = fields.get("issuer", "").strip() or preset.issuer
    client_id = fields.get("client_id", "").strip()
    if not client_id or len(client_id) > 255:
        raise Invalid(_("Copy the client ID from the provider."), "client_id", "/client_id")
    if preset.code == "google" and not domains_in(fields):
        raise Invalid(
            _("Name your school's domain, or everybody with a Google account could sign in."),
            "domains",
            "/domains",
        )
    found = _found(issuer)
    if issuer != provider.issuer:
        # The old provider's secret is not for the new one.
        provider.jwks, provider.jwks_tried_at, provider.secret = {}, None, None
    provider.issuer, provider.client_id = issuer, client_id
    provider.found, provider.found_at, provider.problem = found, now(), ""
    if secret := fields.get("client_secret", "").strip():
        provider.secret = seal(secret[:2000])
    fill_rules(provider, fields)


def fill_rules(provider: Provider, fields: Mapping[str, str]) -> None:
    """What a school decides in the same words, whatever the provider speaks: who may come in, and as what."""
    provider.name = " ".join(fields.get("name", "").split())[:120] or preset_of(provider.preset).name
    provider.domains = domains_in(fields)
    provider.trusts_email = bool(fields.get("trusts_email"))
    provider.adds_people = bool(fields.get("adds_people"))
    provider.role_claim = fields.get("role_claim", "").strip()[:120]
    provider.teacher_values = fields.get("teacher_values", "").strip()[:2000]


def domains_in(fields: Mapping[str, str]) -> str:
    """The school's domains, by spaces."""
    return " ".join(fields.get("domains", "").lower().replace(",", " ").split())[:2000]


def _found(issuer: str) -> dict[str, object]:
    try:
        parts = urlsplit(issuer)
        fits = (
            parts.scheme in ("https", "http")
            and bool(parts.hostname)
            and not parts.query
            and not parts.fragment
        )
    except ValueError:
        fits = False
    if not fits or len(issuer) > 500:
        raise Invalid(_("The issuer is an address that starts with https://."), "issuer", "/issuer")
    try:
        return asking.discover(issuer)
    except Unreachable as error:
        raise Invalid(
            _(
                "The provider's configuration cannot be fetched (%(code)s). Is the issuer right?",
                code=error.code,
            ),
            "issuer_unreachable",
            "/issuer",
        ) from error
    except SignOnProblem as error:
        raise Invalid(
            _("The configuration found there is not that of this issuer (%(code)s).", code=error.code),
            "issuer_differs",
            "/issuer",
        ) from error


def record(viewer: Viewer, provider: Provider, action: str) -> None:
    """Who did what, for the log of the school."""
    audit.record(action, school_id=provider.school_id, actor_id=viewer.account_id, object_id=provider.id)
