"""The synchronous client: carries out the flows one step after the other."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self, TypeVar
from uuid import uuid4

import httpx

from vls_client.files import Upload
from vls_client.flow import Call, Close, Flow, Json, Read, Save, Send, Session, Sleep, Step, content_of
from vls_client.problems import Unreachable
from vls_client.requests import Param, condition, import_of, link_to, order_of, query, request_of, set_of
from vls_client.retry import Retry

Result = TypeVar("Result")


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
        credentials = (client_id, client_secret) if client_id and client_secret else None
        self._session = Session(credentials=credentials, token=token, retry=retry or Retry(), name=base_url)
        self._http = httpx.Client(base_url=base_url, timeout=timeout, transport=transport)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def token(self) -> str:
        """A token that is valid now, for a program that makes its own calls."""
        return self._run(self._session.token())

    def do(self, call: Call[Result]) -> Result:
        """The answer of an operation (`vls_client.operations`), of the type that it has."""
        answer: Result = content_of(self._run(self._session.answer(call)))
        return answer

    def all(self, call: Call[Any]) -> Iterator[Any]:
        """Every item of an operation that answers page by page."""
        while True:
            page = self.do(call)
            yield from page["items"]
            if page["next"] is None:
                return
            call = set_of(call, cursor=page["next"])

    @contextmanager
    def stream(
        self, method: str, path: str, *, idempotent: bool | None = None, params: Any = None
    ) -> Iterator[httpx.Response]:
        """A successful answer whose body has not been read yet."""
        response = self._run(self._session.opened(Call(method, path, params, again=idempotent)))
        try:
            yield response
        except httpx.TransportError as error:
            raise Unreachable(f"{self._http.base_url} stopped in the middle of its answer: {error!r}") from error
        finally:
            response.close()

    def request(
        self, method: str, path: str, *, idempotent: bool | None = None, params: Any = None, json: Json = None,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:  # fmt: skip
        """A successful answer, for those who need its headers (an `ETag`, a `Location`)."""
        return self._run(self._session.answer(Call(method, path, params, json, headers, again=idempotent)))

    def get(self, path: str, /, **params: Param) -> Json:
        return self.do(Call("GET", path, query(params)))

    def post(self, path: str, json: Json = None, *, idempotent: bool = False, **params: Param) -> Json:
        """`idempotent=True` says that the ids in the body are ours, so that sending it twice does no harm."""
        return self.do(Call("POST", path, query(params), json, again=idempotent))

    def put(self, path: str, json: Json, *, if_match: str | None = None) -> Json:
        return self.do(Call("PUT", path, json=json, headers=condition(if_match)))

    def patch(self, path: str, json: Json, *, if_match: str | None = None) -> Json:
        return self.do(Call("PATCH", path, json=json, headers=condition(if_match)))

    def delete(self, path: str, *, if_match: str | None = None) -> None:
        self.do(Call("DELETE", path, headers=condition(if_match)))

    def pages(self, path: str, /, **filters: Param) -> Iterator[dict[str, Any]]:
        """Every item of a list, page by page."""
        return self.all(Call("GET", path, query(filters)))

    def changes(self, after: str | None = None, /, **filters: Any) -> Iterator[tuple[list[dict[str, Any]], str | None]]:
        """What has changed after a cursor (from the beginning), a page at a time with the cursor to go on from."""
        while True:
            page: Json = self.do(Call("GET", "/v1/changes", query({"after": after, **filters})))
            after = page["next"]
            yield page["items"], after
            if not page["more"]:
                return

    def upload(
        self,
        dataset: str,
        content: bytes | str | Path,
        *,
        mode: str = "check",
        content_type: str | None = None,
        sent: Callable[[int, int], None] | None = None,
        **params: Param,
    ) -> Json:
        """Send a file to be checked or committed; the answer has the `id` to wait for.

        `content` is the bytes themselves or the path of a file, which is never in memory as a whole; a folder is sent
        as one ZIP of its CSV files. `sent` is told how many bytes of how many have gone. The same import again changes
        nothing, so the upload is repeated when the line is bad.
        """
        with Upload.of(content, content_type=content_type, sent=sent) as body:
            return self.do(import_of(dataset, body, mode=mode, **params))

    def wait_import(
        self, import_id: str, patience: float = 600.0, *, progress: Callable[[Json], None] | None = None
    ) -> Json:
        """The import once it is `done`, `refused` or `failed`. Raises `NotFinished` after `patience` seconds."""
        return self._run(self._session.wait(f"/v1/imports/{import_id}", patience, progress))

    def import_issues(self, import_id: str, /, **filters: Param) -> Iterator[dict[str, Any]]:
        """What was found in an import: row, column, code, sentence and hint of each."""
        return self.pages(f"/v1/imports/{import_id}/issues", **filters)

    def order_reports(self, *, id: str | None = None, **order: Param) -> Json:
        """Order many reports at once: `survey_round_id="..."` all units of a round, `kind="room", from_="2026-W35",
        to="2026-W42"` all rooms; with `scope`, `format`, `language`, `version` as for one report.

        The answer has the `id` to wait for; the same order under the same id orders nothing new.
        """
        return self.do(order_of(id or str(uuid4()), order))

    def wait_reports(
        self, batch_id: str, patience: float = 3600.0, *, progress: Callable[[Json], None] | None = None
    ) -> Json:
        """The batch once it is `done` or `failed`; `progress` is told `done` of `total` on the way."""
        return self._run(self._session.wait(f"/v1/report-batches/{batch_id}", patience, progress))

    def publish(self, name: str, content: Json, *, version: int, valid_from: str) -> Json:
        """Publish a `calendar`, `vocabulary` or `thresholds`; the same version and content again changes nothing."""
        body = {"version": version, "valid_from": valid_from, "content": content}
        return self.post(f"/v1/configuration/{name}", body, idempotent=True)

    def in_force(self, name: str, *, on: str | None = None) -> Json:
        """The content that holds on a day (today), the default where none was published."""
        return self.get(f"/v1/configuration/{name}", on=on)["content"]

    def download(self, path: str, to: str | Path, /, **params: Param) -> Path:
        """Save a document. The file appears under its name when all of it has arrived, not before; it is asked for
        again when the line breaks."""
        return self._run(self._session.download(Call("GET", path, query(params)), Path(to)))

    def download_link(self, path: str, /, **params: Param) -> str:
        """An address of a document that opens in a browser as it is, for a while and without a login."""
        return str(self.do(link_to(path, params))["url"])

    def _run(self, flow: Flow[Result]) -> Result:
        try:
            step = next(flow)
            while True:
                try:
                    became = self._do(step)
                except BaseException as error:  # also an interruption: the flow puts away what it has begun
                    step = flow.throw(error)
                else:
                    step = flow.send(became)
        except StopIteration as over:
            result: Result = over.value
            return result

    def _do(self, step: Step) -> Any:
        match step:
            case Send(call, token):
                return self._http.send(request_of(self._http, call, token, awaited=False), stream=True)
            case Read(response):
                return response.read()
            case Save(response, file):
                for chunk in response.iter_bytes():
                    file.write(chunk)
            case Close(response):
                response.close()
            case Sleep(seconds):
                time.sleep(seconds)
        return None
