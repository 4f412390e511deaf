"""Mail to a real SMTP server: what it is told, what it refuses, and what happens while it is not there."""

import smtplib
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from app.accounts.jobs import mail_password_link
from app.core import jobs, mail
from app.core.db import unit_of_work


class Postbox:
    """What the server has taken; ``answers`` are its refusals by address."""

    def __init__(self) -> None:
        self.taken: list[tuple[list[str], bytes]] = []
        self.answers: dict[str, str] = {}
        self.signed_in: list[tuple[bytes, bytes]] = []

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802  # as aiosmtpd calls it
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  # as aiosmtpd calls it
        self.taken.append((envelope.rcpt_tos, envelope.content))
        return "250 taken"

    def authenticate(self, _server, _session, _envelope, _mechanism, login):
        self.signed_in.append((login.login, login.password))
        return AuthResult(success=login.password == b"p@ss/word", handled=False)

    @property
    def letters(self):
        return [message_from_bytes(content, policy=policy.default) for _to, content in self.taken]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def port(postbox) -> Iterator[int]:
    found = free_port()
    server = Controller(
        postbox,
        hostname="127.0.0.1",
        port=found,
        authenticator=postbox.authenticate,
        auth_require_tls=False,
    )
    server.start()
    yield found
    server.stop()


@pytest.fixture
def at(app, monkeypatch):
    """Point the application at a mail server."""

    def point(url: str) -> None:
        monkeypatch.setattr(app.config["SETTINGS"], "mail_url", url)
        monkeypatch.setattr(app.config["SETTINGS"], "base_url", "https://school.example")

    return point


@pytest.fixture
def ana_by_mail(cast):
    with unit_of_work():
        cast.ana.account.email = "ana@school.example"
        from app.core.db import session

        session.merge(cast.ana.account)
    return cast.ana


def test_a_letter_arrives_as_it_was_written(cast, postbox, port, at):
    at(f"smtp://127.0.0.1:{port}?from=Hill School <post@school.example>")
    mail.send("ana@school.example", "Grüße – 你好", "Wörter\n.\nand on\n")
    (letter,) = postbox.letters
    assert (letter["From"], letter["To"]) == ("Hill School <post@school.example>", "ana@school.example")
    assert letter["Subject"] == "Grüße – 你好"
    assert letter.get_content().splitlines() == ["Wörter", ".", "and on"]


def test_the_sender_signs_in_with_what_the_address_says(cast, postbox, port, at):
    at(f"smtp://post%40school:p%40ss%2Fword@127.0.0.1:{port}")
    mail.send("ana@school.example", "x", "y")
    assert postbox.signed_in == [(b"post@school", b"p@ss/word")]
    assert len(postbox.taken) == 1


def test_a_wrong_password_is_an_error_that_the_job_tries_again(cast, postbox, port, at):
    at(f"smtp://post:wrong@127.0.0.1:{port}")
    with pytest.raises(smtplib.SMTPAuthenticationError):
        mail.send("ana@school.example", "x", "y")
    assert postbox.taken == []


def test_an_address_refused_for_good_is_noted_and_not_tried_again(cast, postbox, port, at, caplog):
    at(f"smtp://127.0.0.1:{port}")
    postbox.answers["gone@school.example"] = "550 no such mailbox"
    mail.send("gone@school.example", "x", "y")
    assert "refuses an address for good" in caplog.text
    assert postbox.taken == []


def test_an_address_refused_for_now_is_tried_again(cast, postbox, port, at):
    at(f"smtp://127.0.0.1:{port}")
    postbox.answers["full@school.example"] = "452 mailbox full"
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        mail.send("full@school.example", "x", "y")


@pytest.mark.parametrize("lines", ["\n", "\r\n", "\r"])
def test_no_header_can_be_smuggled_in(cast, postbox, port, at, lines):
    at(f"smtp://127.0.0.1:{port}")
    for to, subject in (
        (f"ana@school.example{lines}Bcc: eve@evil.example", "x"),
        ("ana@school.example", f"x{lines}Bcc: eve@evil.example"),
    ):
        with pytest.raises(ValueError, match="linefeed or carriage return"):
            mail.send(to, subject, "y")
    assert postbox.taken == []


def test_a_name_with_lines_in_it_stays_in_the_letter(app, cast, postbox, port, at):
    at(f"smtp://127.0.0.1:{port}")
    mail.send("ana@school.example", "x", "Hello Ana\r\nBcc: eve@evil.example\r\n.\r\nMAIL FROM:<x>\r\n")
    assert [to for to, _content in postbox.taken] == [["ana@school.example"]]
    assert postbox.letters[0]["Bcc"] is None


def test_a_letter_waits_for_a_server_that_is_down(app, ana_by_mail, postbox, at):
    """The job fails, is put off, and the letter goes out once the server is back."""
    port = free_port()
    at(f"smtp://127.0.0.1:{port}")
    mail_password_link(ana_by_mail.id)
    assert jobs.run_pending() == 1
    queue = jobs.opened()
    assert queue.scheduled_count() == 1
    server = Controller(postbox, hostname="127.0.0.1", port=port)
    server.start()
    try:
        later = datetime.now(UTC).replace(tzinfo=None) + timedelta(hours=1)
        for task in queue.read_schedule(later):
            queue.execute(task, later)
    finally:
        server.stop()
    (letter,) = postbox.letters
    assert letter["To"] == "ana@school.example"
    assert "https://school.example/reset-password/" in letter.get_content()
