"""What a room's assessments of a half-year add up to: bands, change since the one before, agreement of raters.

Nobody is named here: it is numbers about a room.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.principals import Caller
from api.assessments.development import INSTRUMENTS, instrument_of
from api.assessments.development_result_schemas import (
    AreaDevelopmentOut,
    BandCounts,
    DevelopmentOut,
    DevelopmentRulesOut,
    RaterAgreementOut,
    ShareChangeOut,
    UsedInstrumentOut,
)
from api.assessments.development_tables import DevelopmentAssessment
from api.configuration import store as configuration
from api.observations.room_weeks import find_room
from domain.development import AreaResult, DevelopmentInstrument, Distribution, age_appropriate, distribution
from domain.forms import Answers
from domain.half_years import HalfYear, WindowRules, window
from domain.raters import DEFAULT_AGREEMENT_RULES, Rated, RaterAgreement, agreement
from domain.shares import DEFAULT_SHARE_RULES, ShareChange, change
from reporting.share_wording import change_sentence

HALF_YEARS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class AreaDevelopment:
    """A learning area of the half-year. `change` is `None` where the half-year before used another version."""

    area: str
    counts: Distribution
    change: ShareChange | None


@dataclass(frozen=True, slots=True)
class RoomDevelopment:
    """`instrument` is `None` when nobody has a final joint assessment in the half-year."""

    half_year: HalfYear
    instrument: DevelopmentInstrument | None
    started: int
    final: int
    joined: int
    left: int
    areas: tuple[AreaDevelopment, ...]
    agreement: tuple[RaterAgreement, ...]


Children = dict[str, tuple[AreaResult, ...]]


async def gather(tx: AsyncSession, room_id: UUID, half_year: HalfYear) -> RoomDevelopment:
    """Everything rated in the room up to and in `half_year`. Who may see the room is for the caller to know."""
    mine = DevelopmentAssessment
    shown = [half_year]
    while len(shown) < HALF_YEARS_SHOWN:
        shown.append(shown[-1].before)
    names = [str(it) for it in reversed(shown)]
    query = select(mine).where(mine.room_id == room_id, mine.half_year.in_(names), mine.withdrawn_at.is_(None))
    rows = (await tx.scalars(query.order_by(mine.rater_id))).all()
    now = [row for row in rows if row.half_year == str(half_year)]
    final = [row for row in now if row.kind == "joint" and row.state == "final"]
    used = Counter((row.instrument_key, row.instrument_version) for row in final)
    version = max(used, key=lambda it: (used[it], it), default=None)
    known = await _instruments(tx, rows)
    instrument = known[version] if version else None
    before = [row for row in rows if row.half_year == str(half_year.before)]
    return RoomDevelopment(
        half_year=half_year,
        instrument=instrument,
        started=len({row.child_id for row in now}),
        final=len({row.child_id for row in final}),
        joined=len(_joint(now, version).keys() - _joint(before, version).keys()),
        left=len(_joint(before, version).keys() - _joint(now, version).keys()),
        areas=_areas(instrument, _joint(now, version), before) if instrument else (),
        agreement=_agreement(known, rows, names),
    )


async def _instruments(
    tx: AsyncSession, rows: Sequence[DevelopmentAssessment]
) -> dict[tuple[str, int], DevelopmentInstrument]:
    """Every version the rows were rated with."""
    versions = {(row.instrument_key, row.instrument_version) for row in rows}
    return {version: instrument_of(await INSTRUMENTS.find(tx, *version)) for version in sorted(versions)}


def _joint(rows: Sequence[DevelopmentAssessment], version: tuple[str, int] | None) -> Children:
    """The results of the final joint assessments with one version of the instrument, by child."""
    return {
        str(row.child_id): tuple(AreaResult(**result) for result in row.results)
        for row in rows
        if row.kind == "joint" and row.state == "final" and (row.instrument_key, row.instrument_version) == version
    }


def _areas(
    instrument: DevelopmentInstrument, now: Children, earlier: Sequence[DevelopmentAssessment]
) -> tuple[AreaDevelopment, ...]:
    version = instrument.form.key, instrument.form.version
    before = _joint(earlier, version)
    others = any(row.kind == "joint" and row.state == "final" for row in earlier)
    comparable = bool(before) or not others
    return tuple(
        AreaDevelopment(
            area=group.key,
            counts=distribution(group.key, now),
            change=change(before=age_appropriate(group.key, before), now=age_appropriate(group.key, now))
            if comparable
            else None,
        )
        for group in instrument.form.groups
    )


def _agreement(
    known: Mapping[tuple[str, int], DevelopmentInstrument],
    rows: Sequence[DevelopmentAssessment],
    half_years: Sequence[str],
) -> tuple[RaterAgreement, ...]:
    """One for each half-year with individual ratings, in the order of time; of the first instrument where a half-year
    has several, since points of different scales are not compared."""
    told = []
    for half_year in half_years:
        final = [row for row in rows if row.half_year == half_year and row.state == "final"]
        single = [row for row in final if row.kind == "individual"]
        if not single:
            continue
        version = min((row.instrument_key, row.instrument_version) for row in single)
        mine = [row for row in single if row.instrument_key == version[0]]
        joint = {row.child_id: row.answers for row in final if row.kind == "joint" and row.instrument_key == version[0]}
        by_child: dict[UUID, list[Answers]] = {}
        for row in mine:
            by_child.setdefault(row.child_id, []).append(row.answers)
        rated = [Rated(tuple(answers), joint.get(child)) for child, answers in by_child.items()]
        scale = known[version].form.scale
        told.append(agreement(half_year, rated, low=scale.min, high=scale.max))
    return tuple(told)


async def of_room(tx: AsyncSession, caller: Caller, room_id: UUID, half_year: HalfYear) -> DevelopmentOut:
    """The room's development as it is answered."""
    await find_room(tx, caller, room_id)
    decided = await configuration.load(tx, "calendar")
    return to_wire(room_id, await gather(tx, room_id, half_year), decided.calendar(half_year.last_day).windows)


def to_wire(room_id: UUID, found: RoomDevelopment, windows: WindowRules) -> DevelopmentOut:
    opens, closes = window(found.half_year, rules=windows)
    instrument = found.instrument
    used = used_instrument(instrument)
    titles = {group.key: group.title for group in instrument.form.groups} if instrument else {}
    return DevelopmentOut(
        room_id=room_id,
        half_year=str(found.half_year),
        window_opens=opens,
        window_closes=closes,
        instrument=used,
        started=found.started,
        final=found.final,
        areas=[
            AreaDevelopmentOut(
                area=it.area,
                title=_text(titles[it.area]),
                counts=BandCounts.model_validate(it.counts.counts),
                n=it.counts.n,
                without=it.counts.without,
                change=_change(it.change) if it.change else None,
            )
            for it in found.areas
        ],
        agreement=[
            RaterAgreementOut(half_year=it.period, **{k: v for k, v in asdict(it).items() if k != "period"})
            for it in found.agreement
        ],
        rules=DevelopmentRulesOut(
            change=DEFAULT_SHARE_RULES.version,
            agreement=DEFAULT_AGREEMENT_RULES.version,
            windows=windows.version,
        ),
    )


def used_instrument(instrument: DevelopmentInstrument | None) -> UsedInstrumentOut | None:
    if instrument is None:
        return None
    return UsedInstrumentOut(
        key=instrument.form.key,
        version=instrument.form.version,
        norm_version=instrument.norms.version,
        norms_by_sex=instrument.norms.by_sex,
        norms_monolingual=instrument.norms.monolingual,
    )


def _text(text: Any) -> dict[str, str]:
    return {"da": text.da, "en": text.en}


def _change(told: ShareChange) -> ShareChangeOut:
    fields = asdict(told)
    if told.matched:
        fields["matched"] |= {"n": told.matched.n, "before": told.matched.before, "now": told.matched.now}
    sentence = {"da": change_sentence(told, "da"), "en": change_sentence(told, "en")}
    return ShareChangeOut.model_validate({**fields, "sentence": sentence})


def half_year_of(written: str | None, today: date) -> HalfYear:
    """The half-year asked for, else that of today."""
    return HalfYear.of(today) if written is None else HalfYear.parse(written)
