"""What slows guessing down without locking anybody out: failures are counted where they come from, work is bounded.

An id is no secret, so whoever has one could fail in its name. Failures therefore count for an id *and* the address they
come from, and only wrong secrets are refused. What is remembered is bounded, whatever strangers send.
"""

import time
from collections import Counter, OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv6Address, ip_address
from uuid import UUID

from api.problems import Problem

FAILURES = 10
FAILURE_SECONDS = 60.0
REMEMBERED = 10_000
WAITING = 64
WAITING_OF_PEER = 16


class Failures:
    """Wrong secrets by client and peer; the oldest are forgotten first."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[UUID, str], tuple[int, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._known)

    def note(self, client_id: UUID, peer: str) -> None:
        """Count one more; more than ten within a minute raise `too-many-attempts`."""
        key, now = (client_id, network_of(peer)), time.monotonic()
        count, since = self._known.pop(key, (0, now))
        if now - since > FAILURE_SECONDS:
            count, since = 0, now
        self._known[key] = count + 1, since
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        if count >= FAILURES:
            wait = max(1, round(since + FAILURE_SECONDS - now))
            raise Problem("too-many-attempts", headers={"Retry-After": str(wait)})


class Queue:
    """How many secrets wait to be hashed, in all and from one peer; those beyond are turned away at once."""

    def __init__(self) -> None:
        self._waiting: Counter[str] = Counter()

    @contextmanager
    def place(self, peer: str) -> Iterator[None]:
        network = network_of(peer)
        if self._waiting.total() >= WAITING:
            raise Problem("busy")
        if self._waiting[network] >= WAITING_OF_PEER:
            raise Problem("too-many-attempts")
        self._waiting[network] += 1
        try:
            yield
        finally:
            self._waiting[network] -= 1
            self._waiting += Counter()  # drops those with nothing waiting


def network_of(peer: str) -> str:
    """The peer as one party: an IPv6 household has 2^64 addresses.

    >>> network_of("192.0.2.7"), network_of("2001:db8:1:2:3::4")
    ('192.0.2.7', '2001:db8:1:2::')
    """
    try:
        address = ip_address(peer)
    except ValueError:
        return peer[:64]
    if not isinstance(address, IPv6Address):
        return peer
    mapped = address.ipv4_mapped
    return str(mapped) if mapped else str(IPv6Address(int(address) >> 64 << 64))
