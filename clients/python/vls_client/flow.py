"""What a call consists of, without doing any of it: steps that the synchronous and the asynchronous client carry out.

A flow is a generator. It yields a step, and is given what became of it: the answer of a request, or the error that was
raised. So the token, trying again, paging and downloads are written once.
"""

import time
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from io import BufferedIOBase
from itertools import count
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

import httpx

from vls_client.files import whole_file
from vls_client.problems import NotFinished, Problem, Unreachable, VlsError
from vls_client.retry import IDEMPOTENT, NOT_NOW, Retry, foreign

Json = Any
Result = TypeVar("Result")

# A token is renewed this long before it expires, so that it does not expire on the way.
EARLY_SECONDS = 20.0
OVER = frozenset({"done", "refused", "failed"})


@dataclass(frozen=True)
class Call(Generic[Result]):
    """One operation with what it is asked: made by `vls_client.operations`, done by a client's `do`.

    `again`: it may be repeated without harm. `content` is the body as it goes out, or what yields it.
    """

    method: str
    path: str
    params: Mapping[str, Any] | None = None
    json: Json = None
    headers: Mapping[str, str] | None = None
    content: Any = None
    again: bool | None = None

    @property
    def repeatable(self) -> bool:
        return self.method in IDEMPOTENT if self.again is None else self.again


@dataclass(frozen=True, slots=True)
class Send:
    """Send a request; the answer's body is not read yet."""

    call: Call[Any]
    token: str | None


@dataclass(frozen=True, slots=True)
class Read:
    """Read the rest of an answer into memory."""

    response: httpx.Response


@dataclass(frozen=True, slots=True)
class Save:
    """Write the rest of an answer to a file."""

    response: httpx.Response
    file: BufferedIOBase


@dataclass(frozen=True, slots=True)
class Close:
    response: httpx.Response


@dataclass(frozen=True, slots=True)
class Sleep:
    seconds: float


Step = Send | Read | Save | Close | Sleep
Flow = Generator[Step, Any, Result]


class Session:
    """The token of a client, and the flows everything else is made of."""

    def __init__(self, *, credentials: tuple[str, str] | None, token: str | None, retry: Retry, name: str) -> None:
        if credentials is None and token is None:
            raise ValueError("give client_id and client_secret, or a token")
        self._credentials, self._token, self._renew_at = credentials, token, float("inf")
        self._retry, self._name = retry, name

    def token(self) -> Flow[str]:
        if self._token is None or time.monotonic() >= self._renew_at:
            self._token = yield from self._obtain()
        return self._token

    def answer(self, call: Call[Any]) -> Flow[httpx.Response]:
        """A successful answer, read."""
        return (yield from self._whole(call, _read))

    def download(self, call: Call[Any], to: Path) -> Flow[Path]:
        """The file appears under its name when all of it has arrived, not before."""

        def saved(response: httpx.Response) -> Flow[Path]:
            with whole_file(to) as file:
                yield Save(response, file)
            return to

        return (yield from self._whole(call, saved))

    def _whole(self, call: Call[Any], then: Callable[[httpx.Response], Flow[Result]]) -> Flow[Result]:
        """`then` with the answer; all of it again when the body breaks off and the call may be repeated."""
        for attempt in count(1):
            response = yield from self.opened(call)
            try:
                return (yield from then(response))
            except httpx.TransportError as error:
                wait = self._retry.wait(attempt) if call.repeatable else None
                if wait is None:
                    raise Unreachable(f"{self._name} stopped in the middle of its answer: {error!r}") from error
            finally:
                yield Close(response)
            yield Sleep(wait)
        raise AssertionError("count() does not end")

    def opened(self, call: Call[Any]) -> Flow[httpx.Response]:
        """A successful answer whose body has not been read yet; any other raises its `Problem`."""
        response = yield from self._attempt(call, (yield from self.token()))
        if response.status_code == httpx.codes.UNAUTHORIZED and self._credentials:
            yield Close(response)
            self._token = yield from self._obtain()
            response = yield from self._attempt(call, self._token)
        if not response.is_success:
            yield Read(response)
            raise Problem.of(response)
        return response

    def _attempt(self, call: Call[Any], token: str | None) -> Flow[httpx.Response]:
        lost = False  # whether an earlier try may have been carried out without our hearing of it
        for attempt in count(1):
            try:
                response: httpx.Response = yield Send(call, token)
            except httpx.TransportError as error:
                lost, wait = True, self._retry.wait(attempt) if call.repeatable else None
                if wait is None:
                    raise Unreachable(f"{self._name}{call.path} does not answer: {error!r}") from error
            else:
                if lost and call.method == "DELETE" and response.status_code == httpx.codes.NOT_FOUND:
                    yield Close(response)
                    return httpx.Response(httpx.codes.NO_CONTENT)
                away = foreign(response)
                busy = call.repeatable and (away or response.status_code in NOT_NOW)
                wait = self._retry.wait(attempt, response) if busy else None
                if wait is None and not away:
                    return response
                yield Close(response)
                if wait is None:
                    raise Unreachable(f"something else answers for {self._name}{call.path}: {_said(response)}")
                lost = lost or away
            yield Sleep(wait)
        raise AssertionError("count() does not end")

    def _obtain(self) -> Flow[str]:
        if self._credentials is None:
            raise ValueError("a given token cannot be renewed")
        client_id, secret = self._credentials
        form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
        asked_at = time.monotonic()
        call: Call[Json] = Call("POST", "/v1/oauth/token", content=Form(form), again=True)
        response = yield from self._attempt(call, None)
        yield Read(response)
        if not response.is_success:
            raise Problem.of(response)
        body = response.json()
        self._renew_at = asked_at + max(0.0, float(body["expires_in"]) - EARLY_SECONDS)
        return cast(str, body["access_token"])

    def wait(self, path: str, patience: float, progress: Callable[[Json], None] | None) -> Flow[Json]:
        """What stands at `path` once it is over. Raises `NotFinished` after `patience` seconds. A service that is away
        for a while, since it is started anew, is waited for as well."""
        deadline, pause = time.monotonic() + patience, 0.05
        while True:
            try:
                found = content_of((yield from self.answer(Call("GET", path))))
            except VlsError as error:
                if not _passes(error) or time.monotonic() + pause > deadline:
                    raise
            else:
                if progress:
                    progress(found)
                if found["status"] in OVER:
                    return found
                if time.monotonic() + pause > deadline:
                    raise NotFinished(f"{path} is still {found['status']} after {patience:g} s")
            yield Sleep(pause)
            pause = min(2.0, pause * 1.5)


def _passes(error: VlsError) -> bool:
    return isinstance(error, Unreachable) or (isinstance(error, Problem) and error.status in NOT_NOW)


@dataclass(frozen=True, slots=True)
class Form:
    """The body of a web form."""

    fields: Mapping[str, str]


def content_of(response: httpx.Response) -> Json:
    """JSON as what it says, a document as its bytes, nothing as `None`."""
    if not response.content:
        return None
    return response.json() if "json" in response.headers.get("content-type", "") else response.content


def _said(response: httpx.Response) -> str:
    kind = response.headers.get("content-type", "nothing").partition(";")[0]
    return f"{response.status_code} {response.reason_phrase}, {kind}"


def _read(response: httpx.Response) -> Flow[httpx.Response]:
    yield Read(response)
    return response
