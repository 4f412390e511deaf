"""Pages from the web: only public addresses, checked where the connection really goes."""

import http.server
import ipaddress
import socket
import threading
import time

import pytest

from app.core import addresses, jobs
from app.documents import fetch
from app.documents.problems import ImportProblem

PRIVATE = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "127.0.0.1", "127.1.2.3", "169.254.169.254",
    "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.168.0.1", "192.168.255.255", "198.18.0.1",
    "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b::a00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "2002:a00:1::",
    "fc00::1", "fd12:3456::1", "fe80::1", "fec0::1", "ff02::1",
]  # fmt: skip

WRITTEN_OTHERWISE = [
    "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/", "http://localhost/",
    "http://[::1]/", "http://[::ffff:7f00:1]/", "http://[::]/", "https://127.0.0.1:8443/", "http://0/",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_no_public_one(address):
    assert not addresses.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.215.14", "2606:4700:4700::1111", "::ffff:1.1.1.1"])
def test_a_public_address_is_one(address):
    assert addresses.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("url", WRITTEN_OTHERWISE)
def test_a_private_address_is_found_however_it_is_written(url):
    with pytest.raises(ImportProblem) as problem:
        fetch.fetch(url)
    assert problem.value.code in {"private_address", "unknown_host"}


@pytest.mark.parametrize(
    "url", ["ftp://a.example/", "http://a:b@a.example/", "http://a.example:99999/", "http:///x", "//a"]
)
def test_what_is_no_web_address_is_not_fetched(url):
    with pytest.raises(ImportProblem) as problem:
        fetch.fetch(url)
    assert problem.value.code == "bad_address"


def test_only_ports_of_the_web_are_asked(monkeypatch):
    monkeypatch.setattr(addresses, "resolved", lambda *_args: [ipaddress.ip_address("1.1.1.1")])
    with pytest.raises(addresses.Unreachable) as problem:
        addresses.checked("a.example", 22, 1)
    assert problem.value.code == "private_address"


def test_one_private_address_among_several_refuses_the_name(monkeypatch):
    both = [ipaddress.ip_address("1.1.1.1"), ipaddress.ip_address("10.0.0.1")]
    monkeypatch.setattr(addresses, "resolved", lambda *_args: both)
    with pytest.raises(addresses.Unreachable):
        addresses.checked("a.example", 443, 1)


class Site(http.server.BaseHTTPRequestHandler):
    """A small site on loopback, which the tests declare public."""

    asked: list[str] = []

    def do_GET(self) -> None:
        Site.asked.append(f"{self.headers['Host']} {self.path}")
        getattr(self, "page_" + self.path.strip("/").replace("-", "_"))()

    def answer(self, body: bytes, media_type: str = "text/html", status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": media_type, **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def page_lesson(self) -> None:
        words = "Light bends when it passes from air into glass. " * 12
        self.answer(
            f"<html><title>Optics</title><body><p>{words}</p><script>x</script></body></html>".encode()
        )

    def page_moved(self) -> None:
        self.answer(b"", status=302, Location="/lesson")

    def page_inward(self) -> None:
        self.answer(b"", status=302, Location="http://169.254.169.254/latest/meta-data")

    def page_to_a_file(self) -> None:
        self.answer(b"", status=302, Location="file:///etc/passwd")

    def page_round(self) -> None:
        self.answer(b"", status=302, Location="/round")

    def page_picture(self) -> None:
        self.answer(b"x", "image/png")

    def page_gone(self) -> None:
        self.answer(b"no", status=404)

    def page_huge(self) -> None:
        try:
            self.answer(b"x" * (fetch.MAX_BYTES + 1))
        except OSError:
            return

    def page_drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        try:
            for _second in range(50):
                self.wfile.write(b"x")
                time.sleep(0.1)
        except OSError:
            return

    def page_no_status(self) -> None:
        self.wfile.write(b"banana\r\n\r\n")

    def page_half_a_status(self) -> None:
        self.wfile.write(b"HTTP/")

    def page_endless_header(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000 + b"\r\n\r\n")

    def page_hundreds_of_headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 300 + b"\r\n")

    def page_cut_off(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99\r\n\r\n<p>Half")

    def page_odd_chunks(self) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
        self.wfile.write(head + b"banana\r\nx\r\n")

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(monkeypatch):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    monkeypatch.setattr(addresses, "PORTS", frozenset({port, 80}))
    really_public = addresses.is_public
    monkeypatch.setattr(addresses, "is_public", lambda each: str(each) == "127.0.0.1" or really_public(each))
    Site.asked.clear()
    yield f"http://127.0.0.1:{port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["lesson", "moved"])
def test_a_page_is_fetched_also_where_it_has_moved(site, path):
    page = fetch.fetch(f"{site}/{path}")
    assert page.media_type == "text/html"
    assert b"Light bends" in page.body


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("inward", "private_address"),
        ("to-a-file", "bad_address"),
        ("round", "too_many_redirects"),
        ("picture", "not_a_page"),
        ("gone", "refused"),
        ("huge", "page_too_large"),
        ("no-status", "no_answer"),
        ("half-a-status", "no_answer"),
        ("endless-header", "no_answer"),
        ("hundreds-of-headers", "no_answer"),
        ("cut-off", "no_answer"),
        ("odd-chunks", "no_answer"),
    ],
)
def test_what_stands_in_the_way_is_said(site, path, code):
    with pytest.raises(ImportProblem) as problem:
        fetch.fetch(f"{site}/{path}")
    assert problem.value.code == code


def test_a_page_that_drips_does_not_hold_the_worker(site, monkeypatch):
    monkeypatch.setattr(fetch, "SECONDS", 0.6)
    with pytest.raises(ImportProblem) as problem:
        fetch.fetch(f"{site}/drip")
    assert problem.value.code == "page_too_slow"


def test_a_name_that_changes_its_answer_is_asked_once(site, monkeypatch):
    """DNS rebinding: the second answer would be another address, and nobody asks for it."""
    port = int(site.rpartition(":")[2])
    really = socket.getaddrinfo
    asked = []

    def rebinding(host, *rest, **more):
        if host != "rebinding.example":
            return really(host, *rest, **more)
        asked.append(host)
        return really("127.0.0.1" if len(asked) == 1 else "10.0.0.1", *rest, **more)

    monkeypatch.setattr(addresses.socket, "getaddrinfo", rebinding)
    page = fetch.fetch(f"http://rebinding.example:{port}/lesson")
    assert b"Light" in page.body
    assert len(asked) == 1
    assert Site.asked == [f"rebinding.example:{port} /lesson"]


def test_a_page_becomes_a_reading_with_its_own_title(cast, site):
    made = cast.teacher.post(f"/v1/courses/{cast.course.id}/documents", json={"url": f"{site}/lesson"})
    jobs.run_pending()
    document = cast.teacher.get(f"/v1/documents/{made.get_json()['id']}").get_json()
    assert (document["status"], document["title"], document["problem"]) == ("ready", "Optics", None)
    html = cast.teacher.get(f"/v1/documents/{document['id']}/content").get_json()["html"]
    assert "<script" not in html
