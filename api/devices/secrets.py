"""What a tablet is known by: the code that enrols it, its token, and the key to what it holds.

A tablet on bad Wi-Fi may lose the answer that would have enrolled it. So its token is made of the code and of a number
the tablet thought of: the same request gives the same answer, and nobody else's does.
"""

import base64
import hashlib
import hmac
import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from api.codes import new_code

PREFIX = "vlsd_"  # by which a device's token is told from all others
LETTERS = 10
_NONCE = 12
_KEY = 32


def new_enrol_code() -> str:
    """Fifty random bits as one reads them aloud: `7k3vd-0qxm2`."""
    letters = new_code(LETTERS)
    return f"{letters[:5]}-{letters[5:]}"


def code_hash(code: str) -> bytes:
    """Of a code as it was made; `api.codes.as_made` undoes what a person makes of one."""
    return hashlib.sha256(b"vls-enrol:" + code.encode()).digest()


def token_hash(token: str) -> bytes:
    return hashlib.sha256(b"vls-device:" + token.encode()).digest()


class DeviceKeys:
    """What needs the server's secret."""

    def __init__(self, secret: str) -> None:
        self._tokens = hashlib.sha256(b"vls-device-tokens" + secret.encode()).digest()
        self._cipher = AESGCM(hashlib.sha256(b"vls-device-keys" + secret.encode()).digest())

    def token(self, code: str, attempt: UUID) -> str:
        made = hmac.digest(self._tokens, code.encode() + b"|" + attempt.bytes, hashlib.sha256)
        return PREFIX + base64.urlsafe_b64encode(made).decode().rstrip("=")

    def new_key(self, device: UUID) -> bytes:
        """A fresh key to what the device holds, sealed."""
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, os.urandom(_KEY), device.bytes)

    def key(self, device: UUID, sealed: bytes) -> str | None:
        """The key, or None when the server's secret has been changed since."""
        try:
            return base64.b64encode(self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], device.bytes)).decode()
        except InvalidTag:
            return None
