"""The demo course and its sign-in links, on the command line."""

import click
from flask import current_app
from flask.cli import with_appcontext

from app.core.db import unit_of_work

from . import filling, links
from .simulation import running


@click.command()
@click.option("--links", "only_links", is_flag=True, help="Print new sign-in links of the demo people.")
@with_appcontext
def demo(only_links: bool) -> None:
    """Fill the demo course; what is there already stays as it is."""
    if only_links:
        _print_links()
    elif filling.fill():
        click.echo("The demo course is ready. Its annotations are rated as soon as a worker runs.")
    else:
        click.echo("The demo course was there already; nothing has changed.")


def _print_links() -> None:
    if not current_app.config["SETTINGS"].demo:
        raise click.ClickException("Sign-in links are made only with FOREWORD_DEMO=1.")
    with unit_of_work():
        lines = links.make()
    if not lines:
        raise click.ClickException("There is no demo course yet. Fill it first: flask --app wsgi demo")
    click.echo("\n".join(lines))


@click.command()
@click.option("--students", type=click.IntRange(1, 5_000), default=30, show_default=True)
@click.option("--documents", type=click.IntRange(1, 100), default=3, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed writes the same words.")
@with_appcontext
def simulate(students: int, documents: int, seed: int) -> None:
    """Make a populated course by the verbs, rated and reported; prints what was made."""
    course_id, made = running.simulate(students, documents, seed)
    click.echo(f"{'course':<20}{course_id}")
    for name, number in made.items():
        click.echo(f"{name:<20}{number:>8,}")


COMMANDS = (demo, simulate)
