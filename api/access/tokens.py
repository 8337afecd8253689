"""Signed, short-lived tokens: one kind for requests, one for a link to a single document."""

import hashlib
import time
from typing import Any
from urllib.parse import parse_qsl, urlencode

from joserfc import jwt
from joserfc.errors import ExpiredTokenError, JoseError
from joserfc.jwk import OctKey

from api.access.principals import Caller
from api.problems import Problem

ALGORITHM = "HS256"
ISSUER = "vls"
SIGNATURE = "signature"


class Signer:
    """Issues and verifies tokens with one secret; knows nothing of requests or databases."""

    def __init__(self, secret: str, *, token_seconds: int) -> None:
        self._key = OctKey.import_key(hashlib.sha256(b"vls-tokens" + secret.encode()).digest())
        self.token_seconds = token_seconds

    def token(self, caller: Caller) -> str:
        return self._sign(caller.claims(), audience="api", seconds=self.token_seconds)

    def caller(self, token: str) -> Caller:
        try:
            return Caller.of_claims(self._verified(token, audience="api"))
        except ExpiredTokenError:
            raise Problem("token-expired") from None
        except (JoseError, ValueError, KeyError, TypeError):
            raise Problem("not-authenticated") from None

    def link(self, caller: Caller, *, path: str, query: str, seconds: int) -> tuple[str, int]:
        """The query of a link that opens exactly this document as `caller`, and when it expires (epoch seconds)."""
        claims = caller.claims() | {"doc": _document(path, query)}
        expires = int(time.time()) + seconds
        signature = self._sign(claims, audience="document", seconds=seconds)
        return f"{query}&{SIGNATURE}={signature}" if query else f"{SIGNATURE}={signature}", expires

    def link_caller(self, signature: str, *, path: str, query: str) -> Caller:
        try:
            claims = self._verified(signature, audience="document")
            if claims["doc"] != _document(path, query):
                raise Problem("link-expired")
            return Caller.of_claims(claims)
        except (JoseError, ValueError, KeyError, TypeError):
            raise Problem("link-expired") from None

    def _sign(self, claims: dict[str, object], *, audience: str, seconds: int) -> str:
        now = int(time.time())
        stamped = claims | {"iss": ISSUER, "aud": audience, "iat": now, "exp": now + seconds}
        return jwt.encode({"alg": ALGORITHM}, stamped, self._key)

    def _verified(self, token: str, *, audience: str) -> dict[str, Any]:
        claims = jwt.decode(token, self._key, algorithms=[ALGORITHM]).claims
        rules = jwt.JWTClaimsRegistry(
            iss={"essential": True, "value": ISSUER},
            aud={"essential": True, "value": audience},
            exp={"essential": True},
        )
        rules.validate(claims)
        return claims


def _document(path: str, query: str) -> str:
    """The document a link is for: its path and its parameters, whatever their order."""
    parameters = sorted(pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] != SIGNATURE)
    return path + "?" + urlencode(parameters)
