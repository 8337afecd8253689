"""Documents under pressure: a deadline, a bounded queue, and the rest of the API going on meanwhile."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from api.problems import Problem
from api.reports.rendering import Renderer
from api.settings import Settings


def slow(seconds: float) -> bytes:
    time.sleep(seconds)
    return b"done"


def dying() -> bytes:
    os._exit(1)


@pytest.fixture
async def renderer(settings: Settings) -> AsyncIterator[Renderer]:
    small = settings.model_copy(update={"render_workers": 1, "render_queue": 1, "render_seconds": 1.0})
    async with Renderer.running(small) as running:
        await drawn_in_the_end(running)
        yield running


async def drawn_in_the_end(renderer: Renderer) -> None:
    """The worker is up, or up again; starting takes longer than the deadline of one document here."""
    for _ in range(20):
        with suppress(Problem):
            assert await renderer(slow, 0) == b"done"
            return
    raise AssertionError("the worker never came up")


async def refusal(renderer: Renderer, function: object, *arguments: object) -> tuple[str, int, str]:
    with pytest.raises(Problem) as refused:
        await renderer(function, *arguments)  # type: ignore[arg-type]
    problem = refused.value
    return problem.code, problem.kind.status, problem.headers["Retry-After"]


async def test_a_document_beyond_its_deadline_is_a_503_and_the_next_one_is_drawn(renderer: Renderer) -> None:
    assert await refusal(renderer, slow, 30) == ("rendering-too-slow", 503, "5")
    await drawn_in_the_end(renderer)


async def test_a_worker_that_dies_is_a_503_and_is_replaced(renderer: Renderer) -> None:
    assert await refusal(renderer, dying) == ("rendering-too-slow", 503, "5")
    await drawn_in_the_end(renderer)


def pid() -> bytes:
    return str(os.getpid()).encode()


async def test_a_worker_killed_while_idle_is_replaced(renderer: Renderer) -> None:
    os.kill(int(await renderer(pid)), signal.SIGKILL)
    await asyncio.sleep(0.5)
    await drawn_in_the_end(renderer)


async def test_what_does_not_fit_in_the_queue_is_turned_away_at_once(renderer: Renderer) -> None:
    waiting = [asyncio.create_task(renderer(slow, 0.4)) for _ in range(2)]
    await asyncio.sleep(0.05)
    assert await refusal(renderer, slow, 0) == ("busy", 503, "5")
    assert await asyncio.gather(*waiting) == [b"done", b"done"]
