"""A funnel as a value to draw."""

from dataclasses import dataclass

from domain.funnel import Funnel
from domain.text import Text


@dataclass(frozen=True, slots=True)
class FunnelReport:
    """The funnel of a learning area (its `key` and title) in a half-year, and the names of its units by id."""

    key: str
    area: Text
    half_year: str
    funnel: Funnel
    names: dict[str, str]
