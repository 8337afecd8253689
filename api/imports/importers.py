"""Which function takes which dataset."""

from collections.abc import Callable, Mapping
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from api.assessments.ratings_import import DEVELOPMENT, PRACTICE, import_development, import_practice
from api.imports.outcome import Outcome
from api.imports.roster import import_roster
from api.imports.store import Importer
from api.imports.tables import Import
from api.surveys.answers_import import import_answers
from api.surveys.instruments_import import DATASET as INSTRUMENTS
from api.surveys.instruments_import import import_instruments


def importers(today: Callable[[], date]) -> Mapping[str, Importer]:
    """Every dataset that can be handed in; `today` is where a change without a date begins."""

    async def roster(tx: AsyncSession, received: Import) -> Outcome:
        body = received.body or b""
        return await import_roster(tx, municipality_id=received.municipality_id, body=body, today=today())

    async def practice(tx: AsyncSession, received: Import) -> Outcome:
        return await import_practice(tx, received, today=today())

    async def development(tx: AsyncSession, received: Import) -> Outcome:
        return await import_development(tx, received, today=today())

    return {
        "roster": roster,
        "survey-answers": import_answers,
        INSTRUMENTS: import_instruments,
        PRACTICE: practice,
        DEVELOPMENT: development,
    }
