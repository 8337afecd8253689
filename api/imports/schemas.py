"""Wire types of imports."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from api.wire import Output, Sentences

Dataset = Literal[
    "roster", "survey-answers", "instruments", "practice-evaluations", "development-assessments"
]  # fmt: skip
Mode = Literal["check", "commit"]
Status = Literal["queued", "running", "done", "refused", "failed"]


class CountsOut(Output):
    created: int
    updated: int
    unchanged: int
    rejected: int
    removed: int


class IssueOut(Output):
    """One thing in the file: where (the header is row 1), a permanent code, a sentence and what to do about it."""

    file: str | None
    row: int | None
    column: str | None
    code: str
    params: dict[str, Any]
    sentence: Sentences
    hint: Sentences


class ReportOut(CountsOut):
    tables: dict[str, CountsOut]
    issues: int
    notes: list[IssueOut]


class ImportOut(Output):
    """`status` of a check is what the status of a commit would have been; a check never changes anything."""

    id: UUID
    dataset: Dataset
    mode: Mode
    status: Status
    created_at: datetime
    finished_at: datetime | None
    report: ReportOut | None
