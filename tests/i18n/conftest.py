"""The application in a language that nobody speaks, see pseudo.py."""

from pathlib import Path

import pytest
from flask_babel import get_babel

from app.core.web import Foreword
from tests.browser.conftest import address, browser_type_launch_args, open_page

from .pseudo import LOCALE, write_pseudo

__all__ = ["address", "browser_type_launch_args", "open_page"]  # fixtures


@pytest.fixture(scope="session")
def pseudo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("translations")
    write_pseudo(folder)
    return folder


@pytest.fixture
def app(app: Foreword, pseudo_folder: Path) -> Foreword:
    """The application, which offers the pseudo language and no other."""
    app.config["SETTINGS"].locales = LOCALE
    get_babel(app).translation_directories = [str(pseudo_folder)]
    return app
