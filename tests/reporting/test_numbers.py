"""Numbers and dates on paper: Danish and English, with missing never written as zero."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting import numbers


@given(st.floats(-1e9, 1e9), st.integers(0, 6))
def test_a_danish_number_reads_back_as_the_rounded_value(value: float, digits: int) -> None:
    written = numbers.decimal(value, language="da", digits=digits)
    read = float(written.replace(".", "").replace(",", ".").replace("\N{MINUS SIGN}", "-"))
    assert read == pytest.approx(round(value, digits), abs=1.01 * 10.0**-digits / 2 + 1e-6)


@given(st.floats(-1e9, 1e9))
def test_danish_and_english_differ_only_in_the_signs_between_digits(value: float) -> None:
    swapped = numbers.decimal(value, language="en").translate(str.maketrans(",.", ".,"))
    assert numbers.decimal(value, language="da") == swapped


def test_missing_is_a_dash_and_zero_is_a_zero() -> None:
    assert numbers.decimal(None, language="da") == numbers.percent(None, language="en") == "–"
    assert numbers.whole(0, language="da") == "0"


def test_a_tiny_negative_number_is_not_written_as_minus_zero() -> None:
    assert numbers.whole(-0.2, language="da") == "0"


@pytest.mark.parametrize(
    ("when", "written"),
    [
        (datetime(2026, 10, 18, 4, 0, tzinfo=UTC), "18-10-2026 kl. 06.00"),  # summer time
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "01-01-2027 kl. 00.30"),  # the year turns in Copenhagen first
    ],
)
def test_a_moment_is_written_in_danish_local_time(when: datetime, written: str) -> None:
    assert numbers.moment(when, language="da") == written


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        numbers.moment(datetime(2026, 1, 1), language="da")  # noqa: DTZ001


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
def test_a_span_of_weeks_names_its_first_and_last_iso_week(first: date, length: int) -> None:
    last = first + timedelta(weeks=length)
    written = numbers.weeks(first, last, language="da")
    assert str(first.isocalendar().week) in written
    assert str(last.isocalendar().week) in written
    assert written.endswith(str(last.isocalendar().year))


def test_words_are_listed_with_and_before_the_last() -> None:
    assert numbers.listing(["a"], language="da") == "a"
    assert numbers.listing(["a", "b", "c"], language="en") == "a, b and c"
