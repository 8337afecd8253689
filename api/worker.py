"""Which jobs there are, and a process that does nothing else."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date

from api import jobs
from api.clock import local_today
from api.db import Database
from api.imports import store as imports
from api.imports.importers import importers
from api.reports import batch_job, batches
from api.reports.rendering import Renderer
from api.settings import Settings
from api.surveys import freezing, mails


def working(
    settings: Settings, database: Database, *, renderer: Renderer, today: Callable[[], date] = local_today
) -> AbstractAsyncContextManager[None]:
    """All kinds of jobs are worked on while the context lasts; documents are drawn by `renderer`."""
    kinds = {
        imports.JOB: imports.job(importers(today)),
        mails.JOB: mails.job(settings),
        freezing.JOB: freezing.job,
        batches.JOB: batch_job.job(renderer, settings, today=today),
        batches.EXPIRY_JOB: batch_job.expire,
    }
    return jobs.worker(settings, database, kinds)


@asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator[Database]:
    database = Database(settings)
    try:
        yield database
    finally:
        await database.close()


async def run_until_stopped(settings: Settings) -> None:
    """Work until SIGTERM or SIGINT, then finish what is under way. Without the API's secret no letter can be opened."""
    _ = settings.secret  # or an error that says what to set
    stopped = asyncio.Event()
    for known in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(known, stopped.set)
    async with (
        _database(settings) as database,
        Renderer.running(settings) as renderer,
        working(settings, database, renderer=renderer),
    ):
        await stopped.wait()
