"""Issuers that say more than we understand, or nothing at all."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

import api.access.issuers
from api.access.issuers import Issuer, Issuers
from api.problems import Problem

Answer = Callable[[str, str], Awaitable[Any]]


@asynccontextmanager
async def issuing(answer: Answer) -> AsyncIterator[str]:
    """An issuer that answers a path with what `answer` makes of it and the issuer's address."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        path = (await reader.readuntil(b"\r\n\r\n")).split()[1].decode()
        body = json.dumps(await answer(address, path)).encode()
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield address
    finally:
        server.close()


def believing(address: str) -> Issuers:
    configured = {
        "issuer": address, "name": "Prøve", "client_id": "vls", "municipality_id": UUID(int=1),
        "roles": {"l": "leader"},
    }  # fmt: skip
    return Issuers((Issuer.model_validate(configured),))


def token(address: str, key: ECKey) -> str:
    claims = {"iss": address, "aud": "vls", "sub": "anna", "roles": ["l"], "exp": int(time.time()) + 60}
    return jwt.encode({"alg": "ES256", "kid": "ours"}, claims, key)


@pytest.mark.parametrize(
    "odd",
    [
        {"kty": "EC", "crv": "P-999", "x": "AA", "y": "AA", "kid": "odd"},
        {"kty": "AKP", "alg": "ML-DSA-44", "pub": "AA", "kid": "odd"},
        {"kid": "odd"},
        "odd",
    ],
)
async def test_a_key_nobody_here_knows_makes_the_others_no_worse(odd: Any) -> None:
    key = ECKey.generate_key("P-256", parameters={"kid": "ours"})

    async def answer(address: str, path: str) -> Any:
        if path == "/jwks":
            return {"keys": [odd, key.as_dict(private=False)]}
        ends = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        return {"issuer": address} | dict.fromkeys(ends, f"{address}/jwks")

    async with issuing(answer) as address:
        assert (await believing(address).person(token(address, key))).role == "leader"


async def test_an_issuer_that_never_answered_is_not_waited_for_by_one_after_the_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(api.access.issuers, "ANSWER_SECONDS", 1.2)
    key = ECKey.generate_key("P-256", parameters={"kid": "ours"})

    async def silent(_: str, __: str) -> Any:
        await asyncio.sleep(30)

    async with issuing(silent) as address:
        issuers = believing(address)
        began = time.monotonic()
        found = await asyncio.gather(*(issuers.person(token(address, key)) for _ in range(4)), return_exceptions=True)
        assert [isinstance(each, Problem) and each.code for each in found] == ["issuer-unavailable"] * 4
        assert time.monotonic() - began < 2.3
