"""A school whose people sign in with its sign-on."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from app.core.db import session, unit_of_work
from app.core.ids import now
from app.core.sealing import seal
from app.sso.models import Provider as ProviderRow
from app.sso.saml.keys import new_pair
from app.sso.saml.metadata import provider_in
from tests import factories
from tests.accounts.browser import Browser

from .identities import Identities, asked
from .provider import SECRET, Provider, serve

OURS = new_pair("Foreword")


@pytest.fixture
def provider(app) -> Iterator[Provider]:
    """A provider on loopback that the operator has named."""
    made, server = serve()
    app.config["SETTINGS"].on_premise_hosts = made.address
    yield made
    server.shutdown()
    server.server_close()


class Way:
    """Somebody's browser between Foreword and the provider."""

    def __init__(self, app, provider: Provider, row_id: str) -> None:
        self.provider, self.row_id, self.browser = provider, row_id, Browser(app)

    def go(self, query: str = "") -> dict[str, str]:
        """To the provider; what its address was told."""
        answer = self.browser.get(f"/sso/{self.row_id}{query}")
        assert answer.status_code == 303, answer.get_data(as_text=True)
        asked = {key: values[0] for key, values in parse_qs(urlsplit(answer.location).query).items()}
        self.provider.nonce, self.provider.challenge = asked["nonce"], asked["code_challenge"]
        return asked

    def back(self, asked: dict[str, str], **changes: str):
        """Back with a code."""
        return self.browser.get(
            "/sso/callback", query_string={"code": "good", "state": asked["state"], **changes}
        )

    def sign_in(self, query: str = ""):
        return self.back(self.go(query))


@pytest.fixture
def row(cast, provider) -> ProviderRow:
    with unit_of_work():
        made = ProviderRow(
            school_id=cast.school.id,
            name="School sign-on",
            issuer=provider.address,
            client_id="foreword",
            secret=seal(SECRET),
        )
        session.add(made)
    return made


@pytest.fixture
def way(app, provider, row) -> Way:
    return Way(app, provider, row.id)


def change(row: ProviderRow, **values) -> None:
    with unit_of_work():
        found = session.get(ProviderRow, row.id)
        for name, value in values.items():
            setattr(found, name, value)


class SamlWay:
    """Somebody's browser between Foreword and a provider of SAML."""

    def __init__(self, app, identities: Identities, row_id: str) -> None:
        self.identities, self.row_id, self.browser = identities, row_id, Browser(app)
        self.ours = f"{app.config['SETTINGS'].base_url or 'http://localhost'}/sso/{row_id}/saml"
        self.away = self.relay_state = ""

    def go(self, query: str = "") -> str:
        """To the provider; the id of what it was asked."""
        answer = self.browser.get(f"/sso/{self.row_id}{query}")
        assert answer.status_code == 303, answer.get_data(as_text=True)
        self.away = answer.location
        message, fields = asked(answer.location)
        self.relay_state = fields["RelayState"]
        self.ours = message.get("AssertionConsumerServiceURL")
        return str(message.get("ID"))

    def post(self, field: str, relay_state: str | None = None):
        """The provider's form, sent from its site: without our cookies."""
        sender = Browser(self.browser.app)
        state = self.relay_state if relay_state is None else relay_state
        return sender, sender.post(
            f"/sso/{self.row_id}/saml", data={"SAMLResponse": field, "RelayState": state}
        )

    def back(self, request_id: str | None, relay_state: str | None = None):
        """Back with an answer; the browser comes for it where it began here."""
        sender, answer = self.post(self.identities.answer(self.ours, request_id), relay_state)
        if answer.status_code == 303 and "/sso/arrived" in answer.location:
            return self.browser.get(answer.location)
        if answer.status_code == 303:
            self.browser = sender
        return answer

    def sign_in(self, query: str = ""):
        return self.back(self.go(query))


@pytest.fixture
def identities() -> Identities:
    return Identities()


def saml_provider(school_id: str, identities: Identities, **values) -> ProviderRow:
    pair = OURS
    fields = {
        "school_id": school_id,
        "name": "School portal",
        "protocol": "saml",
        "preset": "saml",
        "issuer": identities.issuer,
        "client_id": "",
        "secret": seal(pair.key),
        "certificate": pair.certificate,
        "found": provider_in(identities.metadata().encode()),
        "found_at": now(),
        "attributes": {"name": "displayName", "email": "mail"},
    }
    with unit_of_work():
        made = ProviderRow(**(fields | values))
        session.add(made)
    return made


@pytest.fixture
def saml_row(cast, identities) -> ProviderRow:
    return saml_provider(cast.school.id, identities)


@pytest.fixture
def saml_way(app, identities, saml_row) -> SamlWay:
    return SamlWay(app, identities, saml_row.id)


@pytest.fixture
def other_school(cast):
    with unit_of_work():
        return factories.school("Lake School")
