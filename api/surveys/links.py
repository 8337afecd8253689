"""What a link to a questionnaire is made of, and what of it is kept.

A token is 130 random bits: nobody guesses one, so guesses need no limit. Of it the database holds a SHA-256 and nothing
that leads back. What somebody has saved is encrypted with a key made from the token, so it can be read through the link
and not in the database. Only where a reminder must repeat the link of an e-mail is the token itself kept, encrypted
with the server's secret, until it is used.
"""

import hashlib
import hmac
from functools import cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from api.codes import new_code
from api.settings import Settings

LETTERS = 26
BLOCK = 1024  # the length of what is encrypted says nothing about how much is answered
_HEADER = {"alg": "dir", "enc": "A256GCM"}


def new_token() -> str:
    return new_code(LETTERS)


def hash_of(token: str) -> bytes:
    return hashlib.sha256(b"vls-answers:" + token.encode()).digest()


def encrypted_draft(token: str, draft: bytes, *, longest: int) -> str:
    """`draft` as only whoever has the token can read it, as long as the `longest` there can be."""
    return _encrypted(_key(token.encode(), b"draft"), draft.ljust(longest))


def decrypted_draft(token: str, encrypted: str) -> bytes:
    return jwe.decrypt_compact(encrypted, _key(token.encode(), b"draft")).plaintext or b""


class Sealer:
    """What the server can undo with its secret and the database alone cannot."""

    def __init__(self, secret: str) -> None:
        self._tokens = _key(secret.encode(), b"sealed-token")
        self._addresses = hashlib.sha256(b"vls-addressees:" + secret.encode()).digest()

    def sealed(self, token: str) -> str:
        return _encrypted(self._tokens, token.encode())

    def opened(self, sealed: str) -> str | None:
        """The token, or None when the server's secret has been changed since."""
        try:
            return (jwe.decrypt_compact(sealed, self._tokens).plaintext or b"").decode().rstrip()
        except JoseError:
            return None

    def address_mark(self, address: str, *, round_id: str) -> bytes:
        """By which an address is recognised within a round, and cannot be read."""
        return hmac.digest(self._addresses, f"{round_id}|{address.lower()}".encode(), hashlib.sha256)


@cache
def sealer(secret: str) -> Sealer:
    return Sealer(secret)


def sealer_of(settings: Settings) -> Sealer:
    return sealer(settings.secret)


def address_of(settings: Settings, token: str, *, asked_at: str | None = None) -> str:
    """Where a person opens the questionnaire. Behind `#` no server and no log on the way sees the token."""
    if settings.survey_url:
        return settings.survey_url + token
    base = settings.public_url or asked_at or f"http://{settings.host}:{settings.port}"
    return f"{base.rstrip('/')}/svar#{token}"


def _key(secret: bytes, purpose: bytes) -> OctKey:
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"vls-" + purpose).derive(secret)
    return OctKey.import_key(derived)


def _encrypted(key: OctKey, content: bytes) -> str:
    padded = content.ljust(-(-len(content) // BLOCK) * BLOCK)
    return jwe.encrypt_compact(_HEADER, padded, key)
