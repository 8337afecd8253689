"""Every table of the system in one place: what migrations compare against."""

from api.access.tables import ApiClient, AuditEvent, Municipality
from api.assessments.development_tables import (
    DevelopmentAssessment,
    DevelopmentAssessmentRevision,
    DevelopmentInstrumentRow,
)
from api.assessments.tables import PracticeEvaluation, PracticeEvaluationRevision, PracticeForm
from api.changes.tables import Change
from api.configuration.tables import Configuration
from api.db import Row
from api.devices.tables import Device
from api.imports.tables import Import, ImportIssue
from api.learning.tables import Goal, GoalRevision, Meeting, MeetingRevision
from api.observations.sum_tables import WeekSum, WeekSumMark, WeekSumSlot
from api.observations.tables import Activity, ActivityVersion, RoomWeek, RoomWeekVersion, WeekTally
from api.reports.tables import KeptReport, Report, ReportBatch, ReportFile
from api.roster.tables import Area, Child, ChildRoom, Room, RoomUnit, Staff, StaffPlace, Unit, UnitArea
from api.surveys.invitation_tables import SurveyAddressee, SurveyInvitation, SurveySharedLink
from api.surveys.tables import InstrumentRow, RoundInvited, SurveyResponse, SurveyResult, SurveyRound

metadata = Row.metadata

__all__ = [
    "Activity", "ActivityVersion", "ApiClient", "Area", "AuditEvent", "Change", "Child", "ChildRoom", "Configuration",
    "DevelopmentAssessment", "DevelopmentAssessmentRevision", "DevelopmentInstrumentRow", "Device", "Goal",
    "GoalRevision", "Import", "ImportIssue", "InstrumentRow", "KeptReport", "Meeting", "MeetingRevision",
    "Municipality", "PracticeEvaluation", "PracticeEvaluationRevision", "PracticeForm", "Report", "ReportBatch",
    "ReportFile", "Room", "RoomUnit", "RoomWeek", "RoomWeekVersion", "RoundInvited", "Staff", "StaffPlace",
    "SurveyAddressee", "SurveyInvitation", "SurveyResponse", "SurveyResult", "SurveyRound", "SurveySharedLink",
    "Unit", "UnitArea", "WeekSum", "WeekSumMark", "WeekSumSlot", "WeekTally", "metadata",
]  # fmt: skip
