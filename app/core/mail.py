"""Mail: one plain-text message at a time. Without FOREWORD_MAIL_URL it is written to the log instead."""

import logging
import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

from flask import current_app

log = logging.getLogger(__name__)
TIMEOUT_S = 20
PERMANENT = 500


def is_set_up() -> bool:
    """Does mail leave this machine?"""
    return bool(current_app.config["SETTINGS"].mail_url)


def public_url(path: str) -> str:
    """An address for a mail. Never taken from a request: its Host header is the sender's to choose."""
    settings = current_app.config["SETTINGS"]
    base = settings.base_url or f"http://127.0.0.1:{settings.port}"
    return str(base).rstrip("/") + path


def reach() -> None:
    """Connect and sign in to the mail server, and send nothing; raises what ``send`` would."""
    with _connect(current_app.config["SETTINGS"].mail_url):
        pass


def send(to: str, subject: str, body: str) -> None:
    """Send a message, or write it to the log. Call it in a job: a mail server may be slow.

    Raises OSError or smtplib.SMTPException when the server does not take it now; the job tries again. An
    address that the server refuses for good is only noted: trying again would not help. ValueError says that
    an address or a subject has lines in it, which might smuggle in headers.
    """
    url = current_app.config["SETTINGS"].mail_url
    if not url:
        log.info("mail to %s: %s\n%s", to, subject, body)
        return
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = _sender(url), to, subject
    message.set_content(body)
    with _connect(url) as server:
        try:
            server.send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            if not _for_good(refused):
                raise
            log.warning("the mail server refuses an address for good: %s", refused.recipients)


def _for_good(refused: smtplib.SMTPRecipientsRefused) -> bool:
    """RFC 5321: 5xx is permanent, 4xx (a full or greylisted mailbox) is worth another try."""
    return all(code >= PERMANENT for code, _words in refused.recipients.values())


def _sender(url: str) -> str:
    named = parse_qs(urlsplit(url).query).get("from")
    host = urlsplit(public_url("")).hostname or "localhost"
    return named[0] if named else f"Foreword <foreword@{host}>"


def _connect(url: str) -> smtplib.SMTP:
    """`smtps://` speaks TLS from the start, `smtp://` switches to it where the server can.

    The server's certificate is checked, unless the address says ``?verify=no``.
    """
    parts = urlsplit(url)
    checked = ssl.create_default_context()
    if parse_qs(parts.query).get("verify") == ["no"]:
        checked.check_hostname, checked.verify_mode = False, ssl.CERT_NONE
    host = parts.hostname or "localhost"
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=TIMEOUT_S, context=checked)
    else:
        server = smtplib.SMTP(host, parts.port or 587, timeout=TIMEOUT_S)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=checked)
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server
