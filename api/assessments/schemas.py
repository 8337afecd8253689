"""Wire types that practice evaluations and development assessments share."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from api.field_faults import invalid
from api.surveys.instrument_schemas import Bilingual, Key, SourceIO, TextIO
from api.wire import CLEAN, ExternalId, Input, Output, no_cpr

Kind = Literal["individual", "joint"]
State = Literal["draft", "final"]
Version = Annotated[int, Field(ge=1, le=1_000_000)]
Share = Annotated[float, Field(gt=0, le=1)]
Answers = Annotated[dict[Key, Annotated[int, Field(strict=True, ge=-100, le=100)] | None], Field(max_length=500)]
Note = Annotated[str, StringConstraints(max_length=2000, strip_whitespace=True), CLEAN, AfterValidator(no_cpr)]
Licence = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True), CLEAN]


def _source(value: object) -> object:
    return {"da": value, "en": value} if isinstance(value, str) else value


Source = Annotated[SourceIO, BeforeValidator(_source)]
Labels = Annotated[tuple[Bilingual, ...], Field(max_length=201)]


class PublishedSummary(Output):
    """`published_at` is null for the version that comes along and that nobody has used yet."""

    key: str
    version: int
    title: TextIO
    items: int
    published_at: datetime | None


class RoomReference(Input):
    """The room, by one of its two references."""

    room_id: UUID | None = None
    room_external_id: ExternalId | None = None


class RaterReference(Input):
    """Who rated, by one of the two references to a member of staff; left out where the team rated together."""

    rater_id: UUID | None = None
    rater_external_id: ExternalId | None = None


class RevisionOut(Output):
    """What stood there as of a revision; `changed_by` is who wrote it."""

    revision: int
    changed_at: datetime
    changed_by: str
    body: dict[str, Any]


class HistoryOut(Output):
    """Every revision, the oldest first."""

    items: list[RevisionOut]


def not_before_2000(day: date) -> date:
    if not date(2000, 1, 1) <= day <= date(2100, 12, 31):
        raise invalid("year-out-of-range", first=2000, last=2100)
    return day
