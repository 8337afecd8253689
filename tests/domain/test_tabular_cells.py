"""What single cells mean, and which are refused with a reason."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cells import (
    SETTING_TYPE,
    SEX,
    STAFF_ROLE,
    CellError,
    Reader,
    quoted,
    read_bool,
    read_date,
    read_month,
    read_text,
)


def refusal(read: Reader, cell: str) -> str:
    with pytest.raises(CellError) as caught:
        read(cell)
    return caught.value.code


@pytest.mark.parametrize(
    ("read", "cell", "value"),
    [
        *((read_bool, cell, True) for cell in ("true", "TRUE", "1", "ja", "Ja", "yes")),
        *((read_bool, cell, False) for cell in ("false", "0", "nej", "NEJ", "no")),
        *((read_date, cell, date(2026, 8, 1)) for cell in ("2026-08-01", "01-08-2026", "1/8/2026", "1.8.2026")),
        (read_date, "2026-08-01 00:00:00", date(2026, 8, 1)),
        *(
            (read_month, cell, date(2023, 4, 1))
            for cell in ("2023-04", "04-2023", "4/2023", "2023-04-17", "17-04-2023")
        ),
        (SETTING_TYPE, "Børnehave", "kindergarten"),
        (SETTING_TYPE, "dagpleje", "childminding"),
        (SETTING_TYPE, "VUGGESTUE", "nursery"),
        (SETTING_TYPE, "integreret", "integrated"),
        (SEX, "pige", "girl"),
        (SEX, "Dreng", "boy"),
        (STAFF_ROLE, "Pædagog", "educator"),
        (STAFF_ROLE, "medhjælper", "assistant"),
        (STAFF_ROLE, "dagplejer", "childminder"),
        (STAFF_ROLE, "leder", "leader"),
    ],
)
def test_a_cell_is_read_as_people_write_it(read: Reader, cell: str, value: object) -> None:
    assert read(cell) == value


@pytest.mark.parametrize(
    ("read", "cell", "code"),
    [
        (read_bool, "måske", "not-yes-or-no"),
        (read_bool, "2", "not-yes-or-no"),
        (read_date, "01-08-26", "not-a-date"),
        (read_date, "2026-02-30", "not-a-date"),
        (read_date, "8/13/2026", "not-a-date"),
        (read_date, "46235", "not-a-date"),
        (read_date, "²⁰²⁶-08-01", "not-a-date"),
        (read_month, "2023-13", "not-a-month"),
        (read_month, "0000-01", "not-a-month"),
        (read_month, "april 2023", "not-a-month"),
        (read_month, "apr-23", "month-shortened-by-excel"),
        (read_month, "23-apr.", "month-shortened-by-excel"),
        (read_month, "Maj 23", "month-shortened-by-excel"),
        (SETTING_TYPE, "skole", "unknown-word"),
        (STAFF_ROLE, "pilot", "unknown-word"),
        (read_text(3), "fire", "too-long"),
        (read_text(9), "a\x07b", "control-character"),
        (read_text(9), "a\u0085b", "control-character"),
    ],
)
def test_a_cell_that_could_be_misread_is_refused(read: Reader, cell: str, code: str) -> None:
    assert refusal(read, cell) == code


def test_a_formula_is_text_like_any_other() -> None:
    assert read_text(64)("=cmd()") == "=cmd()"


def test_an_issue_never_repeats_a_cpr_number() -> None:
    assert quoted("010119-1234") == "…"
    assert quoted("Blåbærhøj") == "Blåbærhøj"


@given(st.dates())
def test_every_day_is_read_in_iso_and_in_danish_order(day: date) -> None:
    danish = f"{day.day}-{day.month}-{day.year:04}"
    assert read_date(day.isoformat()) == read_date(danish) == day
    assert read_month(day.isoformat()) == read_month(danish) == day.replace(day=1)


@given(st.text(max_size=12) | st.text(alphabet="0123456789-/. aprmj", max_size=12))
def test_any_text_is_either_read_or_refused(cell: str) -> None:
    for read in (read_bool, read_date, read_month, SETTING_TYPE, SEX, STAFF_ROLE, read_text(5)):
        with suppress(CellError):
            assert read(cell) is not None
