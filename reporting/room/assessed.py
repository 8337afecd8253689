"""What the team says of its own practice and of the children's development, as the room data report shows it.

Numbers about the room: no colleague and no child is named in either.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from domain.development import Distribution
from domain.practice import ElementTrend
from domain.shares import ShareChange
from domain.text import Text

AgreementStatus = Literal["open", "done", "dropped"]


@dataclass(frozen=True, slots=True)
class Element:
    """A core element: its title, and its scores (1-5) over the section's periods."""

    title: Text
    trend: ElementTrend


class CoreElements(Protocol):
    """What is drawn of a room's practice, or of a whole place's."""

    @property
    def ends(self) -> tuple[Text, Text] | None: ...
    @property
    def periods(self) -> tuple[tuple[date, date], ...]: ...
    @property
    def elements(self) -> tuple[Element, ...]: ...


@dataclass(frozen=True, slots=True)
class SeenDifferently:
    """An item that colleagues rated far apart, from the lowest to the highest answer."""

    item: Text
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the team agreed on at its last evaluation."""

    text: str
    responsible: str
    due_on: date | None
    status: AgreementStatus


@dataclass(frozen=True, slots=True)
class Practice:
    """The core elements over the periods (Mondays of first and last week, the oldest first), each evaluated together.

    `ends` are the words of the form for 1 and 5, where it has any."""

    form: Text
    ends: tuple[Text, Text] | None
    versions: str
    periods: tuple[tuple[date, date], ...]
    elements: tuple[Element, ...]
    seen_differently: tuple[SeenDifferently, ...]
    agreements: tuple[Agreement, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """A learning area: children by band, and the change since the half-year before (`None`: it cannot be compared)."""

    title: Text
    counts: Distribution
    change: ShareChange | None


@dataclass(frozen=True, slots=True)
class Development:
    """The children's development in a half-year (`2026-H2`), as colleagues assessed it together.

    `joined` children were not assessed in the half-year before, `left` ones only then. `within_one` is the share (0-1)
    of points on which two colleagues were at most one apart, `None` with too few.
    """

    instrument: Text
    versions: str
    half_year: str
    assessed: int
    started: int
    joined: int
    left: int
    areas: tuple[Area, ...]
    norms_by_sex: bool
    norms_monolingual: bool
    within_one: float | None
    talk_about_points: bool
