"""The sheet that is cut into strips, and the letter."""

import io
from dataclasses import replace
from datetime import date

import pikepdf
import pytest

from reporting.invitations.letter import Letter, body, subject
from reporting.invitations.sheet import Sheet, UnitLinks, page_data, render, sheet_code

LINKS = tuple(f"https://vls.example.dk/svar#{number:026d}" for number in range(8))
SHEET = Sheet(
    round_title="Parathed",
    municipality="Prøve Kommune",
    closes_on=date(2026, 10, 30),
    made_on=date(2026, 10, 19),
    minimum=5,
    units=(UnitLinks("Solsikken 🌻", LINKS[:7], None, None), UnitLinks("Månen", (), LINKS[7], 12)),
)


def test_the_same_sheet_gives_the_same_bytes_and_its_code_tells_nothing_of_the_links() -> None:
    assert render(SHEET) == render(SHEET)
    others = replace(SHEET, units=(replace(SHEET.units[0], personal=tuple(reversed(LINKS[:7]))), SHEET.units[1]))
    assert sheet_code(others) == sheet_code(SHEET)


def test_each_unit_begins_a_page_and_strips_share_one() -> None:
    with pikepdf.open(io.BytesIO(render(SHEET, language="en"))) as document:
        assert len(document.pages) == 3  # six strips and one, then the poster of the other unit
        assert document.Root.Lang == "en"


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_strip_holds_the_promise_and_an_address_that_can_be_typed(language: str) -> None:
    data = page_data(SHEET, language)  # type: ignore[arg-type]
    assert len(data["points"]) == 3
    assert " 5 " in data["points"][1]
    strip = data["units"][0]["strips"][3]
    assert strip["link"] == ["vls.example.dk/svar#", "0000-0000-0000-0000-0000-0000-03"]


def test_one_link_is_one_link() -> None:
    single = replace(SHEET, units=(replace(SHEET.units[0], personal=LINKS[:1]),))
    assert page_data(single, "da")["units"][0]["strips_title"] == "1 link til én medarbejder"


def test_a_reminder_says_that_it_is_one() -> None:
    letter = Letter("reminder", "Parathed", "Solsikken", "Prøve Kommune", date(2026, 10, 30), 5, LINKS[0])
    assert subject(letter).startswith("Påmindelse")
    assert "er ikke brugt endnu" in body(letter)
    assert "has not been used yet" in body(letter)
