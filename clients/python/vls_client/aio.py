"""The asynchronous client: the same flows, awaited."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
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


class AsyncClient:
    """`vls_client.Client` for asynchronous programs: the same methods, awaited; lists are asynchronous iterators."""

    def __init__(
        self,
        base_url: str,
        *,
        client_id: str | None = None,
        client_secret: str | None = None,
        token: str | None = None,
        timeout: float = 60.0,
        retry: Retry | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        credentials = (client_id, client_secret) if client_id and client_secret else None
        self._session = Session(credentials=credentials, token=token, retry=retry or Retry(), name=base_url)
        self._http = httpx.AsyncClient(base_url=base_url, timeout=timeout, transport=transport)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        await self._http.aclose()

    async def token(self) -> str:
        return await self._run(self._session.token())

    async def do(self, call: Call[Result]) -> Result:
        answer: Result = content_of(await self._run(self._session.answer(call)))
        return answer

    async def all(self, call: Call[Any]) -> AsyncIterator[Any]:
        while True:
            page = await self.do(call)
            for item in page["items"]:
                yield item
            if page["next"] is None:
                return
            call = set_of(call, cursor=page["next"])

    @asynccontextmanager
    async def stream(
        self, method: str, path: str, *, idempotent: bool | None = None, params: Any = None
    ) -> AsyncIterator[httpx.Response]:
        response = await self._run(self._session.opened(Call(method, path, params, again=idempotent)))
        try:
            yield response
        except httpx.TransportError as error:
            raise Unreachable(f"{self._http.base_url} stopped in the middle of its answer: {error!r}") from error
        finally:
            await response.aclose()

    async def request(
        self, method: str, path: str, *, idempotent: bool | None = None, params: Any = None, json: Json = None,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:  # fmt: skip
        return await self._run(self._session.answer(Call(method, path, params, json, headers, again=idempotent)))

    async def get(self, path: str, /, **params: Param) -> Json:
        return await self.do(Call("GET", path, query(params)))

    async def post(self, path: str, json: Json = None, *, idempotent: bool = False, **params: Param) -> Json:
        return await self.do(Call("POST", path, query(params), json, again=idempotent))

    async def put(self, path: str, json: Json, *, if_match: str | None = None) -> Json:
        return await self.do(Call("PUT", path, json=json, headers=condition(if_match)))

    async def patch(self, path: str, json: Json, *, if_match: str | None = None) -> Json:
        return await self.do(Call("PATCH", path, json=json, headers=condition(if_match)))

    async def delete(self, path: str, *, if_match: str | None = None) -> None:
        await self.do(Call("DELETE", path, headers=condition(if_match)))

    def pages(self, path: str, /, **filters: Param) -> AsyncIterator[dict[str, Any]]:
        return self.all(Call("GET", path, query(filters)))

    async def changes(
        self, after: str | None = None, /, **filters: Any
    ) -> AsyncIterator[tuple[list[dict[str, Any]], str | None]]:
        while True:
            page: Json = await self.do(Call("GET", "/v1/changes", query({"after": after, **filters})))
            after = page["next"]
            yield page["items"], after
            if not page["more"]:
                return

    async def upload(
        self,
        dataset: str,
        content: bytes | str | Path,
        *,
        mode: str = "check",
        content_type: str | None = None,
        sent: Callable[[int, int], None] | None = None,
        **params: Param,
    ) -> Json:
        body = await asyncio.to_thread(Upload.of, content, content_type=content_type, sent=sent)
        with body:
            return await self.do(import_of(dataset, body, mode=mode, **params))

    async def wait_import(
        self, import_id: str, patience: float = 600.0, *, progress: Callable[[Json], None] | None = None
    ) -> Json:
        return await self._run(self._session.wait(f"/v1/imports/{import_id}", patience, progress))

    def import_issues(self, import_id: str, /, **filters: Param) -> AsyncIterator[dict[str, Any]]:
        return self.pages(f"/v1/imports/{import_id}/issues", **filters)

    async def order_reports(self, *, id: str | None = None, **order: Param) -> Json:
        return await self.do(order_of(id or str(uuid4()), order))

    async def wait_reports(
        self, batch_id: str, patience: float = 3600.0, *, progress: Callable[[Json], None] | None = None
    ) -> Json:
        return await self._run(self._session.wait(f"/v1/report-batches/{batch_id}", patience, progress))

    async def publish(self, name: str, content: Json, *, version: int, valid_from: str) -> Json:
        body = {"version": version, "valid_from": valid_from, "content": content}
        return await self.post(f"/v1/configuration/{name}", body, idempotent=True)

    async def in_force(self, name: str, *, on: str | None = None) -> Json:
        return (await self.get(f"/v1/configuration/{name}", on=on))["content"]

    async def download(self, path: str, to: str | Path, /, **params: Param) -> Path:
        return await self._run(self._session.download(Call("GET", path, query(params)), Path(to)))

    async def download_link(self, path: str, /, **params: Param) -> str:
        return str((await self.do(link_to(path, params)))["url"])

    async def _run(self, flow: Flow[Result]) -> Result:
        try:
            step = next(flow)
            while True:
                try:
                    became = await self._do(step)
                except BaseException as error:  # also a cancellation: the flow puts away what it has begun
                    step = flow.throw(error)
                else:
                    step = flow.send(became)
        except StopIteration as over:
            result: Result = over.value
            return result

    async def _do(self, step: Step) -> Any:
        match step:
            case Send(call, token):
                return await self._http.send(request_of(self._http, call, token, awaited=True), stream=True)
            case Read(response):
                return await response.aread()
            case Save(response, file):
                async for chunk in response.aiter_bytes():
                    await asyncio.to_thread(file.write, chunk)
            case Close(response):
                await response.aclose()
            case Sleep(seconds):
                await asyncio.sleep(seconds)
        return None
