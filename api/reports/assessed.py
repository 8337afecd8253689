"""Practice and development for the room data report: what the room's evaluations and assessments add up to."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.assessments import development_room, practice
from api.assessments.development_tables import DevelopmentAssessment
from api.assessments.practice_schemas import AgreementIO
from api.assessments.published import text_of
from api.assessments.tables import PracticeEvaluation
from api.observations.periods import Period
from domain.half_years import HalfYear
from domain.practice import seen_differently
from reporting.room.assessed import Agreement, Area, Development, Element, Practice, SeenDifferently


async def practice_of(tx: AsyncSession, room_id: UUID, period: Period) -> Practice | None:
    """The periods evaluated together that begin no later than the report's last week; `None` without any."""
    found = await practice.gather(tx, room_id, until=period.last)
    if found.form is None:
        return None
    last, labels = found.evaluations[-1], found.form.labels
    items = {item.key: text_of(item.text) for item in found.form.items}
    agreements = (AgreementIO.model_validate(it) for it in last.agreements)
    return Practice(
        form=text_of(found.form.title),
        ends=(text_of(labels[0]), text_of(labels[-1])) if labels else None,
        versions=f"{found.form.key} {found.form.version}",
        periods=tuple((row.first_week, row.last_week) for row in found.evaluations),
        elements=tuple(Element(text_of(found.titles[it.element]), it) for it in found.trends),
        seen_differently=tuple(
            SeenDifferently(items[key], low, high)
            for key, (low, high) in seen_differently(found.individual[-1]).items()
            if key in items
        ),
        agreements=tuple(Agreement(it.text, it.responsible, it.due_on, it.status) for it in agreements),
    )


async def development_of(tx: AsyncSession, room_id: UUID, period: Period) -> Development | None:
    """The half-year of the report's last day, or the one before it while nobody is assessed yet; `None` without any."""
    half_year = HalfYear.of(period.last_day)
    found = await development_room.gather(tx, room_id, half_year)
    if not found.final:
        found = await development_room.gather(tx, room_id, half_year.before)
    instrument = found.instrument
    if instrument is None:
        return None
    titles = {group.key: group.title for group in instrument.form.groups}
    of_this = next((it for it in found.agreement if it.period == str(found.half_year)), None)
    return Development(
        instrument=instrument.form.title,
        versions=f"{instrument.form.key} {instrument.form.version}, {instrument.norms.version}",
        half_year=str(found.half_year),
        assessed=found.final,
        started=found.started,
        joined=found.joined,
        left=found.left,
        areas=tuple(Area(titles[it.area], it.counts, it.change) for it in found.areas),
        norms_by_sex=instrument.norms.by_sex,
        norms_monolingual=instrument.norms.monolingual,
        within_one=of_this.within_one if of_this else None,
        talk_about_points=of_this.talk if of_this else False,
    )


async def changed_at(tx: AsyncSession, room_id: UUID, *, development: bool) -> datetime | None:
    """When anything of it changed last; a withdrawal is a change too."""
    tables: list[Any] = [PracticeEvaluation, *([DevelopmentAssessment] if development else [])]
    moments = [await tx.scalar(select(func.max(it.updated_at)).where(it.room_id == room_id)) for it in tables]
    return max((moment for moment in moments if moment), default=None)
