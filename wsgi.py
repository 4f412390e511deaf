"""The WSGI application, for gunicorn and for `flask --app wsgi`."""

import sys

from app import create_app
from app.config import SettingsError

try:
    app = create_app()
except SettingsError as error:
    sys.exit(f"Foreword cannot start: {error}")
