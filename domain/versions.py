"""Configuration that holds from a day on: which of several published versions is in force, and what may be published.

What a municipality can change (calendar, words, thresholds) is published in versions that never change. Each holds from
its `valid_from` until a later one does, so that an old report keeps the line it was drawn with.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, Literal, TypeVar

Content = TypeVar("Content")
Objection = Literal["version-published", "version-not-newer", "valid-from-passed"]


@dataclass(frozen=True, slots=True)
class Version(Generic[Content]):
    """One published version: its number (1, 2, ...), the first day it holds, and what it says."""

    number: int
    valid_from: date
    content: Content


def in_force(versions: Iterable[Version[Content]], on: date) -> Version[Content] | None:
    """The version that holds on a day: of those that have begun the latest, and of one day's the one published last.

    `None` before the first begins; then the caller's default holds.

    >>> since = [Version(1, date(2026, 8, 1), "2 a week"), Version(2, date(2027, 1, 1), "3 a week")]
    >>> in_force(since, date(2026, 12, 31)).content, in_force(since, date(2027, 1, 1)).content
    ('2 a week', '3 a week')
    >>> in_force(since, date(2026, 7, 31)) is None
    True
    """
    begun = [version for version in versions if version.valid_from <= on]
    return max(begun, key=lambda version: (version.valid_from, version.number), default=None)


def objection(new: Version[Content], known: Iterable[Version[Content]], *, today: date) -> Objection | None:
    """Why a version cannot be published after the `known` ones, or `None`.

    Its number is higher than theirs, and it does not change days that are over. The first one may: before it only the
    defaults held. To take back one that has not begun, publish another for the same day.

    >>> first = Version(1, date(2026, 8, 1), "2 a week")
    >>> objection(first, [], today=date(2026, 10, 19)) is None
    True
    >>> objection(Version(2, date(2026, 10, 1), "3 a week"), [first], today=date(2026, 10, 19))
    'valid-from-passed'
    >>> objection(Version(1, date(2026, 8, 1), "3 a week"), [first], today=date(2026, 10, 19))
    'version-published'
    """
    numbers = [version.number for version in known]
    if new.number in numbers:
        return "version-published"
    if numbers and new.number < max(numbers):
        return "version-not-newer"
    return "valid-from-passed" if numbers and new.valid_from < today else None
