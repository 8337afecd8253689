"""The client: one connection pool, one token, and the few calls everything else is made of."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Self, cast
from uuid import uuid4

import httpx

from vls_client.files import body_of, whole_file
from vls_client.problems import NotFinished, Problem, Unreachable
from vls_client.retry import IDEMPOTENT, NOT_NOW, Retry

Json = Any
Param = str | int | float | bool | None

# A token is renewed this long before it expires, so that it does not expire on the way.
EARLY_SECONDS = 20.0
OVER = frozenset({"done", "refused", "failed"})


class Client:
    """Speaks to one VLS service, with client credentials (renewed as needed) or with a token somebody obtained.

    Query parameters are keyword arguments; a trailing underscore is dropped, so `from_="2026-W35"` is `?from=2026-W35`.
    Calls that may be repeated without harm are tried again when the service cannot be reached or is busy. Every
    other answer than a success raises `Problem`.
    """

    def __init__(
        self,
        base_url: str,
        *,
        client_id: str | None = None,
        client_secret: str | None = None,
        token: str | None = None,
        timeout: float = 60.0,
        retry: Retry | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._credentials = (client_id, client_secret) if client_id and client_secret else None
        if self._credentials is None and token is None:
            raise ValueError("give client_id and client_secret, or a token")
        self._token, self._renew_at = token, float("inf")
        self._retry = retry or Retry()
        self._http = httpx.Client(base_url=base_url, timeout=timeout, transport=transport)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def token(self) -> str:
        """A token that is valid now, for a program that makes its own calls."""
        if self._token is None or time.monotonic() >= self._renew_at:
            self._token = self._obtain()
        return self._token

    @contextmanager
    def stream(
        self, method: str, path: str, *, idempotent: bool | None = None, **options: Any
    ) -> Iterator[httpx.Response]:
        """A successful answer whose body has not been read yet. `options` are those of `httpx.Client.build_request`."""
        again = method in IDEMPOTENT if idempotent is None else idempotent
        response = self._send(self._http.build_request(method, path, **options), again=again)
        try:
            if not response.is_success:
                response.read()
                raise Problem.of(response)
            yield response
        except httpx.TransportError as error:
            raise Unreachable(f"{self._http.base_url} stopped in the middle of its answer: {error!r}") from error
        finally:
            response.close()

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        """A successful answer, for those who need its headers (an `ETag`, a `Location`)."""
        with self.stream(method, path, **options) as response:
            response.read()
            return response

    def get(self, path: str, /, **params: Param) -> Json:
        return self.request("GET", path, params=query(params)).json()

    def post(self, path: str, json: Json = None, *, idempotent: bool = False, **params: Param) -> Json:
        """`idempotent=True` says that the ids in the body are ours, so that sending it twice does no harm."""
        return _content(self.request("POST", path, json=json, params=query(params), idempotent=idempotent))

    def put(self, path: str, json: Json, *, if_match: str | None = None) -> Json:
        return _content(self.request("PUT", path, json=json, headers=_condition(if_match)))

    def patch(self, path: str, json: Json, *, if_match: str | None = None) -> Json:
        return _content(self.request("PATCH", path, json=json, headers=_condition(if_match)))

    def delete(self, path: str, *, if_match: str | None = None) -> None:
        self.request("DELETE", path, headers=_condition(if_match))

    def pages(self, path: str, /, **filters: Param) -> Iterator[dict[str, Any]]:
        """Every item of a list, page by page."""
        cursor: str | None = None
        while True:
            page = self.get(path, **filters | ({"cursor": cursor} if cursor else {}))
            yield from page["items"]
            if (cursor := page["next"]) is None:
                return

    def upload(
        self,
        dataset: str,
        content: bytes | str | Path,
        *,
        mode: str = "check",
        content_type: str | None = None,
        **params: Param,
    ) -> Json:
        """Send a file to be checked or committed; the answer has the `id` to wait for.

        `content` is the bytes themselves or the path of a file; a folder is sent as one ZIP of its CSV files. The
        same import again changes nothing, so the upload is repeated when the line is bad.
        """
        body, guessed = body_of(content)
        headers = {"Content-Type": content_type or guessed}
        path, options = f"/v1/imports/{dataset}", query({"mode": mode, **params})
        return self.request("POST", path, content=body, headers=headers, params=options, idempotent=True).json()

    def wait_import(
        self, import_id: str, timeout: float = 600.0, *, progress: Callable[[Json], None] | None = None
    ) -> Json:
        """The import once it is `done`, `refused` or `failed`. Raises `NotFinished` after `timeout` seconds."""
        return self._wait(f"/v1/imports/{import_id}", timeout, progress)

    def import_issues(self, import_id: str, /, **filters: Param) -> Iterator[dict[str, Any]]:
        """What was found in an import: row, column, code, sentence and hint of each."""
        return self.pages(f"/v1/imports/{import_id}/issues", **filters)

    def order_reports(self, *, id: str | None = None, **order: Param) -> Json:
        """Order many reports at once: `survey_round_id="..."` all units of a round, `kind="room", from_="2026-W35",
        to="2026-W42"` all rooms; with `scope`, `format`, `language`, `version` as for one report.

        The answer has the `id` to wait for; the same order under the same id orders nothing new.
        """
        return self.post("/v1/report-batches", {"id": id or str(uuid4()), **query(order)}, idempotent=True)

    def wait_reports(
        self, batch_id: str, timeout: float = 3600.0, *, progress: Callable[[Json], None] | None = None
    ) -> Json:
        """The batch once it is `done` or `failed`; `progress` is told `done` of `total` on the way."""
        return self._wait(f"/v1/report-batches/{batch_id}", timeout, progress)

    def _wait(self, path: str, timeout: float, progress: Callable[[Json], None] | None) -> Json:
        deadline, pause = time.monotonic() + timeout, 0.05
        while True:
            found = self.get(path)
            if progress:
                progress(found)
            if found["status"] in OVER:
                return found
            if time.monotonic() + pause > deadline:
                raise NotFinished(f"{path} is still {found['status']} after {timeout:g} s")
            time.sleep(pause)
            pause = min(2.0, pause * 1.5)

    def publish(self, name: str, content: Json, *, version: int, valid_from: str) -> Json:
        """Publish a `calendar`, `vocabulary` or `thresholds`; the same version and content again changes nothing."""
        body = {"version": version, "valid_from": valid_from, "content": content}
        return self.post(f"/v1/configuration/{name}", body, idempotent=True)

    def in_force(self, name: str, *, on: str | None = None) -> Json:
        """The content that holds on a day (today), the default where none was published."""
        return self.get(f"/v1/configuration/{name}", on=on)["content"]

    def download(self, path: str, to: str | Path, /, **params: Param) -> Path:
        """Save a document. The file appears under its name when all of it has arrived, not before."""
        target = Path(to)
        with self.stream("GET", path, params=query(params)) as response, whole_file(target) as file:
            for chunk in response.iter_bytes():
                file.write(chunk)
        return target

    def download_link(self, path: str, /, **params: Param) -> str:
        """An address of a document that opens in a browser as it is, for a while and without a login."""
        wanted = str(httpx.URL(path).copy_merge_params(query(params)))
        return str(self.post("/v1/download-links", {"path": wanted}, idempotent=True)["url"])

    def _send(self, request: httpx.Request, *, again: bool) -> httpx.Response:
        request.headers["Authorization"] = f"Bearer {self.token()}"
        response = self._attempt(request, again=again)
        if response.status_code == 401 and self._credentials:
            response.close()
            self._token = self._obtain()
            request.headers["Authorization"] = f"Bearer {self._token}"
            response = self._attempt(request, again=again)
        return response

    def _attempt(self, request: httpx.Request, *, again: bool) -> httpx.Response:
        for attempt in count(1):
            try:
                response = self._http.send(request, stream=True)
            except httpx.TransportError as error:
                wait = self._retry.wait(attempt) if again else None
                if wait is None:
                    raise Unreachable(f"{request.url.copy_with(query=None)} does not answer: {error!r}") from error
            else:
                wait = self._retry.wait(attempt, response) if again and response.status_code in NOT_NOW else None
                if wait is None:
                    return response
                response.close()
            time.sleep(wait)
        raise AssertionError("count() does not end")

    def _obtain(self) -> str:
        if self._credentials is None:
            raise ValueError("a given token cannot be renewed")
        client_id, secret = self._credentials
        form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
        asked_at = time.monotonic()
        response = self._attempt(self._http.build_request("POST", "/v1/oauth/token", data=form), again=True)
        response.read()
        if not response.is_success:
            raise Problem.of(response)
        body = response.json()
        self._renew_at = asked_at + max(0.0, float(body["expires_in"]) - EARLY_SECONDS)
        return cast(str, body["access_token"])


def query(params: Mapping[str, Param]) -> dict[str, Param]:
    """Keyword arguments as query parameters; those that are `None` are left out.

    >>> query({"from_": "2026-W35", "limit": 5, "area_id": None})
    {'from': '2026-W35', 'limit': 5}
    """
    return {name.removesuffix("_"): value for name, value in params.items() if value is not None}


def _condition(if_match: str | None) -> dict[str, str]:
    return {} if if_match is None else {"If-Match": if_match}


def _content(response: httpx.Response) -> Json:
    return response.json() if response.content else None
