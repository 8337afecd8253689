"""A mail server in the test's own process that keeps what it is sent."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class Mailbox:
    """Messages by the address they were sent to. `unknown@...` is refused for good, `later@...` for now,
    and `slow@...` takes a while."""

    port: int = 0
    in_clear: int = 0  # messages that came over a connection without TLS
    received: dict[str, list[EmailMessage]] = field(default_factory=dict)

    async def handle_RCPT(  # noqa: N802 - the names are aiosmtpd's
        self, _: Any, __: Any, envelope: Any, address: str, ___: Any
    ) -> str:
        if address.startswith("unknown"):
            return "550 No such user"
        if address.startswith("later"):
            return "451 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: Any, _: Any, envelope: Any
    ) -> str:
        if any(address.startswith("slow") for address in envelope.rcpt_tos):
            await asyncio.sleep(0.3)
        self.in_clear += server.transport.get_extra_info("sslcontext") is None
        message = message_from_bytes(envelope.content, policy=policy.default)
        for address in envelope.rcpt_tos:
            self.received.setdefault(address, []).append(message)  # type: ignore[arg-type]
        return "250 OK"

    async def wait_for(self, address: str, *, count: int = 1, seconds: float = 20) -> list[str]:
        """The texts sent to `address`, once there are `count` of them."""
        for _ in range(round(seconds / 0.02)):
            if len(self.received.get(address, ())) >= count:
                break
            await asyncio.sleep(0.02)
        texts = [message.get_content() for message in self.received.get(address, ())]
        assert len(texts) == count, f"{address} got {len(texts)} mails"
        return texts


@contextmanager
def serving_mail(**asked: Any) -> Iterator[Mailbox]:
    """`asked` goes to aiosmtpd: `ssl_context` speaks TLS from the start, `tls_context` offers STARTTLS."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        box = Mailbox(port=free.getsockname()[1])
    controller = Controller(box, hostname="127.0.0.1", port=box.port, **asked)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
