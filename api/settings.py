"""Settings: each is an environment variable with the prefix `VLS_` and, where it matters, a command line option."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, FilePath, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from api.access.issuers import Issuer


class Settings(BaseSettings):
    """What one process of the system is told at start. Nothing else is read from the environment."""

    model_config = SettingsConfigDict(env_prefix="VLS_", extra="ignore")

    database_url: str | None = Field(
        None,
        description="PostgreSQL 15-18 for the API's own login; without it the embedded PostgreSQL is used",
    )
    migrate_database_url: str | None = Field(
        None,
        description="The login that owns the tables; only `vls migrate` and the operator's commands use it",
    )
    data_dir: Path = Field(Path(".data"), description="Where the embedded PostgreSQL and the generated secret live")
    host: str = "127.0.0.1"
    port: int = 8000
    secret_key: SecretStr | None = Field(
        None, min_length=32, description="Signs tokens and links; generated in the data folder when embedded"
    )
    public_url: str | None = Field(None, description="The address people reach the API at, when behind a proxy")
    survey_url: str | None = Field(
        None, description="What links to the questionnaire begin with, the token comes last; default PUBLIC_URL/svar#"
    )
    smtp_host: str | None = Field(None, description="The server that sends invitations; without it nobody is mailed")
    smtp_port: int = Field(587, ge=1, le=65535)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_ca_file: Annotated[FilePath | None, BeforeValidator(lambda given: given or None)] = Field(
        None,
        description="PEM file with the authority behind the mail server's certificate, where it is your own",
    )
    smtp_username: str | None = None
    smtp_password: SecretStr | None = None
    smtp_sender: str | None = Field(None, description="The address invitations come from")
    oidc_issuers: tuple[Issuer, ...] = Field(
        (), description="JSON: whose tokens people may use, and what their claims mean (docs/access.md)"
    )
    token_minutes: int = Field(15, ge=1, le=60)
    link_minutes: int = Field(60, ge=1, le=24 * 60)
    worker: bool = Field(True, description="Also run queued jobs in the serving process")
    job_silence_seconds: float = Field(
        30, ge=1, description="A job whose worker has been silent this long is given to another worker"
    )
    report_file_days: int = Field(30, ge=1, le=3650, description="The files of a report batch are kept this long")
    database_pool: int = Field(10, ge=1, le=200)
    database_wait_seconds: float = Field(10, gt=0, description="A request that gets no connection in time answers 503")
    render_workers: int = Field(2, ge=1, le=64)
    render_queue: int = Field(32, ge=1, description="Documents waiting beyond this answer 503")
    render_seconds: float = Field(20, gt=0, description="Deadline for one document")
    max_body_bytes: int = Field(4 * 1024 * 1024, ge=1024)
    max_import_bytes: int = Field(64 * 1024 * 1024, ge=1024)

    @property
    def secret(self) -> str:
        """The secret, without which nothing is signed or sealed."""
        if self.secret_key is None:
            raise ValueError("no secret: set VLS_SECRET_KEY to at least 32 characters")
        return self.secret_key.get_secret_value()


def sqlalchemy_url(url: str) -> str:
    """Any `postgresql://` address, as the asyncpg dialect wants it."""
    for prefix in ("postgresql+asyncpg://", "postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+asyncpg://" + url.removeprefix(prefix)
    raise ValueError("a database address starts with postgresql://")


def same_database(one: str, other: str) -> bool:
    """Whether two addresses lead to the same database, by whatever login.

    >>> same_database("postgresql://owner@db/vls", "postgresql://api:secret@db:5432/vls")
    True
    >>> same_database("postgresql://owner@db/vls", "postgresql://owner@db/other")
    False
    """

    from sqlalchemy.engine import make_url  # noqa: PLC0415 - the command line reads settings before it needs it

    def place(address: str) -> tuple[object, object, object]:
        url = make_url(sqlalchemy_url(address))
        return url.host or url.query.get("host"), url.port or url.query.get("port") or 5432, url.database

    return place(one) == place(other)
