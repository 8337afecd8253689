"""The sheet that is cut into strips, and the letter."""

import io
import re
from dataclasses import replace
from datetime import date

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageFilter

from reporting.invitations.letter import Letter, body, subject
from reporting.invitations.sheet import Sheet, UnitLinks, page_data, render, sheet_code
from tests.paper import pages_of, scanned, words_of

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


def test_every_code_is_read_back_as_the_link_that_is_printed_beside_it() -> None:
    printed = render(SHEET)
    pages = [scanned(page) for page in pages_of(printed)]
    assert pages == [list(LINKS[:6]), [LINKS[6]], [LINKS[7]]]
    for links, words in zip(pages, words_of(printed), strict=True):
        shown = "".join(words.split())
        typed = ["-".join(re.findall(".{1,4}", link.rpartition("#")[2])) for link in links]
        assert [shown.count(token) for token in typed] == [1] * len(links)
        assert sorted(typed, key=shown.index) == typed


def test_codes_are_read_on_a_tilted_and_faded_page() -> None:
    """A phone held askew over a copy of a copy: turned by a few degrees, grey on grey, blurred."""
    (page, *_) = pages_of(render(SHEET), per_inch=150)
    seen = Image.fromarray(page).rotate(7, expand=True, fillcolor=255).filter(ImageFilter.GaussianBlur(1.2))
    faded = (np.asarray(seen) * 0.45 + 90).astype(np.uint8)
    assert sorted(scanned(faded)) == sorted(LINKS[:6])


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
