"""The pages of the school's sign-on, and the way to a provider and back."""

from flask import Flask

from app.accounts.pages.signing_in import GO_ON_AFTER
from app.sso.problems import SignOnProblem
from app.sso.queries import offered, to_join

from . import admin, going, saml

BLUEPRINTS = [going.pages, saml.pages, admin.pages]


def init_app(app: Flask) -> None:
    """Let the sign-in page and the account page offer providers, and say what went wrong in words."""
    app.register_error_handler(SignOnProblem, going.refused)
    app.jinja_env.globals.update(sign_on_providers=offered, sign_on_to_join=to_join)
    if going.after_sign_out not in GO_ON_AFTER:
        GO_ON_AFTER.append(going.after_sign_out)
