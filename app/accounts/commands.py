"""Commands for people: `flask user create`, `flask token create`."""

import secrets

import click
from flask.cli import AppGroup

from app.core import audit, mail
from app.core.db import session, unit_of_work
from app.core.errors import Problem

from . import queries
from .models import Account, Token
from .operations import people, setting_passwords

user = AppGroup("user", help="People of the school.")
token = AppGroup("token", help="Bearer tokens for programs.")
COMMANDS = [user, token]


@user.command("create")
@click.option("--email", required=True, help="the address to sign in with")
@click.option("--name", required=True, help="as the class reads it")
@click.option("--teacher", is_flag=True, help="may create courses")
@click.option("--admin", is_flag=True, help="may administer the school")
def create_user(email: str, name: str, teacher: bool, admin: bool) -> None:
    """Make an account; prints a link that works once, to set the password."""
    try:
        with unit_of_work():
            account = people.add_without_password(queries.the_school().id, name, email)
            account.may_create_courses, account.is_admin = teacher or admin, admin
            audit.record(
                "account.created",
                school_id=account.school_id,
                actor_id=None,
                object_id=account.id,
                admin=admin,
            )
            link = mail.public_url(f"/reset-password/{setting_passwords.new_link(account)}")
    except Problem as problem:
        raise click.ClickException(problem.detail) from problem
    click.echo(f"{account.name} is there. To set a password within two hours, open: {link}")


@token.command("create")
@click.option("--email", required=True, help="whose token: e-mail, sign-in name or id")
@click.option("--name", default="", help="what it is for")
def create_token(email: str, name: str) -> None:
    """Make a bearer token; prints it as the last word, this once."""
    account = known_person(email)
    secret = secrets.token_urlsafe(32)
    with unit_of_work():
        session.add(Token(account_id=account.id, token_hash=queries.token_hash(secret), name=name[:80]))
        audit.record("token.created", school_id=account.school_id, actor_id=None, object_id=account.id)
    click.echo(f"Token for {account.name}: {secret}")


def known_person(email_or_id: str) -> Account:
    """The person that a command names; ends the command if there is none."""
    account = queries.find_person(email_or_id)
    if account is None:
        raise click.ClickException(f"Nobody here is known as {email_or_id}.")
    return account
