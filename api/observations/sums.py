"""Summing up the weeks that were marked, so that a whole municipality is read in a moment.

Marks are removed first and the weeks are read afterwards: a change that is committed in between is read, and its mark
stays for the next time. So a sum can be too new for a moment, never too old for good.
"""

from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

AT_ONCE = 250  # marks: each may be of many weeks

_TAKE = text(
    """
    DELETE FROM week_sum_marks
    WHERE id IN (
        SELECT id FROM week_sum_marks
        WHERE CAST(:room_id AS uuid) IS NULL OR room_id = CAST(:room_id AS uuid)
        ORDER BY id LIMIT :at_once)
    RETURNING room_id, first_week, last_week
    """
)

_MARKED = """
    marked AS (
        SELECT DISTINCT w.municipality_id, w.room_id, w.week, w.completed AND NOT w.closed AS completed, w.closed
        FROM unnest(CAST(:rooms AS uuid[]), CAST(:firsts AS date[]), CAST(:lasts AS date[]))
            AS mark (room_id, first_week, last_week)
        JOIN room_weeks w ON w.municipality_id = CAST(:municipality_id AS uuid) AND w.room_id = mark.room_id
            AND w.week BETWEEN mark.first_week AND mark.last_week
    )
"""

_NUMBER = text(
    f"""
    WITH {_MARKED},
    unnumbered AS (
        SELECT DISTINCT stay.room_id, stay.child_id
        FROM child_rooms stay
        WHERE stay.room_id IN (SELECT room_id FROM marked)
            AND NOT EXISTS (
                SELECT FROM week_sum_slots known WHERE known.room_id = stay.room_id AND known.child_id = stay.child_id)
    )
    INSERT INTO week_sum_slots (municipality_id, room_id, child_id, slot)
    SELECT CAST(:municipality_id AS uuid), room_id, child_id,
        coalesce((SELECT max(slot) + 1 FROM week_sum_slots known WHERE known.room_id = unnumbered.room_id), 0)
            + row_number() OVER (PARTITION BY room_id ORDER BY child_id) - 1
    FROM unnumbered
    """
)

# What the three sources tell is laid one below the other and summed, not joined: nothing is known beforehand of how
# many rows they have, and joined in the wrong order they would be compared each with each.
_SUM = text(
    f"""
    WITH {_MARKED},
    told AS (
        SELECT marked.room_id, marked.week, stay.child_id,
            least(stay.valid_to, marked.week + 4) - greatest(stay.valid_from, marked.week) + 1 AS weekdays,
            0 AS immersion_activity, 0 AS focus_conversation,
            0 AS immersion_tally, 0 AS focus_tally, false AS absent
        FROM marked
        JOIN child_rooms stay ON stay.municipality_id = marked.municipality_id AND stay.room_id = marked.room_id
            AND stay.valid_from <= marked.week + 4 AND coalesce(stay.valid_to, 'infinity') >= marked.week
        JOIN children child ON child.municipality_id = stay.municipality_id AND child.id = stay.child_id
            AND child.deleted_at IS NULL
        WHERE marked.completed
        UNION ALL
        SELECT marked.room_id, marked.week, child_id, 0, (activity.kind = 'immersion_activity')::int,
            (activity.kind = 'focus_conversation')::int, 0, 0, false
        FROM marked
        JOIN activities activity ON activity.municipality_id = marked.municipality_id
            AND activity.room_id = marked.room_id AND activity.week = marked.week AND activity.withdrawn_at IS NULL
        CROSS JOIN LATERAL unnest(activity.child_ids) AS child_id
        WHERE marked.completed
        UNION ALL
        SELECT marked.room_id, marked.week, tally.child_id, 0, 0, 0, coalesce(tally.immersion_activity, 0),
            coalesce(tally.focus_conversation, 0), tally.absent
        FROM marked
        JOIN week_tallies tally ON tally.municipality_id = marked.municipality_id
            AND tally.room_id = marked.room_id AND tally.week = marked.week
        WHERE marked.completed
    ),
    summed AS (
        SELECT room_id, week, child_id, sum(weekdays) AS weekdays,
            greatest(sum(immersion_activity), sum(immersion_tally)) AS immersion_activity,
            greatest(sum(focus_conversation), sum(focus_tally)) AS focus_conversation, bool_or(absent) AS absent
        FROM told
        GROUP BY 1, 2, 3
        HAVING sum(weekdays) > 0
    ),
    records AS (
        SELECT room_id, week, string_agg(
            int2send(slot.slot) || int2send(immersion_activity::int2) || int2send(focus_conversation::int2)
            || int2send(weekdays::int2) || int2send(absent::int::int2), ''::bytea ORDER BY slot.slot) AS records
        FROM summed
        JOIN week_sum_slots slot USING (room_id, child_id)
        GROUP BY 1, 2
    )
    INSERT INTO week_sums (municipality_id, week, room_id, completed, closed, records)
    SELECT CAST(:municipality_id AS uuid), week, room_id, completed, closed, coalesce(records, ''::bytea)
    FROM marked LEFT JOIN records USING (room_id, week)
    ON CONFLICT (municipality_id, week, room_id)
    DO UPDATE SET completed = excluded.completed, closed = excluded.closed, records = excluded.records,
        summed_at = clock_timestamp()
    WHERE (week_sums.completed, week_sums.closed, week_sums.records)
        IS DISTINCT FROM (excluded.completed, excluded.closed, excluded.records)
    """
)


async def bring_up_to_date(tx: AsyncSession, municipality_id: UUID) -> None:
    """Sum up every marked week of the municipality. One at a time: whoever sums up last has read last."""
    await tx.execute(select(func.pg_advisory_xact_lock(_lock(municipality_id))))
    # Planned anew for each portion: a plan made when few children had a number reads all of them for each.
    await tx.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))
    while await _sum_up(tx, municipality_id, room_id=None) == AT_ONCE:
        pass


async def bring_room_up_to_date(tx: AsyncSession, municipality_id: UUID, room_id: UUID) -> None:
    """Sum up the marked weeks of a room, so that marks do not pile up; not now if somebody is summing up."""
    if await tx.scalar(select(func.pg_try_advisory_xact_lock(_lock(municipality_id)))):
        await _sum_up(tx, municipality_id, room_id=room_id)


def _lock(municipality_id: UUID) -> object:
    return func.hashtextextended(f"{municipality_id}/week-sums", 0)


async def _sum_up(tx: AsyncSession, municipality_id: UUID, *, room_id: UUID | None) -> int:
    """The number of marks taken."""
    marks = (await tx.execute(_TAKE, {"room_id": room_id, "at_once": AT_ONCE})).all()
    if marks:
        weeks = sorted(set(map(tuple, marks)))
        columns = dict(zip(("rooms", "firsts", "lasts"), map(list, zip(*weeks, strict=True)), strict=True))
        for statement in (_NUMBER, _SUM):
            await tx.execute(statement, {"municipality_id": municipality_id, **columns})
    return len(marks)
