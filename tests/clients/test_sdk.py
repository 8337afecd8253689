"""The SDK against the running service: both clients, every operation, files that are never in memory as a whole."""

import asyncio
import io
import tracemalloc
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any
from uuid import uuid4

import httpx
import pytest
import yaml

from tests.clients.test_client import HASTE, OURS, busy, granted, ok
from tests.conftest import TODAY
from vls_client import AsyncClient, Call, Client, Problem, Unreachable, operations
from vls_client.files import CHUNK, Upload
from vls_client.operations import changes, roster
from vls_client.sandbox.municipality import municipality

DOCUMENT = yaml.safe_load((Path(__file__).parents[2] / "openapi.yaml").read_text())


def written() -> dict[str, Any]:
    """Every function of `vls_client.operations`, by its name."""
    modules = [import_module(f"{operations.__name__}.{it.name}") for it in iter_modules(operations.__path__)]
    return {
        name: function
        for module in modules
        for name, function in vars(module).items()
        if getattr(function, "__module__", "") == module.__name__
    }


def test_every_operation_of_the_service_can_be_called() -> None:
    """With anything for its arguments, each makes the call the document describes."""
    functions, seen = written(), set()
    for path, described in DOCUMENT["paths"].items():
        for method, operation in described.items():
            name = "".join(f"_{it.lower()}" if it.isupper() else it for it in operation["operationId"])
            if name == "get_token":  # a client does that by itself
                continue
            function = functions[name]
            required = [it for it in operation.get("parameters", []) if it.get("required")]
            arguments = [f"<{it['name']}>" for it in required if it["in"] == "path"]
            arguments += [{}] if "requestBody" in operation else []
            asked = {it["name"].replace("from", "from_"): "x" for it in required if it["in"] == "query"}
            call: Call[Any] = function(*arguments, **asked)
            assert call.method == method.upper()
            parts = [it.partition("}")[0] for it in path.split("{")[1:]]
            expected = path
            for part in parts:
                expected = expected.replace("{" + part + "}", f"%3C{part}%3E")
            assert call.path == expected
            seen.add(name)
    assert seen == set(functions)


def test_typed_operations_create_read_and_follow(client: Client) -> None:
    made = client.do(roster.create_unit({"external_id": "sol", "name": "Solsikken", "setting_type": "nursery"}))
    assert client.do(roster.get_unit(made["id"])) == made
    assert [unit["external_id"] for unit in client.all(roster.list_units(limit=1))] == ["sol"]
    page = client.do(changes.list_changes(kind=["unit"]))
    assert [(item["key"], item["gone"]) for item in page["items"]] == [(made["id"], False)]
    (pages,) = list(client.changes(kind=["unit"]))
    assert pages == (page["items"], page["next"])


def test_what_is_created_has_an_id_so_that_it_can_be_sent_again() -> None:
    body = {"external_id": "sol", "name": "Solsikken", "setting_type": "nursery"}
    first, second = roster.create_unit(body), roster.create_unit(body)  # type: ignore[arg-type]
    assert first.repeatable
    assert first.json["id"] != second.json["id"]
    named = {**body, "id": str(uuid4())}
    assert roster.create_unit(named).json == named  # type: ignore[arg-type]
    assert not roster.restore_unit("x").repeatable


async def test_an_asynchronous_program_does_the_same(
    service_url: str, credentials: dict[str, Any], tmp_path: Path
) -> None:
    async with AsyncClient(
        service_url, client_id=credentials["client_id"], client_secret=credentials["client_secret"]
    ) as vls:
        for name, content in municipality(today=TODAY).files().items():
            (tmp_path / name).write_bytes(content)
        sent: list[tuple[int, int]] = []
        started = await vls.upload("roster", tmp_path, mode="commit", sent=lambda *told: sent.append(told))
        receipt = await vls.wait_import(started["id"])
        assert receipt["status"] == "done"
        assert sent[-1][0] == sent[-1][1] > 0
        assert [it async for it in vls.import_issues(receipt["id"])] == []
        units = [unit async for unit in vls.pages("/v1/units", limit=2)]
        assert len(units) > 2
        assert units == [unit async for unit in vls.all(roster.list_units(limit=3))]
        at_once = await asyncio.gather(*(vls.do(roster.get_unit(unit["id"])) for unit in units[:5]))
        assert at_once == units[:5]
        told = [item async for items, _ in _pages(vls) for item in items]
        assert {unit["id"] for unit in units} == {item["key"] for item in told}
        with pytest.raises(Problem, match="not-found"):
            await vls.get(f"/v1/units/{uuid4()}")
        path = f"/v1/units/{units[0]['id']}/report"
        saved = await vls.download(path, tmp_path / "unit.json", format="json")
        assert saved.read_bytes().startswith(b"{")
        link = await vls.download_link(path, format="json")
        async with httpx.AsyncClient() as browser:
            assert (await browser.get(link)).content == saved.read_bytes()


async def _pages(vls: AsyncClient) -> Any:
    async for page in vls.changes(kind=["unit"], limit=500):
        yield page


async def test_an_asynchronous_client_waits_and_asks_again() -> None:
    answers = {"/v1/oauth/token": [granted("t")], "/room": [busy(), httpx.ReadError("cut"), ok()], "/gone": [busy()]}

    async def service(request: httpx.Request) -> httpx.Response:
        waiting = answers[request.url.path]
        answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    transport = httpx.MockTransport(service)
    async with AsyncClient("http://t", client_id="i", client_secret="s", retry=HASTE, transport=transport) as vls:
        assert await vls.get("/room") == {"fine": True}
        with pytest.raises(Problem, match="busy"):
            await vls.get("/gone")
        answers["/gone"] = [httpx.ConnectError("no")]
        with pytest.raises(Unreachable):
            await vls.get("/gone")


def test_a_large_file_is_never_in_memory_as_a_whole(tmp_path: Path) -> None:
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        for _ in range(200):
            file.write(b"x" * CHUNK)  # 50 MB
    arrived = 0

    class Counting(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            nonlocal arrived
            arrived = sum(len(chunk) for chunk in request.stream)  # type: ignore[union-attr]
            return httpx.Response(202, json={"id": "1"}, headers=OURS)

    with Client("http://t", token="t", transport=Counting()) as vls:
        tracemalloc.start()
        vls.upload("roster", large)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert arrived == 200 * CHUNK
    assert most < 8 * CHUNK


def test_a_file_is_sent_from_its_beginning_each_time() -> None:
    received: list[bytes] = []

    class Once(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            received.append(b"".join(request.stream))  # type: ignore[arg-type]
            if len(received) == 1:
                raise httpx.ReadError("cut")
            return httpx.Response(202, json={"id": "1"}, headers=OURS)

    with Client("http://t", token="t", retry=HASTE, transport=Once()) as vls:
        assert vls.upload("roster", b"a,b\n1,2\n") == {"id": "1"}
    assert received == [b"a,b\n1,2\n"] * 2


def test_an_interruption_puts_away_what_was_begun(tmp_path: Path) -> None:
    def slow() -> Iterator[bytes]:
        yield b"half"
        raise KeyboardInterrupt

    class Stream(httpx.SyncByteStream):
        closed = False

        def __iter__(self) -> Iterator[bytes]:
            return slow()

        def close(self) -> None:
            Stream.closed = True

    transport = httpx.MockTransport(lambda _: httpx.Response(200, stream=Stream(), headers=OURS))
    with Client("http://t", token="t", transport=transport) as vls, pytest.raises(KeyboardInterrupt):
        vls.download("/report", tmp_path / "report.pdf")
    assert Stream.closed
    assert list(tmp_path.iterdir()) == []


def test_bytes_are_sent_as_what_they_are() -> None:
    with Upload(io.BytesIO(b"abc"), "text/csv") as body:
        assert (body.size, list(body.chunks()), list(body.chunks())) == (3, [b"abc"], [b"abc"])
