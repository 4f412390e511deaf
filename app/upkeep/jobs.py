"""What the worker does for upkeep."""

from flask import current_app

from app.core.jobs import job, sweep

from .operations import each_night, merging


@sweep(seconds=6 * 3600)
def forget_old_merges() -> None:
    """After 30 days, what moved when people were merged."""
    merging.forget_old()


@sweep(seconds=600)
def back_up_each_night() -> None:
    """Queue tonight's backup once its hour has come, and again where the machine slept through it."""
    if each_night.is_due(current_app.config["SETTINGS"]):
        make_backup()


@job(retries=0)  # the sweep asks again an hour after a failure
def make_backup() -> None:
    """Make tonight's backup, unless it was made since this was queued."""
    settings = current_app.config["SETTINGS"]
    if each_night.is_due(settings):
        each_night.make(current_app.extensions["foreword.engine"], settings)
