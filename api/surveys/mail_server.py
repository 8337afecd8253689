"""The municipality's mail server: a connection as the settings want it, and what is wrong when there is none."""

import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import aiosmtplib

from api.settings import Settings


@asynccontextmanager
async def connected(settings: Settings) -> AsyncIterator[aiosmtplib.SMTP]:
    """Nothing is said to a server whose certificate is not known to be its own, nor without TLS where that is asked."""
    password = settings.smtp_password
    server = aiosmtplib.SMTP(
        hostname=settings.smtp_host,
        port=settings.smtp_port,
        username=settings.smtp_username or None,
        password=password.get_secret_value() or None if password else None,
        use_tls=settings.smtp_security == "tls",
        start_tls=settings.smtp_security == "starttls",
        cert_bundle=str(settings.smtp_ca_file) if settings.smtp_ca_file else None,
        timeout=30,
    )
    async with server:
        yield server


def problem_of(error: Exception) -> str:
    """The code of what hinders the mails."""
    no_starttls = type(error) is aiosmtplib.SMTPException and "STARTTLS extension" in str(error)
    if no_starttls or any(isinstance(cause, ssl.SSLError) for cause in _causes(error)):
        return "mail-server-not-trusted"
    if isinstance(error, OSError):  # aiosmtplib's own errors of the line are that as well
        return "mail-server-away"
    return "mail-server-refused"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
