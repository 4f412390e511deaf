"""What the worker does for the school's sign-on."""

from app.core.jobs import sweep

from .operations import asserting, going, signing_out


@sweep(seconds=3600)
def forget_old() -> None:
    """Ways to a provider that nobody came back from, and what SAML needs only for a while."""
    going.forget_old()
    asserting.forget_seen()
    signing_out.forget_ended()
