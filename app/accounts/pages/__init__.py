"""The pages of accounts."""

from flask import Flask

from app.accounts import identify

from . import demo, entering, own_account, phoning, setting_passwords, signing_in

BLUEPRINTS = [
    signing_in.pages,
    setting_passwords.pages,
    own_account.pages,
    demo.pages,
    entering.pages,
    entering.api,
    phoning.pages,
]


def init_app(app: Flask) -> None:
    """Keep who comes back signed in, and let pages name a browser in words."""
    app.add_template_filter(own_account.browser_name)
    identify.init_app(app)
