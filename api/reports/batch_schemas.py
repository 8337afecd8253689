"""Wire types of report batches and of the verification of a document."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from api.problems import Language, Obstacle
from api.reports.documents import Format, Version
from api.reports.register import DocumentKind, Kind
from api.wire import Input, Output, Week

BatchStatus = Literal["queued", "running", "done", "failed"]
ScopeText = Annotated[str, StringConstraints(max_length=100)]


class ReportBatchIn(Input):
    """Of `scope` (`municipality`, `area:ID` or `unit:ID`, where ID may be an external id) all units of a closed
    round, or with `kind` `room` all rooms over the weeks `from` to `to`."""

    id: UUID | None = None
    kind: Kind = "readiness"
    survey_round_id: Annotated[UUID | None, Field(description="Of kind `readiness`")] = None
    first: Annotated[Week | None, Field(alias="from", description="Of kind `room`: the first week")] = None
    last: Annotated[Week | None, Field(alias="to", description="Of kind `room`: the last week")] = None
    scope: ScopeText = "municipality"
    language: Language = "da"
    format: Format = "pdf"
    version: Version = "full"


class BatchIssue(Obstacle):
    """A unit or room whose report could not be made, and why; the rest of the batch is there."""

    unit_id: UUID
    unit_external_id: str
    room_id: UUID | None
    room_external_id: str | None


class ReportBatchOut(Output):
    """`done` of `total` documents are made, those with an issue included. The file can be had until `expires_at`."""

    id: UUID
    kind: Kind
    survey_round_id: UUID | None
    first: Annotated[Week | None, Field(alias="from")]
    last: Annotated[Week | None, Field(alias="to")]
    scope: str
    language: Language
    format: Format
    version: Version
    status: BatchStatus
    total: int
    done: int
    issues: list[BatchIssue]
    created_at: datetime
    finished_at: datetime | None
    expires_at: datetime | None


class ReadinessSource(Output):
    survey_round_id: UUID
    round_title: str
    scope: str
    place: str
    data_time: datetime
    versions: dict[str, str]
    n: Annotated[int | None, Field(description="Answers; null where the number is not published")]
    first_made_at: datetime


class RoomSource(Output):
    room_id: UUID
    room: str
    first_week: Week
    last_week: Week
    data_time: datetime
    versions: dict[str, str]
    n: Annotated[int | None, Field(description="Children")]
    first_made_at: datetime


class OverviewSource(Output):
    scope: str
    place: str
    first_week: Week
    last_week: Week
    data_time: datetime
    versions: dict[str, str]
    n: Annotated[int | None, Field(description="Judged children; null where the number is not shown")]
    first_made_at: datetime


class VerificationOut(Output):
    """What a document was made from. `today_code` is the code the same report has today; `same_today` when it is the
    one on the document, so that the numbers are still these."""

    code: str
    kind: DocumentKind
    made_from: ReadinessSource | RoomSource | OverviewSource
    same_today: bool
    today_code: str
