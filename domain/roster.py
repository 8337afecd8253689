"""The roster as values: places and people by the municipality's own keys, what is known, and a plan to change it.

References between records are external ids. Field names are the column names of the CSV files.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from domain.issues import RowIssue
from domain.memberships import History


@dataclass(frozen=True, slots=True)
class Area:
    external_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Unit:
    external_id: str
    area_external_id: str | None
    name: str
    setting_type: str
    institution_number: str | None = None
    p_number: str | None = None

    @property
    def place(self) -> str | None:
        return self.area_external_id


@dataclass(frozen=True, slots=True)
class Room:
    external_id: str
    unit_external_id: str
    name: str

    @property
    def place(self) -> str:
        return self.unit_external_id


@dataclass(frozen=True, slots=True)
class Child:
    """What is known of a child; in which room, and when, stands in its history alone."""

    external_id: str
    birth_month: date | None
    sex: str | None
    multilingual: bool | None
    support_need: bool | None
    first_name: str | None = None


@dataclass(frozen=True, slots=True)
class Staff:
    external_id: str
    unit_external_id: str
    room_external_id: str | None
    name: str
    role: str
    email: str | None = None

    @property
    def place(self) -> tuple[str, str | None]:
        return self.unit_external_id, self.room_external_id


Record = TypeVar("Record", Area, Unit, Room, Child, Staff)
Place = str | tuple[str, str | None] | None
Histories = Mapping[str, History[Place]]


@dataclass(frozen=True, slots=True)
class Known(Generic[Record]):
    """The rows of one table as they are, and the histories of their memberships, both by external id.

    `histories` may hold places that no record has any more: where somebody was stays true.
    """

    records: Mapping[str, Record] = field(default_factory=dict)
    histories: Histories = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExistingRoster:
    areas: Known[Area] = field(default_factory=Known)
    units: Known[Unit] = field(default_factory=Known)
    rooms: Known[Room] = field(default_factory=Known)
    children: Known[Child] = field(default_factory=Known)
    staff: Known[Staff] = field(default_factory=Known)


@dataclass(frozen=True, slots=True)
class TablePlan(Generic[Record]):
    """What becomes of one table. `histories` holds the whole new history of each member that has a changed one."""

    creates: tuple[Record, ...] = ()
    updates: tuple[Record, ...] = ()
    unchanged: int = 0
    rejected: int = 0
    histories: Histories = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RosterPlan:
    """The change as a whole. With any issue nothing of it may be applied; `notes` refuse nothing."""

    areas: TablePlan[Area] = field(default_factory=TablePlan)
    units: TablePlan[Unit] = field(default_factory=TablePlan)
    rooms: TablePlan[Room] = field(default_factory=TablePlan)
    children: TablePlan[Child] = field(default_factory=TablePlan)
    staff: TablePlan[Staff] = field(default_factory=TablePlan)
    issues: tuple[RowIssue, ...] = ()
    notes: tuple[RowIssue, ...] = ()
