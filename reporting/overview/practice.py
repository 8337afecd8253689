"""The core elements of a place over its periods, as a value to draw."""

from dataclasses import dataclass
from datetime import date

from domain.text import Text
from reporting.room.assessed import Element


@dataclass(frozen=True, slots=True)
class PracticeReport:
    """As `reporting.room.assessed.Practice`, of a whole place: each score is the mean of so many `rooms`, a number for
    each period."""

    form: Text
    ends: tuple[Text, Text] | None
    versions: str
    periods: tuple[tuple[date, date], ...]
    rooms: tuple[int, ...]
    elements: tuple[Element, ...]
