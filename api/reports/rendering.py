"""Documents are drawn in worker processes with a deadline, never on the event loop.

A worker that exceeds the deadline is stopped and replaced. What waits beyond the queue is turned away at once, so that
a rush for reports never starves the posts of observations.
"""

import asyncio
import multiprocessing
from collections.abc import AsyncIterator, Callable
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import asynccontextmanager
from typing import Self

from pebble import ProcessExpired, ProcessPool

from api.problems import Problem
from api.settings import Settings

RECYCLE_AFTER = 500


class Renderer:
    """A bounded queue in front of a pool of processes that turn values into bytes."""

    def __init__(self, settings: Settings) -> None:
        # `spawn`: a forked child would inherit our sockets and threads.
        self._pool = ProcessPool(
            max_workers=settings.render_workers,
            max_tasks=RECYCLE_AFTER,
            initializer=_warm_up,
            context=multiprocessing.get_context("spawn"),
        )
        self._deadline = settings.render_seconds
        self._places = settings.render_queue + settings.render_workers
        self._taken = 0

    @classmethod
    @asynccontextmanager
    async def running(cls, settings: Settings) -> AsyncIterator[Self]:
        renderer = cls(settings)
        first = [renderer._pool.schedule(_warm_up) for _ in range(settings.render_workers)]
        try:
            yield renderer
        finally:
            for future in first:
                future.cancel()  # type: ignore[no-untyped-call]
            renderer._pool.stop()  # type: ignore[no-untyped-call]
            await asyncio.to_thread(renderer._pool.join)

    async def __call__(self, function: Callable[..., bytes], *args: object, **options: object) -> bytes:
        """`function(*args, **options)` in a worker; raises the problems `busy` and `rendering-too-slow`."""
        if self._taken >= self._places:
            raise Problem("busy", headers={"Retry-After": "5"})
        self._taken += 1
        try:
            future = self._pool.schedule(function, args=args, kwargs=options, timeout=self._deadline)
            return await asyncio.wait_for(asyncio.wrap_future(future), self._deadline * 2)
        except (FutureTimeout, CancelledError, ProcessExpired):
            raise Problem("rendering-too-slow", headers={"Retry-After": "5"}) from None
        finally:
            self._taken -= 1


def _warm_up() -> None:
    """Load what drawing needs before the first reader waits for it."""
    import reporting.readiness.render  # noqa: PLC0415
    import reporting.room.render  # noqa: F401, PLC0415
