"""The pages of a school's admins."""

from flask import Flask

from app.admin import wording

from . import health, log, merging, network, people, person, storage, work

BLUEPRINTS = [
    *(people.pages, person.pages, merging.pages, work.pages, storage.pages, log.pages, health.pages),
    network.pages,
]


def init_app(app: Flask) -> None:
    """Let pages say in words what an entry of the audit log tells."""
    app.add_template_filter(wording.deed)
    app.add_template_filter(wording.provider)
    app.add_template_filter(wording.size)
