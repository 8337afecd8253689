"""Signed, short-lived bearer tokens."""

import hashlib
import time
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import ExpiredTokenError, JoseError
from joserfc.jwk import OctKey

from api.access.principals import Caller
from api.problems import Problem

ALGORITHM = "HS256"
ISSUER = "vls"
AUDIENCE = "api"


class Signer:
    """Issues and verifies tokens with one secret; knows nothing of requests or databases."""

    def __init__(self, secret: str, *, token_seconds: int) -> None:
        self._key = OctKey.import_key(hashlib.sha256(b"vls-tokens" + secret.encode()).digest())
        self.token_seconds = token_seconds

    def token(self, caller: Caller) -> str:
        return self._sign(caller.claims())

    def made(self, token: str) -> bool:
        """Whether the token says it is one of ours: every other one is for an issuer's keys."""
        try:
            header = jws.extract_compact(token.encode()).headers()
        except (JoseError, ValueError):
            return True  # no token of anybody: it is refused as one of ours would be
        return header.get("alg") == ALGORITHM

    def caller(self, token: str) -> Caller:
        try:
            return Caller.of_claims(self._verified(token))
        except ExpiredTokenError:
            raise Problem("token-expired") from None
        except (JoseError, ValueError, KeyError, TypeError):
            raise Problem("not-authenticated") from None

    def _sign(self, claims: dict[str, object]) -> str:
        now = int(time.time())
        stamped = claims | {"iss": ISSUER, "aud": AUDIENCE, "iat": now, "exp": now + self.token_seconds}
        return jwt.encode({"alg": ALGORITHM}, stamped, self._key)

    def _verified(self, token: str) -> dict[str, Any]:
        claims = jwt.decode(token, self._key, algorithms=[ALGORITHM]).claims
        rules = jwt.JWTClaimsRegistry(
            iss={"essential": True, "value": ISSUER},
            aud={"essential": True, "value": AUDIENCE},
            exp={"essential": True},
        )
        rules.validate(claims)
        return claims
