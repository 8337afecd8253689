"""The outermost layer, plain ASGI: request ids, body limits, one log line and one measurement a request."""

import re
import time
from urllib.parse import unquote_to_bytes
from uuid import uuid4

import structlog
from fastapi import Request
from prometheus_client import Histogram
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.field_faults import field_fault
from api.problems import Problem, response

log = structlog.get_logger("vls")
SECONDS = Histogram("vls_request_seconds", "Time to answer", ["method", "route", "status"])
_NUL = b"%00"
_UNLOGGED = "/v1/answers/"  # when somebody answers is nobody's business (docs/anonymity.md)
_REQUEST_ID = re.compile(r"[A-Za-z0-9._\-]{8,64}")


class Edge:
    """Wraps the application. A failure nobody foresaw becomes a 500 problem with the id under which it was logged."""

    def __init__(self, app: ASGIApp, *, max_body: int, max_import: int) -> None:
        self._app, self._max_body, self._max_import = app, max_body, max_import

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        given = request.headers.get("x-request-id", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else str(uuid4())
        request.state.request_id = request_id
        limit = self._max_import if request.url.path.startswith("/v1/imports/") else self._max_body
        status, started, begun = 500, time.perf_counter(), False
        head = request.method == "HEAD"
        if head:  # whatever can be got answers HEAD: the same, without the body
            scope = {**scope, "method": "GET"}

        async def send_with_id(message: Message) -> None:
            nonlocal status, begun
            if message["type"] == "http.response.start":
                status, begun = message["status"], True
                message["headers"] = [
                    *message["headers"],
                    (b"x-request-id", request_id.encode()),
                    (b"x-content-type-options", b"nosniff"),
                    (b"referrer-policy", b"no-referrer"),
                ]
            await send({**message, "body": b""} if head and message["type"] == "http.response.body" else message)

        try:
            refused = _refused(request, limit=limit)
            if refused is not None:
                await response(request, refused)(scope, receive, send_with_id)
            else:
                await self._app(scope, _limited(receive, limit=limit), send_with_id)
        except Exception:
            log.exception("unforeseen", request_id=request_id)
            if begun:
                raise
            await response(request, Problem("internal-error"))(scope, receive, send_with_id)
        finally:
            elapsed = time.perf_counter() - started
            route = getattr(scope.get("route"), "path", "none")
            SECONDS.labels(request.method, route, status).observe(elapsed)
            if status >= 500 or not route.startswith(_UNLOGGED):
                log.info(
                    "answered",
                    method=request.method,
                    route=route,  # the template, never the address: that may hold a signature
                    status=status,
                    ms=round(elapsed * 1000, 1),
                    request_id=request_id,
                )


def _refused(request: Request, *, limit: int) -> Problem | None:
    """What no operation needs to see: a body that says it is too large, and NUL, which PostgreSQL has no text for."""
    said = request.headers.get("content-length", "0")
    if not (said.isascii() and said.isdigit()):
        return Problem("malformed-request")
    if len(said) > 18 or int(said) > limit:
        return Problem("body-too-large", limit=limit)
    if not _is_utf8(_address(request)):
        return Problem("invalid-input", errors=[field_fault("/query", "not-utf-8")])
    if _NUL in _address(request):
        error = field_fault("/query", "control-character")
        return Problem("invalid-input", errors=[error])
    return None


def _is_utf8(address: bytes) -> bool:
    try:
        unquote_to_bytes(address).decode()
    except UnicodeDecodeError:
        return False
    return True


def _address(request: Request) -> bytes:
    """The address as it was sent, still encoded."""
    return bytes(request.scope.get("raw_path") or b"") + b"?" + bytes(request.scope["query_string"])


def _limited(receive: Receive, *, limit: int) -> Receive:
    """`receive`, refusing a body that grows beyond `limit` without having said so."""
    received = 0

    async def counted() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > limit:
            raise HTTPException(413, str(limit))
        return message

    return counted
