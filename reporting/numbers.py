"""Numbers, dates and weeks as people read them on paper, in Danish (`da`) or English (`en`).

Rounding happens here and nowhere earlier. `None` is missing, and missing is a dash, never a zero.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

Language = Literal["da", "en"]

MISSING = "–"
NO_BREAK = "\N{NO-BREAK SPACE}"
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
_MONTHS_DA = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip
_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def decimal(value: float | None, *, language: Language, digits: int = 1) -> str:
    """A number with a decimal comma (da) or point (en), thousands apart, and a real minus.

    >>> decimal(-1234.56, language="da"), decimal(-1234.56, language="en"), decimal(None, language="da")
    ('−1.234,6', '−1,234.6', '–')
    >>> decimal(-0.04, language="da")
    '0,0'
    """
    if value is None:
        return MISSING
    written = f"{value:z,.{digits}f}".replace("-", "\N{MINUS SIGN}")
    return written.translate(str.maketrans(",.", ".,")) if language == "da" else written


def whole(value: float | None, *, language: Language) -> str:
    """The nearest whole number.

    >>> whole(77.6, language="da"), whole(2800, language="da"), whole(2800, language="en")
    ('78', '2.800', '2,800')
    """
    return decimal(value, language=language, digits=0)


def percent(share: float | None, *, language: Language) -> str:
    """A share (0-1) in whole per cent; Danish has a space before the sign.

    >>> percent(2 / 3, language="en"), percent(2 / 3, language="da") == "67\N{NO-BREAK SPACE}%"
    ('67%', True)
    """
    if share is None:
        return MISSING
    return f"{whole(share * 100, language=language)}{NO_BREAK if language == 'da' else ''}%"


def span(low: float, high: float, *, language: Language, digits: int = 0) -> str:
    """An interval.

    >>> span(71.4, 84.6, language="da")
    '71–85'
    """
    return f"{decimal(low, language=language, digits=digits)}–{decimal(high, language=language, digits=digits)}"


def out_of(part: int, whole_count: int, *, language: Language) -> str:
    """A count of a count, which says more than a percentage of few.

    >>> out_of(16, 21, language="da"), out_of(16, 21, language="en")
    ('16 af 21', '16 of 21')
    """
    return (
        f"{whole(part, language=language)} {'af' if language == 'da' else 'of'} {whole(whole_count, language=language)}"
    )


def listing(words: Sequence[str], *, language: Language) -> str:
    """Words as a list in a sentence.

    >>> listing(["tid", "materialer", "rum"], language="da")
    'tid, materialer og rum'
    """
    *first, last = words
    return f"{', '.join(first)} {'og' if language == 'da' else 'and'} {last}" if first else last


def day(value: date, *, language: Language) -> str:
    """A date.

    >>> day(date(2026, 10, 8), language="da"), day(date(2026, 10, 8), language="en")
    ('8. oktober 2026', '8 October 2026')
    """
    if language == "da":
        return f"{value.day}. {_MONTHS_DA[value.month - 1]} {value.year}"
    return f"{value.day} {_MONTHS_EN[value.month - 1]} {value.year}"


def moment(value: datetime, *, language: Language) -> str:
    """A point in time on Danish clocks; `value` must know its time zone.

    >>> from datetime import UTC
    >>> moment(datetime(2026, 10, 18, 4, 0, tzinfo=UTC), language="da")
    '18-10-2026 kl. 06.00'
    >>> moment(datetime(2026, 10, 18, 4, 0, tzinfo=UTC), language="en")
    '18 October 2026 at 06:00'
    """
    if value.tzinfo is None:
        raise ValueError("a point in time must know its time zone")
    local = value.astimezone(COPENHAGEN)
    if language == "da":
        return f"{local:%d-%m-%Y} kl. {local:%H.%M}"
    return f"{day(local, language=language)} at {local:%H:%M}"


def weeks(first: date, last: date, *, language: Language) -> str:
    """A span of ISO weeks with its year, or years when it crosses one; any day of the weeks will do.

    >>> weeks(date(2026, 8, 24), date(2026, 10, 18), language="da")
    'uge 35–42, 2026'
    >>> weeks(date(2026, 12, 14), date(2027, 1, 20), language="en")
    'week 51, 2026 – week 3, 2027'
    >>> weeks(date(2026, 8, 24), date(2026, 8, 30), language="da")
    'uge 35, 2026'
    """
    a, b = first.isocalendar(), last.isocalendar()
    word, plural = ("uge", "uge") if language == "da" else ("week", "weeks")
    if (a.year, a.week) == (b.year, b.week):
        return f"{word} {a.week}, {a.year}"
    if a.year == b.year:
        return f"{plural} {a.week}–{b.week}, {a.year}"
    return f"{word} {a.week}, {a.year} – {word} {b.week}, {b.year}"
