"""The demo people's sign-in links, new at each start."""

from flask import current_app

from app.accounts import demo_links
from app.accounts.queries import the_school

from . import material, people


def make() -> list[str]:
    """New links in place of all earlier ones, as lines ``Name (role): address``; empty without a demo."""
    accounts = people.known(the_school())
    tokens = demo_links.write([account.id for account in accounts.values()])
    roles = {key: person.role for key, person in material.course().people.items()}
    port = current_app.config["SETTINGS"].port
    return [
        f"{account.name} ({roles.get(key, 'student')}): http://{key}.localhost:{port}/demo/{tokens[account.id]}"
        for key, account in accounts.items()
    ]
