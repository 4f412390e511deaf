"""The web process answers early: what takes long to load is loaded by whoever needs it."""

import subprocess
import sys

from app.config import ROOT

LATER = {
    "aiohttp",
    "alembic",
    "authlib",
    "ffmpeg",
    "huey",
    "imageio_ffmpeg",
    "mako",
    "numpy",
    "onnxruntime",
    "PIL",
    "psycopg",
    "pygments",
    "pypdfium2",
    "readability",
    "redis",
    "requests",
    "rich",
    "scipy",
    "sklearn",
    "socketio",
    "spacy",
    "sqlalchemy.dialects.postgresql",
    "tokenizers",
}


def test_the_web_process_starts_without_what_it_may_never_need(tmp_path):
    asked = subprocess.run(
        [sys.executable, "-c", "import sys, wsgi; print(*sys.modules)"],
        cwd=ROOT,
        env={"FOREWORD_INSTANCE": str(tmp_path), "FOREWORD_DEMO": "0"},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(asked.stdout.split())
    assert "app.annotations.routes" in loaded
    assert loaded & LATER == set()
