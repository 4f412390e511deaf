"""What a test run has besides Python: the variables that the commands set for each leg, read in one place.

A test that needs one of these is marked (`postgres`, `redis`, `browser`); run by hand without the
variable, the fixtures fall back to what is plain on a developer's machine.
"""

import os
import shutil


def redis_url() -> str | None:
    """Return the URL of a Redis to test with, or None."""
    return os.environ.get("TEST_REDIS_URL")


def redis_prefix() -> str:
    """Return a name that every key of this run has to hold; the commands remove those keys afterwards."""
    return os.environ.get("TEST_REDIS_PREFIX", "forewordtest")


def chromium_path() -> str | None:
    """Return the path of the Chromium to drive; None lets Playwright use its own."""
    return os.environ.get("TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
