"""When to try again, and how long to wait first."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

# "Too many" and "not now": the service has done nothing and says so; or what stands before it did not reach it.
NOT_NOW = frozenset({429, 502, 503, 504})
IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})


def foreign(response: httpx.Response) -> bool:
    """Whether something else answered in the service's place: a proxy that did not reach it, a network's sign-in page.

    Every answer of the service carries its request id. What a proxy refuses on its own (413 and the like) is an answer.

    >>> foreign(httpx.Response(200, html="<h1>Welcome to the guest network</h1>"))
    True
    """
    return "x-request-id" not in response.headers and not response.is_client_error


@dataclass(frozen=True, slots=True)
class Retry:
    """Exponential backoff with full jitter: many clients that failed together do not come back together.

    `attempts` counts the first try. A `Retry-After` is honoured up to `patience` seconds; beyond it the caller gets
    the problem instead of a program that seems to hang.
    """

    attempts: int = 5
    first: float = 0.25
    longest: float = 8.0
    patience: float = 60.0

    def wait(self, attempt: int, response: httpx.Response | None = None) -> float | None:
        """Seconds to wait after try number `attempt` (from 1) failed; `None` means give up."""
        if attempt >= self.attempts:
            return None
        asked = None if response is None else retry_after(response)
        if asked is not None:
            return asked if asked <= self.patience else None
        return random.uniform(0, min(self.longest, self.first * 2 ** (attempt - 1)))  # noqa: S311 - spreads load only


def retry_after(response: httpx.Response) -> float | None:
    """The seconds a `Retry-After` asks for, whether written as seconds or as a date (RFC 9110, 10.2.3).

    >>> retry_after(httpx.Response(503, headers={"Retry-After": "5"}))
    5.0
    >>> retry_after(httpx.Response(503, headers={"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}))  # long ago
    0.0
    """
    text = response.headers.get("retry-after", "").strip()
    if text.isdecimal():
        return float(text)
    try:
        then = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (then.astimezone(UTC) - datetime.now(UTC)).total_seconds())
