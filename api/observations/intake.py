"""Deciding about activities that were handed in: pure, and the same for one as for five hundred.

What the database knows is gathered first (`Known`), each activity is then judged against it alone.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from api.field_faults import field_fault
from api.observations.schemas import ActivityIn, Result
from domain.observations import Kind
from domain.text import Text
from domain.vocabulary import DEFAULT_VOCABULARY, Vocabulary, unknown_words
from domain.weeks import week_of

Stay = tuple[UUID, date, date | None]
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Activity:
    """One observed activity, its references resolved."""

    id: UUID
    room_id: UUID
    observed_on: date
    kind: Kind
    learning_areas: Sequence[str]
    strategies: Sequence[str]
    child_ids: Sequence[UUID]
    recorded_at: datetime | None
    withdrawn_at: datetime | None = None
    revision: int = 1

    @property
    def week(self) -> date:
        return week_of(self.observed_on)


@dataclass(frozen=True, slots=True)
class Stored:
    """An activity that was there before; `covered` says whether the caller may know what it holds."""

    activity: Activity
    covered: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """Why an activity is refused: a code of the catalogue, the field it is about, and how to say it. `positions` are
    those of the children who are not known or were not there."""

    code: str
    field: str | None = None
    sentence: Text | None = None
    retry: bool = False
    words: tuple[str, ...] = ()
    positions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one activity; `fields` differ from what is stored when it is a conflict."""

    id: UUID | None
    result: Result
    activity: Activity | None = None
    fault: Fault | None = None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What the caller may refer to: rooms, and children with the stays in rooms the caller covers."""

    room_ids: frozenset[UUID]
    rooms: Mapping[str, UUID]
    children: Mapping[str, UUID]
    stays: Mapping[UUID, Sequence[Stay]]
    vocabulary: Callable[[date], Vocabulary] = lambda _: DEFAULT_VOCABULARY


def resolve(body: ActivityIn, known: Known) -> Activity | Fault:
    """The activity with ids for its references; a `Fault` when one is missing, doubled or unknown to the caller."""
    room = _room(body, known)
    if isinstance(room, Fault):
        return room
    children = resolve_children(body, known)
    if isinstance(children, Fault):
        return children
    return Activity(
        id=body["id"],
        room_id=room,
        observed_on=body["observed_on"],
        kind=body["kind"],
        learning_areas=body["learning_areas"],
        strategies=body.get("strategies", []),
        child_ids=children,
        recorded_at=body.get("recorded_at"),
    )


def _room(body: ActivityIn, known: Known) -> UUID | Fault:
    id_, key = body.get("room_id"), body.get("room_external_id")
    if id_ is not None and key is None:
        return id_ if id_ in known.room_ids else Fault("unknown-reference", "room_id")
    if key is not None and id_ is None:
        return known.rooms.get(key) or Fault("unknown-reference", "room_external_id")
    return _not_one_of("room_id", "room_external_id", given=id_ is not None)


def resolve_children(body: Mapping[str, Any], known: Known) -> Sequence[UUID] | Fault:
    """The ids of the children named. Ids are taken as they are: whether they were there is judged with the day."""
    ids, keys = body.get("child_ids"), body.get("child_external_ids")
    if ids is not None and keys is None:
        return ids  # type: ignore[no-any-return]
    if keys is not None and ids is None:
        found = [known.children.get(key) for key in keys]
        unknown = tuple(at for at, child in enumerate(found) if child is None)
        return Fault("unknown-reference", "child_external_ids", positions=unknown) if unknown else found  # type: ignore[return-value]
    return _not_one_of("child_ids", "child_external_ids", given=ids is not None)


def _not_one_of(by_id: str, by_key: str, *, given: bool) -> Fault:
    if given:
        return _of_field(by_key, "two-references", fields=f"{by_id}, {by_key}")
    return _of_field(by_id, "one-reference", fields=f"{by_id}, {by_key}")


def _of_field(field: str, code: str, **params: str) -> Fault:
    return Fault(code, field, field_fault(f"/{field}", code, **params).sentence)


def objection(activity: Activity, known: Known, *, today: date, kept: Collection[str | UUID] = ()) -> Fault | None:
    """Why this activity cannot be stored, or `None`: its day, its words, and whether every child was there that day.

    `kept` are words and children a correction leaves as they were: lists and rosters may have changed since.
    """
    if activity.observed_on > today:
        # A device's clock may run ahead: what says "tomorrow" is accepted once it is.
        return Fault("future-date", "observed_on", retry=activity.observed_on <= today + DAY)
    return _unknown(activity, known.vocabulary(activity.observed_on), kept) or _absent(activity, known, kept)


def _absent(activity: Activity, known: Known, kept: Collection[str | UUID]) -> Fault | None:
    """Every child must be known, and have been in the room on the day."""
    day, asked = activity.observed_on, [(at, child) for at, child in enumerate(activity.child_ids) if child not in kept]
    if unknown := tuple(at for at, child in asked if child not in known.stays):
        return Fault("unknown-reference", "child_ids", positions=unknown)
    absent = tuple(
        at for at, child in asked if not was_there(known.stays[child], activity.room_id, first=day, last=day)
    )
    return Fault("child-not-in-room", "child_ids", positions=absent) if absent else None


def _unknown(activity: Activity, vocabulary: Vocabulary, kept: Collection[str | UUID]) -> Fault | None:
    """The words must be those in force on the day."""
    for field_, used, known in (
        ("learning_areas", activity.learning_areas, vocabulary.learning_areas),
        ("strategies", activity.strategies, vocabulary.strategies),
    ):
        if words := unknown_words((word for word in used if word not in kept), known):
            return Fault("unknown-word", field_, words=words)
    return None


def was_there(stays: Sequence[Stay], room_id: UUID, *, first: date, last: date) -> bool:
    """Whether any of `stays` is in the room on a day from `first` to `last`."""
    return any(room == room_id and start <= last and (end is None or first <= end) for room, start, end in stays)


@dataclass(slots=True)
class Verdicts:
    """The activities of one request, sorted: known ones are compared, faulty ones refused, the rest is `fresh`."""

    fresh: dict[UUID, Activity] = field(default_factory=dict)
    items: list[Activity | Outcome] = field(default_factory=list)


def judge(read: Sequence[Activity | Outcome], known: Known, stored: Mapping[UUID, Stored], *, today: date) -> Verdicts:
    """Sort what was read. A replay of what is stored is fine even when the roster has moved on since."""
    verdicts = Verdicts()
    for item in read:
        if isinstance(item, Outcome) or item.id in stored or item.id in verdicts.fresh:
            verdicts.items.append(item)
        elif fault := objection(item, known, today=today):
            verdicts.items.append(Outcome(item.id, "rejected", fault=fault))
        else:
            verdicts.fresh[item.id] = item
            verdicts.items.append(item)
    return verdicts


def conclude(verdicts: Verdicts, stored: Mapping[UUID, Stored], *, inserted: frozenset[UUID]) -> list[Outcome]:
    """What became of each: `inserted` are the fresh ones this request stored, the others were there in `stored`."""
    outcomes, created = [], set[UUID]()
    for item in verdicts.items:
        if isinstance(item, Outcome):
            outcomes.append(item)
        elif item.id in inserted and item.id not in created:
            created.add(item.id)
            outcomes.append(Outcome(item.id, "created", activity=item))
        else:
            there = Stored(verdicts.fresh[item.id], covered=True) if item.id in inserted else stored[item.id]
            outcomes.append(_compared(item, there))
    return outcomes


def _compared(sent: Activity, there: Stored) -> Outcome:
    if not there.covered:
        return Outcome(sent.id, "conflict", fields=("…",))
    fields = differing(sent, there.activity)
    if fields:
        return Outcome(sent.id, "conflict", fields=fields)
    return Outcome(sent.id, "unchanged", activity=there.activity)


def differing(one: Activity, other: Activity) -> tuple[str, ...]:
    """The fields in which two activities differ; the order within a list says nothing."""
    plain = tuple(
        name for name in ("room_id", "observed_on", "kind", "recorded_at") if getattr(one, name) != getattr(other, name)
    )
    lists = tuple(
        name
        for name in ("learning_areas", "strategies", "child_ids")
        if set(getattr(one, name)) != set(getattr(other, name))
    )
    return plain + lists
