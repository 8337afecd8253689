"""The signature in a link to one document: opaque, short, and worth nothing for anything else.

It holds who made the link and until when, encrypted (AES-GCM); the document itself is authenticated beside it, not
repeated. What the maker may see is looked up when the link is opened, so a revoked client's links are dead at once.
"""

import base64
import binascii
import hashlib
import os
import struct
import time
from operator import itemgetter
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from api.problems import Problem

SIGNATURE = "signature"
_NONCE = 12
_CONTENT = struct.Struct(">16sI")  # the client's id, and when the link expires


class LinkSigner:
    """Makes and reads signatures with one secret; knows nothing of requests or databases."""

    def __init__(self, secret: str) -> None:
        self._cipher = AESGCM(hashlib.sha256(b"vls-links" + secret.encode()).digest())

    def link(self, client_id: UUID, *, path: str, query: str, seconds: int) -> tuple[str, int]:
        """The query of a link that opens exactly this document, and when it expires (epoch seconds)."""
        expires = int(time.time()) + seconds
        nonce = os.urandom(_NONCE)
        sealed = self._cipher.encrypt(nonce, _CONTENT.pack(client_id.bytes, expires), _document(path, query))
        signature = base64.urlsafe_b64encode(nonce + sealed).decode()
        return f"{query}&{SIGNATURE}={signature}" if query else f"{SIGNATURE}={signature}", expires

    def client_of(self, signature: str, *, path: str, query: str) -> UUID:
        """The client that made the link to this document; the problem `link-expired` when none did or it is over."""
        try:
            sealed = base64.b64decode(signature, altchars=b"-_", validate=True)
            content = self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], _document(path, query))
        except (InvalidTag, ValueError, binascii.Error):
            raise Problem("link-expired") from None
        id_, expires = _CONTENT.unpack(content)
        if time.time() >= expires:
            raise Problem("link-expired")
        return UUID(bytes=id_)


def _document(path: str, query: str) -> bytes:
    """The document a link is for: its path and its parameters, whatever their order."""
    parameters = [pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] != SIGNATURE]
    return (path + "?" + urlencode(sorted(parameters, key=itemgetter(0)))).encode()
