"""Sentences about change: the counts are there, the uncertainty is there, and a cause never is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.shares import change
from reporting.share_wording import PHRASES, change_details, change_sentence

CAUSAL = re.compile(
    r"\b(fordi|skyldes|virkede|virker|effekt|førte|takket være|because|caused?|due to|effect|worked|led to|thanks)\b",
    re.IGNORECASE,
)
CHILDREN = st.dictionaries(st.sampled_from("abcdefghijklmnop"), st.booleans())


def test_no_phrase_names_a_cause() -> None:
    assert [words for pair in PHRASES.values() for words in pair if CAUSAL.search(words)] == []


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("da", "De samme børn: 20 af 29 → 23 af 29: inden for, hvad tilfældigheder alene kan give."),
        ("en", "The same children: 20 of 29 → 23 of 29: within what chance alone would give."),
    ],
)
def test_the_sentence_of_the_project_comes_out(language: str, expected: str) -> None:
    before = {str(n): n < 20 for n in range(29)}
    now = {str(n): n < 18 or n >= 24 for n in range(29)}
    assert change_sentence(change(before=before, now=now), language) == expected  # type: ignore[arg-type]


@given(CHILDREN, CHILDREN, st.sampled_from(["da", "en"]))
def test_a_percentage_never_stands_without_its_counts(
    before: dict[str, bool], now: dict[str, bool], language: str
) -> None:
    told = change(before=before, now=now)
    for said in (change_sentence(told, language), *change_details(told, language)):  # type: ignore[arg-type]
        assert "%" not in said or re.search(r"\d+ (af|of) \d+ \(", said)


def test_those_who_came_and_those_who_left_are_told_apart() -> None:
    before = {str(n): n % 2 == 0 for n in range(10)}
    now = {str(n): n % 2 == 0 for n in range(2, 14)}
    assert change_details(change(before=before, now=now), "en") == [
        "All: 5 of 10 (50%; 24–76%) → 6 of 12 (50%; 25–75%).",
        "Children who have joined: 2 of 4.",
        "Children who have left or are not assessed now: 1 of 2.",
    ]
