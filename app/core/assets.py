"""The names of the built front-end files, for templates.

``tools/build_frontend.py`` writes ``static/build/manifest.json``; here the templates' ``asset('page.js')``
and ``icon('check')`` are answered from it. Files carry a hash in their names, so they may be cached for ever.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TypedDict

from flask import Flask, current_app, url_for
from markupsafe import Markup


class Manifest(TypedDict):
    """What a build produced: logical name to file, an entry's shared parts, and the icons of the sprite."""

    files: dict[str, str]
    parts: dict[str, list[str]]
    icons: list[str]


@cache
def _read(path: Path, changed: float) -> Manifest:  # noqa: ARG001 - the time is there to forget an older build
    manifest: Manifest = json.loads(path.read_text(encoding="utf-8"))
    return manifest


def manifest() -> Manifest:
    """The manifest of the last build. Raises FileNotFoundError before the first one."""
    path = Path(current_app.static_folder or "static") / "build" / "manifest.json"
    return _read(path, path.stat().st_mtime)


def asset(name: str) -> str:
    """The address of a built file by its name, e.g. ``asset('page.js')``. Raises KeyError if unknown."""
    return url_for("static", filename=f"build/{manifest()['files'][name]}")


def asset_parts(name: str) -> list[str]:
    """Addresses of what an entry loads as well, so that a page can ask for them at once."""
    return [url_for("static", filename=f"build/{part}") for part in manifest()["parts"].get(name, [])]


def icon(name: str, label: str | None = None, size: int = 20) -> Markup:
    """An icon of the sprite, decorative unless it has a ``label``.

    One that was not built raises KeyError in tests and development; a school's page shows nothing instead.

    The build collects the names from lines with the word “icon” or a macro of ui.html on them, so write the name there.
    """
    if name not in manifest()["icons"]:
        if not (current_app.testing or current_app.debug):
            return Markup("")
        raise KeyError(f"no icon {name!r} in the sprite")
    said = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    drawing = Markup('<svg class="icon" width="{0}" height="{0}" {1}><use href="{2}#{3}"/></svg>')
    return drawing.format(size, said, asset("icons.svg"), name)


def init_app(app: Flask) -> None:
    """Give templates ``asset``, ``asset_parts`` and ``icon``."""
    app.jinja_env.globals.update(asset=asset, asset_parts=asset_parts, icon=icon)
