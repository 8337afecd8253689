"""From rows of ratings and what is known to a plan: what is new, what is corrected, what stands, and what cannot be.

The same rules as for one rating at a time. A rating is known by whose it is: room, period and colleague, or child,
half-year and colleague. Nothing is removed; the same file again changes nothing.
"""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from domain.cells import quoted
from domain.development import AreaResult, DevelopmentInstrument, age_in_months, age_range, assess
from domain.half_years import HalfYear
from domain.ratings_sheet import RatingLine
from domain.tabular import Findings

Key = tuple[Any, ...]
Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class KnownRoom:
    id: str
    unit_id: str


@dataclass(frozen=True, slots=True)
class KnownStaff:
    id: str
    unit_id: str


@dataclass(frozen=True, slots=True)
class KnownChild:
    """`stays` are (room id, first day, last day or `None`)."""

    id: str
    birth_month: date | None
    sex: str | None
    stays: tuple[tuple[str, date, date | None], ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A rating that is there: its id, and the content that a row may change."""

    id: str
    state: str
    answers: Mapping[str, int | None]
    comment: str


@dataclass(frozen=True, slots=True)
class PlannedRating:
    """A row to write. `known` is the rating it corrects, `None` for a new one; `values` are the fields of its kind."""

    row: int
    kind: str
    rater_id: str | None
    state: str
    answers: dict[str, int | None]
    comment: str
    values: dict[str, Any]
    known: Standing | None


@dataclass(slots=True)
class RatingPlan:
    creates: list[PlannedRating] = field(default_factory=list)
    corrections: list[PlannedRating] = field(default_factory=list)
    unchanged: int = 0
    findings: Findings = field(default_factory=lambda: Findings(None))

    def add(self, planned: PlannedRating) -> None:
        known = planned.known
        if known is None:
            self.creates.append(planned)
        elif (known.state, _given(known.answers), known.comment) == (
            planned.state, _given(planned.answers), planned.comment,
        ):  # fmt: skip
            self.unchanged += 1
        else:
            self.corrections.append(planned)


def _given(answers: Mapping[str, int | None]) -> dict[str, int]:
    return {key: value for key, value in answers.items() if value is not None}


class _Planner:
    """What both kinds of ratings have in common: who rated, whether it says anything, and whether it came before."""

    def __init__(self, staff: Mapping[str, KnownStaff]) -> None:
        self.plan = RatingPlan()
        self.staff = staff
        self.seen: dict[Key, int] = {}

    def refuse(self, line: RatingLine, code: str, at: str | None, **params: Any) -> None:
        self.plan.findings.add(code, row=line.row, at=at, **params)

    def rater(self, line: RatingLine, unit_id: str) -> tuple[bool, str | None]:
        """Whether the rater is right, and who it is."""
        written = line.values.get("rater_external_id")
        if line.kind == "joint":
            if written:
                self.refuse(line, "joint-has-no-rater", "rater_external_id")
            return not written, None
        if not written:
            self.refuse(line, "missing-value", "rater_external_id", column="rater_external_id")
            return False, None
        found = self.staff.get(written)
        if found is None or found.unit_id != unit_id:
            self.refuse(line, "unknown-rater", "rater_external_id", value=quoted(written))
            return False, None
        return True, found.id

    def says_something(self, line: RatingLine) -> bool:
        if line.state == "final" and not line.answers:
            self.refuse(line, "nothing-answered", None)
            return False
        return True

    def is_first(self, line: RatingLine, key: Key) -> bool:
        first = self.seen.setdefault(key, line.row)
        if first != line.row:
            self.refuse(line, "rated-twice", None, first_row=first)
        return first == line.row

    def reopens(self, line: RatingLine, known: Standing | None) -> bool:
        if known is not None and known.state == "final" and line.state == "draft":
            self.refuse(line, "already-final", "state")
            return True
        return False


def plan_practice(
    lines: Iterable[RatingLine],
    *,
    rooms: Mapping[str, KnownRoom],
    staff: Mapping[str, KnownStaff],
    standing: Mapping[Key, Standing],
    spans: Mapping[str, Sequence[Span]],
    last_week: Callable[[str, date], date],
    today: date,
) -> RatingPlan:
    """Keys of `standing` are (room id, first week, rater id or `None`); `spans` are the periods each room has already.

    `last_week` says of a unit and the first week of a period where it ends, when a row does not.
    """
    planner = _Planner(staff)
    mine: dict[str, set[Span]] = {room: set(known) for room, known in spans.items()}
    for line in lines:
        room = rooms.get(line.values["room_external_id"])
        if room is None:
            planner.refuse(line, "unknown-room", "room_external_id", value=quoted(line.values["room_external_id"]))
            continue
        first = line.values["first_week"]
        last = line.values.get("last_week") or next(
            (known[1] for known in mine.get(room.id, ()) if known[0] == first), last_week(room.unit_id, first)
        )
        if not _period_is_right(planner, line, first, last, mine.setdefault(room.id, set()), today=today):
            continue
        right, rater = planner.rater(line, room.unit_id)
        key = (room.id, first, rater)
        known = standing.get(key)
        if not right or not planner.is_first(line, key) or planner.reopens(line, known):
            continue
        if planner.says_something(line):
            mine[room.id].add((first, last))
            values = {"room_id": room.id, "first_week": first, "last_week": last}
            planner.plan.add(_planned(line, rater, values, known))
    return planner.plan


def _period_is_right(
    planner: _Planner, line: RatingLine, first: date, last: date, spans: set[Span], *, today: date
) -> bool:
    if first > today:
        planner.refuse(line, "week-in-future", "first_week", value=f"{first:%G-W%V}")
    elif last < first:
        planner.refuse(line, "week-before-first", "last_week", value=f"{last:%G-W%V}")
    elif other := next((it for it in sorted(spans) if it != (first, last) and it[0] <= last and first <= it[1]), None):
        there = f"{other[0]:%G-W%V}–{other[1]:%G-W%V}"
        planner.refuse(line, "periods-overlap", "first_week", value=f"{first:%G-W%V}", there=there)
    else:
        return True
    return False


def plan_development(
    lines: Iterable[RatingLine],
    *,
    instrument: DevelopmentInstrument,
    rooms: Mapping[str, KnownRoom],
    staff: Mapping[str, KnownStaff],
    children: Mapping[str, KnownChild],
    standing: Mapping[Key, Standing],
    today: date,
) -> RatingPlan:
    """Keys of `standing` are (child id, half-year, rater id or `None`), all with this instrument.

    Individual ratings come before joint ones whatever the order of the rows, so that a file may hold both.
    """
    planner = _Planner(staff)
    by_id = {room.id: room for room in rooms.values()}
    final = {key for key, known in standing.items() if key[2] is not None and known.state == "final"}
    rated = Counter(key[:2] for key in final)
    ages = age_range(instrument)
    for line in sorted(lines, key=lambda line: line.kind):
        placed = _placed(planner, line, children, rooms, by_id, today=today)
        if placed is None:
            continue
        child, room_id = placed
        half_year = str(HalfYear.of(line.values["assessed_on"]))
        right, rater = planner.rater(line, by_id[room_id].unit_id)
        key = (child.id, half_year, rater)
        known = standing.get(key)
        if not right or not planner.is_first(line, key) or planner.reopens(line, known):
            continue
        results = _results(planner, line, child, instrument, ages)
        if results is None or not planner.says_something(line):
            continue
        if line.kind == "individual" and line.state == "final" and key not in final:
            final.add(key)
            rated[key[:2]] += 1
        there = rated[key[:2]]
        if line.kind == "joint" and line.state == "final" and there < instrument.ratings_before_joint:
            planner.refuse(line, "ratings-first", None, needed=instrument.ratings_before_joint, there=there)
            continue
        months, judged = results
        values = {"room_id": room_id, "child_id": child.id, "assessed_on": line.values["assessed_on"],
                  "half_year": half_year, "age_months": months, "results": judged}  # fmt: skip
        planner.plan.add(_planned(line, rater, values, known))
    return planner.plan


def _placed(
    planner: _Planner,
    line: RatingLine,
    children: Mapping[str, KnownChild],
    rooms: Mapping[str, KnownRoom],
    room_ids: Container[str],
    *,
    today: date,
) -> tuple[KnownChild, str] | None:
    """The child, and the room it was in that day."""
    written, day = line.values["child_external_id"], line.values["assessed_on"]
    child = children.get(written)
    if child is None:
        planner.refuse(line, "unknown-child", "child_external_id", value=quoted(written))
        return None
    if day > today:
        planner.refuse(line, "date-in-future", "assessed_on", value=str(day))
        return None
    there = [room for room, first, last in child.stays if first <= day and (last is None or day <= last)]
    room_key = line.values.get("room_external_id")
    named = rooms.get(room_key) if room_key else None
    if room_key and named is None:
        planner.refuse(line, "unknown-room", "room_external_id", value=quoted(room_key))
        return None
    here = [room for room in there if named is None or room == named.id]
    if not here or here[0] not in room_ids:
        planner.refuse(line, "child-not-in-room", "child_external_id", value=quoted(written), day=str(day))
        return None
    return child, here[0]


def _results(
    planner: _Planner, line: RatingLine, child: KnownChild, instrument: DevelopmentInstrument, ages: tuple[int, int]
) -> tuple[int, tuple[AreaResult, ...]] | None:
    if child.birth_month is None:
        planner.refuse(line, "birth-month-unknown", "child_external_id", value=quoted(line.values["child_external_id"]))
        return None
    months, (first, last) = age_in_months(child.birth_month, line.values["assessed_on"]), ages
    if not first <= months <= last:
        planner.refuse(line, "outside-age-range", "assessed_on", months=months, first=first, last=last)
        return None
    return months, assess(instrument, line.answers, age_months=months, sex=child.sex)


def _planned(line: RatingLine, rater: str | None, values: dict[str, Any], known: Standing | None) -> PlannedRating:
    comment = str(line.values.get("comment") or (known.comment if known and "comment" not in line.values else ""))
    return PlannedRating(line.row, line.kind, rater, line.state, line.answers, comment, values, known)
