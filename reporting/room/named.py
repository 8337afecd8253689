"""The room data report with first names in the place of the children's codes: for one meeting, and marked as such.

Codes are what a report shows; names are somebody's explicit choice. The numbers are the same, so it is the same
document: the code printed on it is that of the report without names.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from reporting.document import code_for
from reporting.numbers import Language
from reporting.room.build import RoomReport

_MARK = ("Med børnenes navne. Kun til mødet.", "With the children's names. For the meeting only.")


def named(report: RoomReport, first_names: Mapping[str, str]) -> RoomReport:
    """The report with the names of those codes that have one. Two children of one name keep their codes beside it."""
    shared = Counter(first_names.values())

    def name(code: str) -> str:
        first = first_names.get(code)
        if first is None:
            return code
        return f"{first} ({code})" if shared[first] > 1 else first

    def names(codes: Iterable[str]) -> tuple[str, ...]:
        return tuple(map(name, codes))

    return replace(
        report,
        children=tuple(replace(row, code=name(row.code)) for row in report.children),
        low_on_both=names(report.low_on_both),
        unobserved=names(report.unobserved),
        kept_code=code_for(report),
        with_names=True,
    )


def watermark(report: RoomReport, language: Language) -> str | None:
    """What stands on every page of a report with names."""
    return _MARK[language == "en"] if report.with_names else None
