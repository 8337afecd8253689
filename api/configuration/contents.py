"""The contents as the domain computes with them, and the defaults as they would be published."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Generic, TypeVar

from api.configuration.schemas import CalendarIO, Name, ThresholdsIO, VocabularyIO, WindowIO, YearlyClosedIO
from api.surveys.instrument_schemas import SourceIO, TextIO
from api.wire import Input
from domain.calendar import DEFAULT_CALENDAR, Calendar, ClosedDays, Phase, YearlyDays, YearlyWeeks
from domain.half_years import Window, WindowRules
from domain.text import Text
from domain.thresholds import DEFAULT_THRESHOLDS, Line, ParticipationRules, PatternRules, Rolling, Thresholds
from domain.vocabulary import DEFAULT_VOCABULARY, Vocabulary, Word

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Document(Generic[Value]):
    """One of the three: its wire form, how that becomes the domain's value, and what holds by default."""

    name: Name
    wire: type[Input]
    to_domain: Callable[[Any, str], Value]
    default: Value
    default_content: Input


def _text(wire: TextIO | SourceIO) -> Text:
    return Text(wire.da, wire.en)


def to_calendar(wire: CalendarIO, version: str) -> Calendar:
    return Calendar(
        version=version,
        source=_text(wire.source),
        starts=wire.starts,
        unit_starts={str(unit.unit_id): unit.starts for unit in wire.units},
        themes=tuple(map(_text, wire.themes)),
        weeks_per_theme=wire.weeks_per_theme,
        report_from_theme=wire.report_from_theme,
        phases=tuple(Phase(_text(phase.title), phase.years) for phase in wire.phases),
        closed_days=tuple(ClosedDays(_text(days.title), days.first, days.last) for days in wire.closed_days),
        closed_every_year=tuple(map(_yearly, wire.closed_every_year)),
        min_closed_weekdays=wire.min_closed_weekdays,
        windows=WindowRules(version, _text(wire.source), _window(wire.spring_window), _window(wire.autumn_window)),
    )


def _window(wire: WindowIO) -> Window:
    return _day(wire.first), _day(wire.last)


def _day(month_day: str) -> tuple[int, int]:
    month, day = month_day.split("-")
    return int(month), int(day)


def _yearly(wire: YearlyClosedIO) -> YearlyDays | YearlyWeeks:
    if wire.first is None or wire.last is None:
        return YearlyWeeks(_text(wire.title), wire.weeks)
    return YearlyDays(_text(wire.title), _day(wire.first), _day(wire.last))


def to_vocabulary(wire: VocabularyIO, version: str) -> Vocabulary:
    areas, strategies = (
        tuple(Word(word.key, _text(word.title)) for word in words) for words in (wire.learning_areas, wire.strategies)
    )
    return Vocabulary(version, _text(wire.source), areas, strategies)


def to_thresholds(wire: ThresholdsIO, version: str) -> Thresholds:
    source = _text(wire.source)
    lines = tuple(
        Line(
            kind=line.kind,
            setting_type=line.setting_type,
            per_week=line.per_week,
            rolling=Rolling(line.rolling.weeks, line.rolling.per_week) if line.rolling else None,
            median_share=line.median_share,
        )
        for line in wire.lines
    )
    rules = ParticipationRules(version, source, **wire.rules.model_dump())
    return Thresholds(version, source, lines, rules, PatternRules(version, source, **wire.patterns.model_dump()))


def _default_calendar() -> CalendarIO:
    default = DEFAULT_CALENDAR
    yearly = [
        {"title": asdict(rule.title), "weeks": rule.numbers}
        if isinstance(rule, YearlyWeeks)
        else {"title": asdict(rule.title), "first": _month_day(rule.first), "last": _month_day(rule.last)}
        for rule in default.closed_every_year
    ]
    return CalendarIO.model_validate(
        {
            "source": asdict(default.source),
            "themes": [asdict(theme) for theme in default.themes],
            "phases": [asdict(phase) for phase in default.phases],
            "closed_every_year": yearly,
        }
    )


def _month_day(day: tuple[int, int]) -> str:
    return f"{day[0]:02}-{day[1]:02}"


def _default_vocabulary() -> VocabularyIO:
    body = asdict(DEFAULT_VOCABULARY)
    del body["version"]
    return VocabularyIO.model_validate(body)


def _default_thresholds() -> ThresholdsIO:
    body = asdict(DEFAULT_THRESHOLDS)
    lines = [{key: value for key, value in line.items() if value is not None} for line in body["lines"]]
    parts = {
        name: {key: value for key, value in body[name].items() if key not in ("version", "source")}
        for name in ("rules", "patterns")
    }
    return ThresholdsIO.model_validate({"source": body["source"], "lines": lines, **parts})


CALENDAR = Document("calendar", CalendarIO, to_calendar, DEFAULT_CALENDAR, _default_calendar())
VOCABULARY = Document("vocabulary", VocabularyIO, to_vocabulary, DEFAULT_VOCABULARY, _default_vocabulary())
THRESHOLDS = Document("thresholds", ThresholdsIO, to_thresholds, DEFAULT_THRESHOLDS, _default_thresholds())
DOCUMENTS: Mapping[Name, Document[Any]] = {one.name: one for one in (CALENDAR, VOCABULARY, THRESHOLDS)}
