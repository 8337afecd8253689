"""What an aggregate report tells beside participation: activities, groups of children, core elements.

Told of places whose participation is shown: of a place with few children these would tell of each of them.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from api.assessments.practice import FORMS, PERIODS_SHOWN, form_of
from api.assessments.published import text_of
from api.observations.overview import Measured
from api.observations.periods import Period
from domain.composition import MIXED_TRAITS, Composition, Mixing, StrategyUse, uses
from domain.cuts import SETTING_TYPES
from domain.forms import score_groups
from domain.participation_groups import GroupTotals, group_totals
from domain.participation_overview import Places
from domain.participation_totals import Ints
from domain.patterns import TRAITS
from domain.practice import Evaluated
from domain.practice_overview import PracticeOverview, practice_overview
from domain.thresholds import PatternRules
from domain.vocabulary import Vocabulary, title_of
from reporting.overview.practice import PracticeReport
from reporting.room.assessed import Element
from reporting.room.build import LearningArea

_TRAIT_SQL = {
    "multilingual": "CASE child.multilingual WHEN true THEN 1 WHEN false THEN 2 ELSE 0 END",
    "age": """CASE WHEN child.birth_month IS NULL THEN 0 WHEN
        (extract(year FROM CAST(:last_day AS date)) - extract(year FROM child.birth_month)) * 12
        + extract(month FROM CAST(:last_day AS date)) - extract(month FROM child.birth_month) < :young
        THEN 1 ELSE 2 END""",
    "sex": "CASE child.sex WHEN 'boy' THEN 1 WHEN 'girl' THEN 2 ELSE 0 END",
    "support_need": "CASE child.support_need WHEN true THEN 1 WHEN false THEN 2 ELSE 0 END",
}
_TRAITS = text(
    f"""
    SELECT slot.room_id,
        string_agg(int2send(slot.slot) || {" || ".join(f"int2send(({_TRAIT_SQL[it]})::int2)" for it in TRAITS)}, '')
    FROM week_sum_slots slot
    JOIN children child ON child.municipality_id = slot.municipality_id AND child.id = slot.child_id
    GROUP BY slot.room_id
    """
)

# What was recorded in the rooms' completed weeks.
_COUNTED = """
    FROM activities activity
    JOIN room_weeks w ON w.municipality_id = activity.municipality_id AND w.room_id = activity.room_id
        AND w.week = activity.week AND w.completed AND NOT w.closed
    {more}
    WHERE activity.municipality_id = CAST(:municipality_id AS uuid) AND activity.room_id = ANY(CAST(:rooms AS uuid[]))
        AND activity.week BETWEEN :first AND :last AND activity.withdrawn_at IS NULL
"""
_AREAS = text(
    "SELECT activity.week, area, count(*)"
    + _COUNTED.format(more="CROSS JOIN LATERAL unnest(activity.learning_areas) AS area")
    + "GROUP BY 1, 2"
)
_STRATEGIES = text(
    "SELECT strategy, count(*)"
    + _COUNTED.format(more="CROSS JOIN LATERAL (SELECT DISTINCT unnest(activity.strategies)) AS used (strategy)")
    + "GROUP BY 1"
)
_WEEKS = text("SELECT activity.week, count(*), max(activity.updated_at)" + _COUNTED.format(more="") + "GROUP BY 1")
_GROUPS = text(
    """
    WITH small AS (
        SELECT cardinality(activity.child_ids) AS size, known.*
        """
    + _COUNTED.format(
        more="""CROSS JOIN LATERAL (
            SELECT count(child.support_need) AS support_need, count(DISTINCT child.support_need) AS support_need_kinds,
                count(child.multilingual) AS multilingual, count(DISTINCT child.multilingual) AS multilingual_kinds
            FROM unnest(activity.child_ids) AS member (id)
            JOIN children child ON child.municipality_id = activity.municipality_id AND child.id = member.id
        ) AS known"""
    )
    + """
            AND activity.kind = 'immersion_activity' AND cardinality(activity.child_ids) > 1
    )
    SELECT count(*) AS groups, avg(size)::float8 AS size,
        count(*) FILTER (WHERE support_need > 1) AS support_need,
        count(*) FILTER (WHERE support_need > 1 AND support_need_kinds = 2) AS support_need_mixed,
        count(*) FILTER (WHERE multilingual > 1) AS multilingual,
        count(*) FILTER (WHERE multilingual > 1 AND multilingual_kinds = 2) AS multilingual_mixed
    FROM small
    """
)

# Where a room belonged when the period it evaluated ended, whenever the report is made and of whichever weeks.
_EVALUATED = text(
    """
    WITH standing AS (
        SELECT * FROM practice_evaluations
        WHERE withdrawn_at IS NULL AND state = 'final' AND kind = 'joint' AND first_week <= :last
    )
    SELECT said.first_week, said.last_week, said.form_key, said.form_version, said.answers, said.updated_at,
        said.room_id, unit.id AS unit_id, unit.setting_type,
        CASE WHEN lay.id IS NULL THEN unit.area_id ELSE lay.area_id END AS area_id
    FROM standing said
    JOIN rooms room ON room.municipality_id = said.municipality_id AND room.id = said.room_id
    LEFT JOIN room_units belonged ON belonged.municipality_id = room.municipality_id AND belonged.room_id = room.id
        AND said.last_week + 6 BETWEEN belonged.valid_from AND coalesce(belonged.valid_to, 'infinity'::date)
    JOIN units unit ON unit.municipality_id = room.municipality_id
        AND unit.id = coalesce(belonged.unit_id, room.unit_id)
    LEFT JOIN unit_areas lay ON lay.municipality_id = unit.municipality_id AND lay.unit_id = unit.id
        AND said.last_week + 6 BETWEEN lay.valid_from AND coalesce(lay.valid_to, 'infinity'::date)
    WHERE said.first_week IN (SELECT DISTINCT first_week FROM standing ORDER BY 1 DESC LIMIT :periods)
    ORDER BY said.first_week, said.room_id
    """
).columns(answers=JSONB)


@dataclass(frozen=True, slots=True)
class Recorded:
    """The activities of the rooms of a place: their learning areas, strategies and groups; when one changed last."""

    activities: int
    areas: tuple[LearningArea, ...]
    strategies: tuple[StrategyUse, ...]
    composition: Composition | None
    changed_at: datetime | None


async def groups_of(tx: AsyncSession, measured: Measured, period: Period, rules: PatternRules) -> GroupTotals:
    """The groups of every room of the municipality."""
    days = {"last_day": period.last_day, "young": rules.young_below_months}
    told = {str(room_id): records for room_id, records in await tx.execute(_TRAITS, days)}
    return group_totals(measured.children, [told.get(room.id, b"") for room in measured.places.rooms])


async def recorded_by(
    tx: AsyncSession, municipality_id: UUID, rooms: Sequence[str], period: Period, vocabulary: Vocabulary
) -> Recorded:
    """What the `rooms` recorded in the weeks that they completed."""
    asked = {"municipality_id": municipality_id, "rooms": list(rooms), "first": period.first, "last": period.last}
    told = (await tx.execute(_WEEKS, asked)).all()
    weeks = {week for week, _, _ in told}
    counts = {word.key: dict.fromkeys(period.weeks, 0) for word in vocabulary.learning_areas}
    own = list(counts)
    for week, area, count in await tx.execute(_AREAS, asked):
        counts.setdefault(area, dict.fromkeys(period.weeks, 0))[week] = count
    areas = tuple(
        LearningArea(
            area,
            title_of(area, vocabulary.learning_areas),
            tuple(counts[area][week] if week in weeks else None for week in period.weeks),
        )
        for area in [*own, *sorted(counts.keys() - set(own))]
    )
    used = {strategy: int(count) for strategy, count in await tx.execute(_STRATEGIES, asked)}
    return Recorded(
        activities=sum(count for _, count, _ in told),
        areas=areas,
        strategies=uses(used, vocabulary),
        composition=_composition((await tx.execute(_GROUPS, asked)).one()),
        changed_at=max((changed for _, _, changed in told), default=None),
    )


def _composition(found: Any) -> Composition | None:
    if not found.groups:
        return None
    mixings = (Mixing(it, getattr(found, f"{it}_mixed"), getattr(found, it)) for it in MIXED_TRAITS)
    return Composition(found.groups, found.size, tuple(it for it in mixings if it.of))


async def practice_of(
    tx: AsyncSession, period: Period, places: Places, place: tuple[str, int]
) -> tuple[PracticeReport | None, datetime | None]:
    """The core elements of the place over the last periods, `None` where nobody has evaluated or nothing is shown; and
    when an evaluation changed last."""
    rows = (await tx.execute(_EVALUATED, {"last": period.last, "periods": PERIODS_SHOWN})).all()
    groupings = _belonged(rows, places)
    wires = {key: await FORMS.find(tx, *key) for key in {(row.form_key, row.form_version) for row in rows}}
    forms = {key: form_of(wire) for key, wire in wires.items()}

    def of_place() -> PracticeOverview:
        return practice_overview([_evaluated(row, forms) for row in rows], groupings, place)

    found = await asyncio.to_thread(of_place)  # a large municipality has ten thousand evaluations
    changed_at = max((row.updated_at for row in rows), default=None)
    if found.form is None:
        return None, changed_at
    form = forms[found.form]
    titles = {group.key: group.title for group in form.groups}
    labels = wires[found.form].labels
    report = PracticeReport(
        form=form.title,
        ends=(text_of(labels[0]), text_of(labels[-1])) if labels else None,
        versions=f"{form.key} {form.version}",
        periods=found.periods,
        rooms=found.rooms,
        elements=tuple(Element(titles[it.element], it) for it in found.trends),
    )
    return report, changed_at


def _belonged(rows: Sequence[Any], places: Places) -> dict[str, Ints]:
    """The places of the room of each evaluation, by the numbers of `domain.participation_overview.groupings_of`."""
    unit_at = {unit.id: at for at, unit in enumerate(places.units)}
    area_at = {area.id: at for at, area in enumerate(places.areas)}
    found = {
        "room": range(len(rows)),
        "unit": [unit_at[str(row.unit_id)] for row in rows],
        "area": [area_at.get(str(row.area_id), -1) for row in rows],
        "setting_type": [SETTING_TYPES.index(row.setting_type) for row in rows],
        "municipality": [0] * len(rows),
    }
    return {name: np.array(numbers, dtype=np.int64) for name, numbers in found.items()}


def _evaluated(row: Any, forms: dict[tuple[str, int], Any]) -> Evaluated:
    key = (row.form_key, row.form_version)
    return Evaluated(row.first_week, row.last_week, key, score_groups(forms[key], row.answers))
