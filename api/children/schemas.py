"""Wire types of a child's record and of its erasure."""

from datetime import date, datetime
from uuid import UUID

from api.assessments.development_schemas import DevelopmentAssessmentOut
from api.roster.schemas import ChildOut
from api.wire import Input, Output, PersonKey, Week
from domain.observations import Kind


class RecordedActivityOut(Output):
    """An activity the child took part in; of the other children only how many they were."""

    id: UUID
    room_id: UUID
    observed_on: date
    kind: Kind
    learning_areas: list[str]
    strategies: list[str]
    others: int
    recorded_at: datetime | None
    withdrawn_at: datetime | None


class RecordedWeekOut(Output):
    """What was counted of the child in a week of a room."""

    room_id: UUID
    week: Week
    immersion_activity: int | None
    focus_conversation: int | None
    absent: bool


class RecordOut(Output):
    """Everything that is recorded about a child as it stands now, the oldest first. `deleted_at` where it was deleted;
    withdrawn activities and assessments are still recorded, and say when they were withdrawn."""

    child: ChildOut
    deleted_at: datetime | None
    activities: list[RecordedActivityOut]
    weeks: list[RecordedWeekOut]
    development: list["RecordedAssessmentOut"]


class RecordedAssessmentOut(DevelopmentAssessmentOut):
    withdrawn_at: datetime | None


class ErasureIn(Input):
    """The child's own key, so that a wrong id erases nobody."""

    external_id: PersonKey


class ErasureOut(Output):
    """What was erased with the child: activities in which others took part were changed, those of the child alone
    removed; its tallies and assessments; and its code in the reports that meetings keep."""

    activities_changed: int
    activities_removed: int
    tallies: int
    assessments: int
    kept_reports: int
