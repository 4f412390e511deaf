"""Every setting: its name, type, default, and one line of why. Nothing else reads the environment."""

import secrets
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class SettingsError(Exception):
    """A setting cannot be used; its text is one sentence that names it."""


class Settings(BaseSettings):
    """Settings come from the environment or a ``.env`` file; all have working defaults."""

    model_config = SettingsConfigDict(
        env_prefix="FOREWORD_", env_file=ROOT / ".env", extra="ignore", populate_by_name=True
    )

    instance: Annotated[Path, Field(description="where the default database, files and keys live")] = (
        ROOT / "instance"
    )
    database_url: Annotated[str, Field(description="SQLAlchemy URL; empty means SQLite in instance/")] = ""
    redis_url: Annotated[str, Field(description="Redis for the queue and rate limits; empty: embedded")] = ""
    storage_url: Annotated[str, Field(description="any fsspec URL for files; empty: instance/media")] = ""
    base_url: Annotated[str, Field(description="the address people type; empty: taken from the request")] = ""
    content_url: Annotated[str, Field(description="another host name, for other people's bytes")] = ""
    trusted_proxies: Annotated[int, Field(ge=0, le=5, description="reverse proxies in front of us")] = 0
    secret_key: Annotated[str, Field(description="signs cookies and links; made in instance/ if empty")] = ""
    mail_url: Annotated[str, Field(description="smtp://…; empty: mails are written to the log")] = ""
    demo: Annotated[bool, Field(description="sign-in links for the demo people; loopback only")] = False
    production: Annotated[bool, Field(description="refuse what is only fit for trying out")] = False
    rate_limits: Annotated[Literal["on", "off"], Field(description="off for benchmarks only")] = "on"
    open_registration: Annotated[bool, Field(description="may people register without a join code")] = False
    max_upload_mb: Annotated[int, Field(ge=1, description="largest file that may be uploaded")] = 2048
    max_sockets: Annotated[int, Field(ge=1, description="open live connections; below the threads")] = 600
    on_premise_hosts: Annotated[
        str, Field(description="LMS hosts inside the school's network, see docs/lti.md")
    ] = ""
    ca_file: Annotated[str, Field(description="certificates of the school's own authority (PEM)")] = ""
    rating_model: Annotated[Literal["licensed", "full"], Field(description="see docs/model-card.md")] = (
        "licensed"
    )
    backups_kept: Annotated[
        int, Field(ge=0, le=1000, description="nightly backups to keep; 0: none is made, you make them")
    ] = 7
    backup_hour: Annotated[int, Field(ge=0, le=23, description="when, by this machine's clock")] = 2
    backup_folder: Annotated[
        Path, Field(description="where to, best another disk; empty: instance/backups")
    ] = Path()
    topic_words_url: Annotated[
        str,
        Field(description="chat completions that word the report's topics; empty: nothing is sent anywhere"),
    ] = ""
    topic_words_model: Annotated[str, Field(description="the model's name there")] = ""
    topic_words_key: Annotated[str, Field(description="its key, if it wants one")] = ""
    locales: Annotated[str, Field(description="interface languages offered, comma separated")] = "en,de"
    port: Annotated[int, Field(ge=1, le=65535, validation_alias="PORT", description="web port")] = 8000

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, value: str) -> str:
        if value and len(value) < 32:
            raise ValueError("must have at least 32 characters")
        return value

    @field_validator("ca_file")
    @classmethod
    def _readable(cls, value: str) -> str:
        if value and not Path(value).is_file():
            raise ValueError("must name a file")
        return value

    @property
    def backup_note(self) -> Path:
        """Where it is noted when the last backup was made, and how it went."""
        return self.instance / "last_backup.json"

    def complete(self) -> "Settings":
        """Fill what depends on other settings, and refuse what must not be combined."""
        self.instance.mkdir(parents=True, exist_ok=True)
        if self.production and self.demo:
            raise SettingsError("FOREWORD_DEMO=1 and FOREWORD_PRODUCTION=1 exclude each other.")
        self.database_url = self.database_url or f"sqlite:///{self.instance / 'foreword.db'}"
        if self.database_url.startswith("postgresql://"):
            self.database_url = self.database_url.replace("postgresql://", "postgresql+psycopg://", 1)
        self.storage_url = self.storage_url or (self.instance / "media").as_uri()
        self.backup_folder = self.instance / "backups" if self.backup_folder == Path() else self.backup_folder
        self.secret_key = self.secret_key or _kept_secret(self.instance / "secret_key")
        return self


def load_settings(**overrides: Any) -> Settings:
    """Read the settings; a bad value stops the start with one sentence that names it."""
    try:
        return Settings(**overrides).complete()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper()
        name = name if name == "PORT" else f"FOREWORD_{name}"
        raise SettingsError(f"The setting {name} cannot be used: {first['msg']}.") from error


def _kept_secret(path: Path) -> str:
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()
