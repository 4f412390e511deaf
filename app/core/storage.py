"""Files: other people's bytes under random keys, and signed links to them on the content host."""

import hashlib
import hmac
import posixpath
import secrets
import shutil
from datetime import datetime
from typing import IO, Any

import fsspec
from flask import Flask, current_app, request
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from .db import Model, primary_id, session
from .errors import NotFound, TooLarge
from .ids import now

LINK_SECONDS = 6 * 3600
_CHUNK = 1 << 20


class File(Model):
    """A stored file. The key is random and never derives from the name; no school shares another's."""

    __tablename__ = "file"

    id: Mapped[str] = primary_id()
    school_id: Mapped[str] = mapped_column(String(36), index=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(default=now)


def init_app(app: Flask, url: str, secret: str) -> None:
    """Open the file system that holds the files."""
    filesystem, root = fsspec.core.url_to_fs(url, auto_mkdir=True)
    app.extensions["foreword.storage"] = (filesystem, root)
    app.extensions["foreword.links"] = URLSafeTimedSerializer(secret, salt="content")


def _place(key: str) -> tuple[Any, str]:
    filesystem, root = current_app.extensions["foreword.storage"]
    return filesystem, posixpath.join(root, key[:2], key)


def store(stream: IO[bytes], *, school_id: str, name: str, media_type: str, limit: int) -> File:
    """Copy a stream into storage and add its row; past ``limit`` bytes nothing is kept."""
    key = secrets.token_hex(24)
    filesystem, path = _place(key)
    digest, size = hashlib.sha256(), 0
    try:
        with filesystem.open(path, "wb") as target:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > limit:
                    raise TooLarge(
                        _("The file is larger than %(limit)s MB. Nothing was stored.", limit=limit >> 20)
                    )
                digest.update(chunk)
                target.write(chunk)
    except BaseException:
        if filesystem.exists(path):
            filesystem.rm(path)
        raise
    file = File(
        school_id=school_id,
        key=key,
        name=name[:255],
        media_type=media_type[:120],
        size=size,
        sha256=digest.hexdigest(),
    )
    session.add(file)
    session.flush()
    return file


def open_file(file: File) -> IO[bytes]:
    """Read a stored file."""
    filesystem, path = _place(file.key)
    try:
        stream: IO[bytes] = filesystem.open(path, "rb")
    except FileNotFoundError as error:
        raise NotFound(_("This file is missing from storage."), "file_missing") from error
    return stream


def remove(file: File) -> None:
    """Delete the bytes and the row."""
    remove_bytes(file.key)
    session.delete(file)


def remove_bytes(key: str) -> None:
    """Delete what is stored under a key, if anything."""
    filesystem, path = _place(key)
    if filesystem.exists(path):
        filesystem.rm(path)


def has_bytes(key: str) -> bool:
    """Is anything stored under the key?"""
    filesystem, path = _place(key)
    return bool(filesystem.exists(path))


def store_bytes(key: str, stream: IO[bytes]) -> None:
    """Store bytes under a key that a backup names; their row comes with it."""
    filesystem, path = _place(key)
    with filesystem.open(path, "wb") as target:
        shutil.copyfileobj(stream, target, _CHUNK)


def link(file: File) -> str:
    """A signed, short-lived address on the content host; it needs no cookie and grants nothing else."""
    token = current_app.extensions["foreword.links"].dumps(file.id)
    return f"{content_origin()}/content/{token}"


def linked_file(token: str) -> File:
    """The file that a signed link names."""
    try:
        file_id = current_app.extensions["foreword.links"].loads(token, max_age=LINK_SECONDS)
    except BadSignature as error:
        raise NotFound(_("This link has expired. Reload the page for a new one."), "link_expired") from error
    file = session.get(File, file_id)
    if file is None:
        raise NotFound(_("This file no longer exists."))
    return file


def content_origin() -> str:
    """Scheme and host of the content host: as set, else ``localhost`` beside the app's own address."""
    configured: str = current_app.config["SETTINGS"].content_url
    if configured:
        return configured.rstrip("/")
    port = request.host.rpartition(":")[2]
    host = "127.0.0.1" if request.host.split(":")[0] == "localhost" else "localhost"
    return f"{request.scheme}://{host}" + (f":{port}" if port.isdigit() else "")


def is_content_host(host: str) -> bool:
    """Whether files may be fetched from this host: the one that is set, else either name of this machine.

    Without a setting, an app on ``127.0.0.1`` has its files on ``localhost`` and the other way round; a request
    for a file cannot tell which of them the app is on. The signed link and the sandbox still hold.
    """
    configured: str = current_app.config["SETTINGS"].content_url
    if configured:
        return hmac.compare_digest(host, configured.rstrip("/").partition("://")[2])
    return host.partition(":")[0] in ("localhost", "127.0.0.1")


def health() -> bool:
    """Can storage be reached?"""
    filesystem, root = current_app.extensions["foreword.storage"]
    filesystem.makedirs(root, exist_ok=True)
    return bool(filesystem.exists(root))
