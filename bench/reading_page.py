"""The reading page with 400 annotations: JavaScript, time until it can be used, SQL statements.

The time is taken in Chromium with its processor four times slower and a line of 10 Mbit/s with 40 ms
round trips, from the navigation until the first thread stands beside the text.
"""

import gzip
import json
import os
import shutil
import subprocess
from collections.abc import Iterator

from playwright.sync_api import Page, sync_playwright

from .figures import Figure, percentile
from .server import PYTHON, ROOT, Server

ROUNDS = 5
STATIC = ROOT / "app" / "static"
LINE = {"offline": False, "latency": 40, "downloadThroughput": 10e6 / 8, "uploadThroughput": 10e6 / 8}
WATCH = """
new MutationObserver((_changes, watching) => {
  if (!document.querySelector("article.thread")) return;
  watching.disconnect();
  console.info(`usable ${performance.now()}`);
}).observe(document, { childList: true, subtree: true });
"""
COUNT = """
import json, sys
from sqlalchemy import event
from app import create_app
app = create_app()
count = []
event.listen(app.extensions["foreword.engine"], "before_cursor_execute", lambda *_: count.append(1))
client = app.test_client(use_cookies=False)
found = {}
for name, path in json.loads(sys.argv[1]).items():
    client.get(path, headers={"Authorization": "Bearer " + sys.argv[2]})  # what is remembered is remembered
    count.clear()
    answer = client.get(path, headers={"Authorization": "Bearer " + sys.argv[2]})
    assert answer.status_code == 200, answer.status
    found[name] = len(count)
print(json.dumps(found))
"""


def measure(server: Server) -> Iterator[Figure]:
    """Bytes of JavaScript, milliseconds until usable, statements of the page and of the list."""
    yield from _statements(server)
    assignment = server.world["assignments"]["400"]
    address = f"http://127.0.0.1:{server.port}/assignments/{assignment}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=["--no-sandbox", "--disable-background-networking"],
        )
        rounds = []
        for _ in range(ROUNDS):
            context = browser.new_context(
                viewport={"width": 1366, "height": 768},
                extra_http_headers={"Authorization": f"Bearer {server.world['students'][1]}"},
            )
            rounds.append(_open(context.new_page(), address))
            context.close()
        browser.close()
    yield Figure("reading page: JavaScript, gzip, without pdf.js", rounds[0][1] / 1000, "kB", most=150)
    yield Figure(
        "reading page: usable (4× slower, 10 Mbit/s)", percentile([r[0] for r in rounds], 0.5), "ms", 1500
    )


def _open(page: Page, address: str) -> tuple[float, int]:
    """Milliseconds until the first thread shows, and the gzipped bytes of all scripts that came."""
    scripts: set[str] = set()
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", LINE)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.on("request", lambda request: scripts.add(request.url.rpartition("/static/")[2]))
    page.add_init_script(WATCH)  # the page notes the moment itself: asking it from outside takes its time
    with page.expect_console_message(lambda said: said.text.startswith("usable "), timeout=60_000) as said:
        page.goto(address, wait_until="commit")
    ms = said.value.text.removeprefix("usable ")
    page.wait_for_load_state("load")
    ours = [STATIC / name for name in scripts if name.endswith(".js") and "pdf" not in name]
    return float(ms), sum(len(gzip.compress(path.read_bytes(), 9)) for path in ours)


def _statements(server: Server) -> Iterator[Figure]:
    paths = {}
    for number in ("100", "400"):
        assignment = server.world["assignments"][number]
        paths[f"page, {number}"] = f"/assignments/{assignment}"
        paths[f"list, {number}"] = f"/api/v1/assignments/{assignment}/annotations"
    command = [PYTHON, "-c", COUNT, json.dumps(paths), server.world["students"][1]]
    environment = os.environ | server.environment
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout.splitlines()[-1])
    yield Figure("reading page with 400 annotations: SQL statements", found["page, 400"], "", most=12)
    yield Figure("its list of annotations: SQL statements", found["list, 400"], "", most=12)
    grown = found["page, 400"] + found["list, 400"] - found["page, 100"] - found["list, 100"]
    yield Figure("SQL statements more for 400 than for 100", grown, "", most=0)
