"""Mail: one plain-text message at a time. Without FOREWORD_MAIL_URL it is written to the log instead."""

import logging
import smtplib
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

from flask import current_app

log = logging.getLogger(__name__)
TIMEOUT_S = 20


def is_set_up() -> bool:
    """Does mail leave this machine?"""
    return bool(current_app.config["SETTINGS"].mail_url)


def public_url(path: str) -> str:
    """An address for a mail. Never taken from a request: its Host header is the sender's to choose."""
    settings = current_app.config["SETTINGS"]
    base = settings.base_url or f"http://127.0.0.1:{settings.port}"
    return str(base).rstrip("/") + path


def send(to: str, subject: str, body: str) -> None:
    """Send a message, or write it to the log. Call it in a job: a mail server may be slow.

    Raises OSError or smtplib.SMTPException when the server does not take it; the job tries again.
    """
    url = current_app.config["SETTINGS"].mail_url
    if not url:
        log.info("mail to %s: %s\n%s", to, subject, body)
        return
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = _sender(url), to, subject
    message.set_content(body)
    with _connect(url) as server:
        server.send_message(message)


def _sender(url: str) -> str:
    named = parse_qs(urlsplit(url).query).get("from")
    host = urlsplit(public_url("")).hostname or "localhost"
    return named[0] if named else f"Foreword <foreword@{host}>"


def _connect(url: str) -> smtplib.SMTP:
    """`smtps://` speaks TLS from the start, `smtp://` switches to it where the server can."""
    parts = urlsplit(url)
    host = parts.hostname or "localhost"
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=TIMEOUT_S)
    else:
        server = smtplib.SMTP(host, parts.port or 587, timeout=TIMEOUT_S)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls()
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server
