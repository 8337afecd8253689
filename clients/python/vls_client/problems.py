"""What can go wrong, as exceptions. The tree is drawn in the package's docstring."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import httpx


class VlsError(Exception):
    """The root: catching it catches everything this package raises on its own account."""


class Unreachable(VlsError):
    """Nothing answered, or something else did in the service's place. What may be repeated was tried again first."""


class NotFinished(VlsError):
    """What was waited for was still queued or running when the patience ran out. It goes on; wait for it again."""


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong in what was sent; `pointer` is a JSON pointer into it."""

    pointer: str
    code: str
    detail: str


class Problem(VlsError):
    """An answer in the form of RFC 9457. Programs act on `code`, which never changes; people read `detail`."""

    def __init__(
        self,
        code: str,
        *,
        title: str = "",
        detail: str = "",
        status: int,
        params: Mapping[str, Any] | None = None,
        errors: tuple[FieldError, ...] = (),
        request_id: str | None = None,
    ) -> None:
        first = f" ({errors[0].pointer}: {errors[0].detail})" if errors else ""
        super().__init__(f"{status} {code}: {detail or title}{first}")
        self.code, self.title, self.detail, self.status = code, title, detail, status
        self.params: Mapping[str, Any] = params or {}
        self.errors, self.request_id = errors, request_id

    @classmethod
    def of(cls, response: httpx.Response) -> Self:
        """The problem in an answer whose body has been read, whoever sent it: the service, its token endpoint
        (RFC 6749 errors), or a proxy in front that knows nothing of either."""
        body = _json_object(response)
        errors = tuple(
            FieldError(str(each.get("pointer", "")), str(each.get("code", "")), str(each.get("detail", "")))
            for each in body.get("errors") or ()
        )
        return cls(
            str(body.get("code") or body.get("error") or f"http-{response.status_code}"),
            title=str(body.get("title") or response.reason_phrase),
            detail=str(body.get("detail") or body.get("error_description") or ""),
            status=response.status_code,
            params=body.get("params"),
            errors=errors,
            request_id=body.get("request_id") or response.headers.get("x-request-id"),
        )


def _json_object(response: httpx.Response) -> dict[str, Any]:
    try:
        body = response.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
