"""Start the web process and the worker, and tell the person where to go."""

import http.client
import os
import socket
import subprocess
import threading

from console import Stop, say, write
from environment import PYTHON, ROOT
from prepare import flask
from settings import port
from supervise import Process, Supervisor

# One open socket holds one thread for as long as a reader has the page open. 700 leaves room for some
# 600 readers (twenty classes at once) beside ordinary requests; threads are made only when needed, and
# one that waits costs little more than its stack's used pages. The application refuses sockets before
# the last thread is taken.
WEB_THREADS = 700


def require_free_port() -> None:
    """Raise `Stop` when something else listens where Foreword would."""
    number = port()
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host(), number))
        except OSError as error:
            again = f"choose another one: PORT={number + 1} make run"
            raise Stop(
                f"Port {number} cannot be used ({error.strerror}). If Foreword runs already, open "
                f"http://127.0.0.1:{number}; else {again}"
            ) from None


def host() -> str:
    """Return the address to listen on: loopback, unless a container says otherwise."""
    return os.environ.get("FOREWORD_LISTEN", "127.0.0.1")


def serve() -> int:
    """Run web and worker until told to stop; return the exit status."""
    os.environ["PORT"] = str(port())
    require_free_port()
    links = DemoLinks() if os.environ.get("FOREWORD_DEMO") == "1" else None
    say("Starting the web process and the worker")
    worker = [str(part) for part in flask("worker")]
    processes = [Process("web", web_arguments()), Process("worker", worker, waits=True)]
    return Supervisor(processes, is_answering, lambda: announce(links)).run()


def web_arguments() -> list[str]:
    """Return gunicorn's command line: one process, many threads (a second process needs Redis)."""
    options = {
        "--config": str(ROOT / "tools" / "web_process.py"),
        "--bind": f"{host()}:{port()}",
        "--worker-class": "gthread",
        "--workers": "1",
        "--threads": str(WEB_THREADS),
        "--worker-connections": str(WEB_THREADS * 2),
        "--graceful-timeout": "25",
        "--timeout": "120",
        "--keep-alive": "15",
        "--forwarded-allow-ips": "",  # whom to believe is the application's setting, FOREWORD_TRUSTED_PROXIES
        "--log-level": "warning",
    }
    # No control socket: nobody needs it, and a Unix socket's path may not be as long as a checkout's can be.
    flags = ["--no-control-socket", "wsgi:app"]
    return [str(PYTHON), "-m", "gunicorn", *(word for pair in options.items() for word in pair), *flags]


def is_answering() -> bool:
    """Say whether the web process answers at /healthz."""
    connection = http.client.HTTPConnection("127.0.0.1", port(), timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


class DemoLinks:
    """The demo people's sign-in links, asked for while the web process starts."""

    def __init__(self) -> None:
        self.text = ""
        self._thread = threading.Thread(target=self._ask, daemon=True)
        self._thread.start()

    def _ask(self) -> None:
        asked = subprocess.run(
            flask("demo", "--links"),
            cwd=ROOT,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        self.text = (
            asked.stdout if asked.returncode == 0 else f"No sign-in links: {asked.stderr.strip()[-300:]}"
        )

    def wait(self) -> str:
        self._thread.join()
        return self.text


def announce(links: DemoLinks | None) -> None:
    """Say where Foreword is and, in the demo, as whom one can sign in."""
    text = links.wait().rstrip() if links else ""
    say("Ready")
    write("")
    write(f"  Foreword is at http://127.0.0.1:{port()}    (Ctrl+C stops it)")
    for line in ["", *text.splitlines(), ""] if text else [""]:
        write(f"  {line}".rstrip())
