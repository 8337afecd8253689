"""Logs: one JSON object a line, and never the values of variables: they may be somebody's answers."""

import sys
import traceback
from collections.abc import Iterator
from types import TracebackType

import asyncpg
import structlog
from sqlalchemy.exc import DBAPIError

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def log_as_json() -> None:
    structlog.configure(
        processors=[
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.add_log_level,
            structlog.processors.ExceptionRenderer(formatted),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def formatted(exc_info: ExcInfo) -> str:
    """The traceback. PostgreSQL quotes the row it refuses, so its errors are told by their code and constraint."""
    chain = list(_chain(exc_info[1]))
    if not any(isinstance(error, asyncpg.PostgresError | DBAPIError) for error in chain):
        return "".join(traceback.format_exception(*exc_info))
    lines = []
    for error in reversed(chain):
        lines += traceback.format_tb(error.__traceback__)
        known = (getattr(error, name, None) for name in ("sqlstate", "table_name", "constraint_name"))
        lines.append(" ".join([type(error).__name__, *(str(word) for word in known if word)]) + "\n")
    return "".join(lines)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
