"""An issuer for the demo alone: whoever asks chooses who to be. No setting switches it on; only `vls demo` makes one.

It is an ordinary OIDC issuer otherwise (authorization code, PKCE, JWKS), so the demo signs in the way a municipality
does.
"""

import base64
import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode
from uuid import UUID

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from joserfc import jwt
from joserfc.jwk import ECKey

from api.access.issuers import Issuer

PATH = "/demo/issuer"
CLIENT = "demo"
CODE_SECONDS, TOKEN_SECONDS = 60, 8 * 3600
MOST_CODES = 1000
STYLE = (
    "body{font:1.0625rem/1.5 system-ui,sans-serif;color:#1b2a33;background:#fff;max-width:34rem;margin:2rem auto;"
    "padding:0 1rem}"
    "a{display:block;border:1.5px solid #75868f;border-radius:.375rem;color:#1b2a33;margin:.75rem 0;"
    "padding:.75rem 1rem;text-decoration:none}a:focus-visible{outline:3px solid #256d93;outline-offset:2px}"
    "span{color:#5b6b75;display:block}"
)
STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; base-uri 'none'",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody to be, in the fictional municipality."""

    key: str
    name: str
    title: str
    role: str
    places: tuple[str, ...] = ()


PERSONS = (
    DemoPerson("leder", "Lone Opdigt", "Leder af Børnehuset Ærtebælgen", "leader", ("E18",)),
    DemoPerson("omraade", "Bo Eksempelsen", "Områdeleder", "area_leader", ("O3",)),
    DemoPerson("forvaltning", "Vera Tænkeby", "Forvaltningen i Prøve Kommune", "administration"),
    DemoPerson("paedagog", "Mads Prøvemark", "Pædagog på Blå stue", "educator", ("E18-S2",)),
)


@dataclass(frozen=True, slots=True)
class _Code:
    person: DemoPerson
    challenge: str
    redirect_uri: str
    nonce: str | None
    until: float


class DemoIssuer:
    """Chooses, gives codes, changes them into tokens. Keys and codes live as long as the process."""

    def __init__(self, base: str, municipality_id: UUID) -> None:
        self.base = base.rstrip("/")
        self.address = self.base + PATH
        self._key = ECKey.generate_key("P-256", parameters={"kid": secrets.token_hex(8), "use": "sig", "alg": "ES256"})
        self._codes: dict[str, _Code] = {}
        self.issuer = Issuer.model_validate(
            {
                "issuer": self.address, "name": "Demo", "client_id": CLIENT, "municipality_id": municipality_id,
                "roles": {person.role: person.role for person in PERSONS},
            }
        )  # fmt: skip

    def install(self, app: FastAPI) -> None:
        for path, answer, method in (
            ("/.well-known/openid-configuration", self.discovery, "GET"),
            ("/jwks", self.jwks, "GET"),
            ("/authorize", self.authorize, "GET"),
            ("/choose", self.choose, "GET"),
            ("/token", self.token, "POST"),
        ):
            app.add_api_route(PATH + path, answer, methods=[method], include_in_schema=False, response_model=None)

    async def discovery(self) -> Response:
        return JSONResponse(
            {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "jwks_uri": f"{self.address}/jwks",
                "response_types_supported": ["code"],
                "code_challenge_methods_supported": ["S256"],
                "id_token_signing_alg_values_supported": ["ES256"],
            }
        )

    async def jwks(self) -> Response:
        return JSONResponse({"keys": [self._key.as_dict(private=False)]})

    async def authorize(self, request: Request) -> Response:
        """A page with a choice of persons."""
        if not self._asked_well(request):
            return _refused("invalid_request")
        query = request.query_params
        links = "".join(
            f'<a href="{escape(PATH + "/choose?" + urlencode(dict(query) | {"person": person.key}))}">'
            f"{escape(person.name)}<span>{escape(person.title)}</span></a>"
            for person in PERSONS
        )
        return HTMLResponse(
            f"<!doctype html><html lang=da><meta charset=utf-8><meta name=viewport content='width=device-width'>"
            f"<title>Hvem vil du være? – demo</title><style>{STYLE}</style><main><h1>Hvem vil du være?</h1>"
            f"<p>Det her er en demo med opdigtede personer. Vælg en af dem.</p>{links}</main></html>",
            headers=HEADERS,
        )

    async def choose(self, request: Request) -> Response:
        """Back to the app with a code for the person chosen."""
        query = request.query_params
        person = next((each for each in PERSONS if each.key == query.get("person")), None)
        if person is None or not self._asked_well(request):
            return _refused("invalid_request")
        now = time.monotonic()
        self._codes = {code: held for code, held in self._codes.items() if held.until > now}
        if len(self._codes) >= MOST_CODES:
            return _refused("temporarily_unavailable")
        code = secrets.token_urlsafe(24)
        redirect = query["redirect_uri"]
        self._codes[code] = _Code(person, query["code_challenge"], redirect, query.get("nonce"), now + CODE_SECONDS)
        back = urlencode({"code": code, "state": query.get("state", ""), "iss": self.address})
        return RedirectResponse(f"{redirect}?{back}", 302, HEADERS)

    def _asked_well(self, request: Request) -> bool:
        """Only for our own page, and only with PKCE."""
        query = request.query_params
        return (
            query.get("response_type") == "code"
            and query.get("client_id") == CLIENT
            and query.get("redirect_uri") == f"{self.base}/app/leader/"
            and query.get("code_challenge_method") == "S256"
            and len(query.get("code_challenge", "")) == 43
        )

    async def token(self, request: Request) -> Response:
        """A token for a code, once, to whoever has the verifier behind its challenge."""
        form = await request.form()
        held = self._codes.pop(str(form.get("code", "")), None)
        digest = hashlib.sha256(str(form.get("code_verifier", "")).encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if (
            held is None
            or held.until < time.monotonic()
            or form.get("grant_type") != "authorization_code"
            or form.get("redirect_uri") != held.redirect_uri
            or not hmac.compare_digest(challenge, held.challenge)
        ):
            return _refused("invalid_grant")
        token = self.signed(held.person, nonce=held.nonce)
        body = {"access_token": token, "id_token": token, "token_type": "Bearer", "expires_in": TOKEN_SECONDS}
        return JSONResponse(body, headers={"Cache-Control": "no-store"})

    def signed(self, person: DemoPerson, *, nonce: str | None = None) -> str:
        now = int(time.time())
        claims = {
            "iss": self.address, "aud": CLIENT, "sub": person.key, "name": person.name, "roles": [person.role],
            "vls_places": list(person.places), "iat": now, "exp": now + TOKEN_SECONDS,
        }  # fmt: skip
        if nonce is not None:
            claims["nonce"] = nonce
        return jwt.encode({"alg": "ES256", "kid": self._key.kid or ""}, claims, self._key)


def _refused(error: str) -> Response:
    return JSONResponse({"error": error}, 400, {"Cache-Control": "no-store"})
