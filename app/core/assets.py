"""The names of the built front-end files, for templates.

``tools/build_frontend.py`` writes ``static/build/manifest.json``; here the templates' ``asset('page.js')``
and ``icon('check')`` are answered from it. Files carry a hash in their names, so they may be cached for ever.
"""

from __future__ import annotations

import json
import re
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import TypedDict

from flask import Flask, Response, current_app, request, url_for
from flask_babel import get_locale, get_translations
from markupsafe import Markup

HASHED = re.compile(r"^/static/build/[\w-]+-[A-Za-z0-9]{8,10}\.\w+$")


class Manifest(TypedDict):
    """What a build produced.

    Logical name to file, an entry's shared parts, the icons of the sprite, and what the code says to people
    (``[text]``, or ``[one, many]`` where it goes by number).
    """

    files: dict[str, str]
    parts: dict[str, list[str]]
    icons: list[str]
    messages: list[list[str]]


@cache
def _read(path: Path, _changed: float) -> Manifest:
    """The manifest as it was at a time: a newer build has another, so the older is not asked for again."""
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

    The build collects the names from lines with the word “icon” or a macro of ui.html on them, so write
    the name there.
    """
    if name not in manifest()["icons"]:
        if not (current_app.testing or current_app.debug):
            return Markup("")
        raise KeyError(f"no icon {name!r} in the sprite")
    said = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    drawing = Markup('<svg class="icon" width="{0}" height="{0}" {1}><use href="{2}#{3}"/></svg>')
    return drawing.format(size, said, asset("icons.svg"), name)


def browser_messages() -> dict[str, object]:
    """The translations that the page's code (lib/messages.ts) needs; none for English, which it holds."""
    locale = str(get_locale() or "en")
    if locale.partition("_")[0] == "en":
        return {"locale": locale, "messages": {}}
    catalogue = get_translations()
    said = {message[0]: _translated(catalogue, message) for message in manifest()["messages"]}
    return {"locale": locale, "messages": {key: value for key, value in said.items() if value}}


def _translated(catalogue: NullTranslations, message: list[str]) -> str | list[str] | None:
    """One message in the catalogue's language; all plural forms, in gettext's order, if it has a number."""
    if len(message) == 1:
        return catalogue.gettext(message[0])
    forms: dict[object, str] = getattr(catalogue, "_catalog", {})
    found = [forms.get((message[0], number)) for number in range(6)]
    return [form for form in found if form] or None


def _keep_for_ever(response: Response) -> Response:
    """A file with a hash in its name never changes."""
    if response.status_code in (200, 206, 304) and HASHED.search(request.path):
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def init_app(app: Flask) -> None:
    """Give templates ``asset``, ``asset_parts``, ``icon``, ``browser_messages``; let browsers keep files."""
    app.jinja_env.globals.update(
        asset=asset, asset_parts=asset_parts, icon=icon, browser_messages=browser_messages
    )
    app.after_request(_keep_for_ever)
