"""A provider of SAML is entered or changed.

It is entered before its metadata are there, since it asks for ours first; until then it is switched off.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flask_babel import gettext as _
from sqlalchemy import select

from app.core.addresses import Unreachable
from app.core.db import session
from app.core.errors import Invalid
from app.core.ids import now
from app.core.policy import Viewer
from app.core.sealing import seal
from app.sso.models import Provider
from app.sso.presets import Preset
from app.sso.problems import SignOnProblem
from app.sso.saml import is_installed, keys
from app.sso.saml.metadata import provider_in

from .asserting import ASKED, fetched
from .registering import fill_rules, record


def register(viewer: Viewer, preset: Preset, fields: Mapping[str, str]) -> Provider:
    """Enter a provider, with a key pair of its own."""
    if not is_installed():
        raise Invalid(
            _("SAML needs a part that is not installed on this server."), "saml_not_installed", "/name"
        )
    pair = keys.new_pair("Foreword")
    provider = Provider(
        school_id=viewer.school_id,
        protocol="saml",
        preset=preset.code,
        issuer="",
        client_id="",
        state="disabled",
        secret=seal(pair.key),
        certificate=pair.certificate,
        attributes=dict(preset.attributes),
        role_claim=preset.role_claim,
        created_by=viewer.account_id,
    )
    provider.name = " ".join(fields.get("name", "").split())[:120] or preset.name
    session.add(provider)
    session.flush()
    record(viewer, provider, "sso.registered")
    return provider


def change(viewer: Viewer, provider: Provider, fields: Mapping[str, str]) -> None:
    """Take over the form. The first metadata switch the provider on."""
    found = _found(fields)
    if found:
        _check_alone(provider, found["issuer"])
        if not provider.found:
            provider.state = "active"
        provider.issuer, provider.found, provider.found_at = found["issuer"], found, now()
        provider.problem = ""
    provider.metadata_url = fields.get("metadata_url", "").strip()
    provider.attributes = {
        name: _names(fields.get(name if name != "name" else "full_name", "")) for name in ASKED
    }
    provider.may_begin = bool(fields.get("may_begin"))
    provider.signs_requests = bool(fields.get("signs_requests"))
    fill_rules(provider, fields)
    record(viewer, provider, "sso.changed")


def _names(value: str) -> str:
    return " ".join(value.split())[:1000]


def _found(fields: Mapping[str, str]) -> dict[str, Any]:
    """The metadata as pasted, else those of the address; nothing where neither is there."""
    pasted, url = fields.get("metadata", "").strip(), fields.get("metadata_url", "").strip()
    try:
        if pasted:
            return provider_in(pasted.encode())
        return fetched(_checked(url)) if url else {}
    except Unreachable as error:
        raise Invalid(
            _("The metadata cannot be fetched (%(code)s). Is the address right?", code=error.code),
            "metadata_unreachable",
            "/metadata_url",
        ) from error
    except SignOnProblem as error:
        where = "/metadata" if pasted else "/metadata_url"
        raise Invalid(_in_words(error), error.code, where) from error


def _in_words(error: SignOnProblem) -> str:
    if error.code == "metadata_many":
        return _("These metadata are about several providers. Take those of your school's own.")
    if error.code == "metadata_lacks":
        return _("The metadata lack something: %(detail)s.", detail=error.detail)
    return _("These are no metadata of a SAML provider (%(code)s).", code=error.code)


def _checked(url: str) -> str:
    try:
        fits = urlsplit(url).scheme in ("https", "http") and bool(urlsplit(url).hostname)
    except ValueError:
        fits = False
    if not fits or len(url) > 2000:
        raise Invalid(_("The address of the metadata starts with https://."), "metadata_url", "/metadata_url")
    return url


def _check_alone(provider: Provider, issuer: str) -> None:
    """A school enters a provider once; who people are hangs on its entity id."""
    same = select(Provider.id).where(
        Provider.school_id == provider.school_id,
        Provider.protocol == "saml",
        Provider.issuer == issuer,
        Provider.id != provider.id,
    )
    if session.scalar(same) is not None:
        raise Invalid(_("This provider is connected already."), "connected_already", "/metadata")
