"""Documents are drawn in worker processes with a deadline, never on the event loop.

A worker that exceeds the deadline is stopped and replaced. What waits beyond the queue is turned away at once, so that
a rush for reports never starves the posts of observations.
"""

import asyncio
import multiprocessing
import os
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as FutureTimeout
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager
from typing import Self

from pebble import ProcessExpired, ProcessPool

from api.problems import Problem
from api.settings import Settings

RECYCLE_AFTER = 500


class UnknownChartError(Exception):
    """The report has no chart of this name. Raised in a worker, before anything is drawn."""


class Renderer:
    """A bounded queue in front of a pool of processes that turn values into bytes."""

    def __init__(self, settings: Settings) -> None:
        self._workers = settings.render_workers
        self._pool = self._new_pool()
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
            await asyncio.to_thread(_end, renderer._pool)

    def _new_pool(self) -> ProcessPool:
        # `spawn`: a forked child would inherit our sockets and threads.
        return ProcessPool(
            max_workers=self._workers,
            max_tasks=RECYCLE_AFTER,
            initializer=_begin,
            context=multiprocessing.get_context("spawn"),
        )

    def _working_pool(self) -> ProcessPool:
        """The pool; a new one when a worker that died while idle (out of memory, killed) has broken it."""
        if not self._pool.active:
            threading.Thread(target=_end, args=(self._pool,), daemon=True).start()
            self._pool = self._new_pool()
        return self._pool

    async def __call__(self, function: Callable[..., bytes], *args: object, **options: object) -> bytes:
        """`function(*args, **options)` in a worker; raises the problems `busy` and `rendering-too-slow`."""
        if self._taken >= self._places:
            raise Problem("busy", headers={"Retry-After": "5"})
        self._taken += 1
        try:
            future = self._working_pool().schedule(function, args=args, kwargs=options, timeout=self._deadline)
            return await asyncio.wait_for(asyncio.wrap_future(future), self._deadline * 2)
        except (FutureTimeout, CancelledError, ProcessExpired, BrokenProcessPool):
            raise Problem("rendering-too-slow", headers={"Retry-After": "5"}) from None
        finally:
            self._taken -= 1


def _end(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    pool.join()


def _begin() -> None:
    """Drawing gives way to answering: who records an observation does not wait for somebody else's report."""
    os.nice(5)
    _warm_up()


def _warm_up() -> None:
    """Load what drawing needs before the first reader waits for it."""
    import reporting.readiness.render  # noqa: PLC0415
    import reporting.room.render  # noqa: F401, PLC0415
