"""People sign in elsewhere: tokens of configured OIDC issuers, verified by discovery and JWKS.

Only asymmetric algorithms are believed, only from issuers that are configured, and only for us. Keys are kept for a
while; a token with a key nobody knows makes us ask for the keys again, but not more often than once a minute, so that
made-up tokens cannot make us hammer the issuer. An issuer that is away is no reason to turn people away whose key is
known.
"""

import asyncio
import json
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, UUID, uuid5

import httpx
from joserfc import jws, jwt
from joserfc.errors import ExpiredTokenError, JoseError
from joserfc.jwk import JWKRegistry, Key, KeySet
from pydantic import AnyHttpUrl, BaseModel, ConfigDict, Field

from api.access.principals import Role
from api.problems import Problem

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
LEEWAY = 30  # seconds by which two clocks may differ
KEYS_SECONDS = 600.0
AGAIN_SECONDS = 60.0  # between two askings for keys that a token made necessary
STALE_SECONDS = 24 * 3600.0  # how long known keys are believed while the issuer is away
MOST_BYTES = 256 * 1024
TIMEOUT = httpx.Timeout(5.0)  # for each step
ANSWER_SECONDS = 10.0  # for all of it, however slowly it drips


class Issuer(BaseModel):
    """Whose tokens are believed, for which municipality, and what their claims mean.

    A person has the first role of `roles` (claim value: role) that `role_claim` holds, at the places that `place_claim`
    holds: external ids of what the role works in (areas, units, rooms). Claims in claims are written with a dot.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    issuer: AnyHttpUrl
    name: str = Field(min_length=1, max_length=100, description="What people know it by")
    client_id: str = Field(min_length=1, max_length=200, description="Of the leader's page, a public client with PKCE")
    audience: str | None = Field(None, description="What `aud` must hold; `client_id` unless given")
    token_origin: AnyHttpUrl | None = Field(None, description="Where its token endpoint is, when not under `issuer`")
    scope: str = "openid"
    municipality_id: UUID
    role_claim: str = "roles"
    roles: dict[str, Role]
    place_claim: str = "vls_places"

    @property
    def address(self) -> str:
        return str(self.issuer).rstrip("/")

    @property
    def origin(self) -> str:
        """Where the leader's page asks for a token."""
        url = urlsplit(str(self.token_origin or self.issuer))
        return f"{url.scheme}://{url.netloc}"


@dataclass(frozen=True, slots=True)
class Person:
    """What a verified token says: who (opaque, the same each time), a role, and external ids of places."""

    municipality_id: UUID
    subject: str
    name: str
    role: Role
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Endpoints:
    authorization: str
    token: str
    end_session: str | None


@dataclass(slots=True)
class _Known:
    """What an issuer has told, and when it was asked."""

    endpoints: Endpoints | None = None
    keys: KeySet | None = None
    got: float = -STALE_SECONDS
    asked: float = -AGAIN_SECONDS
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Issuers:
    """Verifies tokens of the configured issuers. Lives as long as the application."""

    def __init__(self, configured: tuple[Issuer, ...]) -> None:
        self.configured: Mapping[str, Issuer] = {issuer.address: issuer for issuer in configured}
        self._known = {address: _Known() for address in self.configured}

    async def person(self, token: str) -> Person:
        """Whom the token is of; problems `not-authenticated`, `token-expired`, `not-a-member`, `issuer-unavailable`."""
        issuer = self.configured.get(_claimed_issuer(token))
        if issuer is None:
            raise Problem("not-authenticated")
        claims = await self._verified(issuer, token)
        return _person(issuer, claims)

    async def endpoints(self, issuer: Issuer) -> Endpoints:
        """Where people sign in."""
        known = await self._fresh(issuer)
        if known.endpoints is None:
            raise Problem("issuer-unavailable", headers={"Retry-After": "30"})
        return known.endpoints

    async def _verified(self, issuer: Issuer, token: str) -> dict[str, Any]:
        keys = (await self._fresh(issuer)).keys
        if keys is not None and not _knows(keys, token):
            keys = (await self._fresh(issuer, even_if_known=True)).keys
        if keys is None:
            raise Problem("issuer-unavailable", headers={"Retry-After": "30"})
        try:
            claims = jwt.decode(token, keys, algorithms=list(ALGORITHMS)).claims
            _rules(issuer).validate(claims)
        except ExpiredTokenError:
            raise Problem("token-expired") from None
        except (JoseError, ValueError, KeyError, TypeError):
            raise Problem("not-authenticated") from None
        if isinstance(claims.get("aud"), list) and len(claims["aud"]) > 1 and claims.get("azp") != issuer.client_id:
            raise Problem("not-authenticated")
        return claims

    async def _fresh(self, issuer: Issuer, *, even_if_known: bool = False) -> _Known:
        """What the issuer has told, asked again when it is old; what is known already if it does not answer."""
        known = self._known[issuer.address]
        if known.keys is not None and known.lock.locked():
            return known  # somebody is asking; nobody whose key is known waits for that
        async with known.lock:
            now = time.monotonic()
            old = now - known.got > KEYS_SECONDS
            if (old or even_if_known) and now - known.asked > (AGAIN_SECONDS if known.keys else 1.0):
                known.asked = now
                try:
                    async with asyncio.timeout(ANSWER_SECONDS):
                        known.endpoints, known.keys = await _told_by(issuer)
                    known.got = now
                except (httpx.HTTPError, TimeoutError, ValueError, KeyError, TypeError, JoseError):
                    known.asked = time.monotonic()  # who waited for this answer need not wait for another
                    if now - known.got > STALE_SECONDS:
                        known.endpoints = known.keys = None
        return known


async def _told_by(issuer: Issuer) -> tuple[Endpoints, KeySet]:
    async with httpx.AsyncClient(timeout=TIMEOUT, follow_redirects=False) as http:
        found = await _json(http, f"{issuer.address}/.well-known/openid-configuration")
        if str(found["issuer"]).rstrip("/") != issuer.address:
            raise ValueError("the issuer says it is another")
        keys = _keys(await _json(http, str(found["jwks_uri"])))
    ends = found.get("end_session_endpoint")
    endpoints = Endpoints(str(found["authorization_endpoint"]), str(found["token_endpoint"]), ends and str(ends))
    return endpoints, keys


def _keys(told: Any) -> KeySet:
    """The keys that are understood; one of a kind nobody here knows makes the others no worse (RFC 7517, section 5)."""
    keys: list[Key] = []
    for key in told["keys"]:
        with suppress(JoseError, ValueError, KeyError, TypeError):
            keys.append(JWKRegistry.import_key(key))
    if not keys:
        raise ValueError("no key that is understood")
    return KeySet(keys)


async def _json(http: httpx.AsyncClient, url: str) -> Any:
    async with http.stream("GET", url) as response:
        response.raise_for_status()
        body = b""
        async for part in response.aiter_bytes():
            body += part
            if len(body) > MOST_BYTES:
                raise ValueError("more than an issuer has to say")
    return json.loads(body)


def _claimed_issuer(token: str) -> str:
    """Who the token says it is of: only to know whose keys to verify it with."""
    try:
        claims = json.loads(jws.extract_compact(token.encode()).payload)
        return str(claims["iss"]).rstrip("/")
    except (JoseError, ValueError, KeyError, TypeError, AttributeError):
        return ""


def _knows(keys: KeySet, token: str) -> bool:
    kid = jws.extract_compact(token.encode()).headers().get("kid")
    return kid is None or any(key.kid == kid for key in keys.keys)


def _rules(issuer: Issuer) -> jwt.JWTClaimsRegistry:
    return jwt.JWTClaimsRegistry(
        leeway=LEEWAY,
        iss={"essential": True, "values": [issuer.address, f"{issuer.address}/"]},
        aud={"essential": True, "value": issuer.audience or issuer.client_id},
        exp={"essential": True},
        sub={"essential": True},
    )


def _person(issuer: Issuer, claims: Mapping[str, Any]) -> Person:
    held = _strings(_claim(claims, issuer.role_claim))
    role = next((role for value, role in issuer.roles.items() if value in held), None)
    if role is None:
        raise Problem("not-a-member")
    # What an issuer calls somebody may be a CPR number; what stands in our log leads back to it only there.
    subject = uuid5(NAMESPACE_URL, f"{issuer.address}|{claims['sub']}")
    name = str(claims.get("name") or "")[:200]
    places = tuple(sorted(_strings(_claim(claims, issuer.place_claim))))[:500]
    return Person(issuer.municipality_id, f"person:{subject}", name, role, places)


def _claim(claims: Mapping[str, Any], path: str) -> Any:
    if path in claims:
        return claims[path]
    found: Any = claims
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _strings(value: Any) -> set[str]:
    if isinstance(value, str):
        return set(value.split())
    return {each for each in value if isinstance(each, str)} if isinstance(value, list) else set()
