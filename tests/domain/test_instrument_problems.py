"""What keeps an instrument from being published, in itself and against what was published before."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from domain.equivalences import published_problems
from domain.instrument_codes import INSTRUMENT_CATALOGUE
from domain.instrument_problems import MOST, instrument_problems
from domain.instruments import Component, Equivalence, Instrument, Item, Prompt, Rules, Scale, Task
from domain.issues import hint, sentence
from domain.text import Text
from tests.instruments import example, instruments

NAME = Text("Noget", "")
FIRST = example(
    version=1,
    equivalences=(),
    items=(Item("vilje1", "will", NAME), Item("vilje2", "will", NAME), Item("c1", "can", NAME)),
)


def found(instrument: Instrument) -> list[tuple[str, str]]:
    return [(problem.pointer, problem.code) for problem in instrument_problems(instrument)]


@given(instruments())
@settings(max_examples=30)
def test_what_the_strategy_makes_is_sound(instrument: Instrument) -> None:
    assert instrument_problems(instrument) == ()


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ({"key": "to ord"}, [("/key", "key-characters")]),
        ({"key": " "}, [("/key", "malformed-key")]),
        ({"version": 0, "equivalences": ()}, [("/version", "version-out-of-range")]),
        ({"title": Text(" ", "")}, [("/title/da", "empty-text")]),
        ({"title": Text("x" * 1001, "x")}, [("/title/da", "text-too-long")]),
        ({"source": Text("", "x" * 4001)}, [("/source/en", "text-too-long")]),
        ({"rules": Rules(min_n_mean=4)}, [("/rules/min_n_mean", "rule-out-of-range")]),
        ({"rules": Rules(min_n_distribution=9)}, [("/rules/min_n_distribution", "rule-out-of-range")]),
        ({"licence": "x" * 201}, [("/licence", "text-too-long")]),
        ({"tasks": (Task("over_over", Text("", " ")),)}, [("/tasks/0/text/da", "empty-text")]),
        ({"tasks": (Task("over_over", NAME),) * 101}, [("/tasks", "too-many")]),
        ({"prompts": (Prompt("always", None, Text("", "")),)}, [("/prompts/0/text/da", "empty-text")]),
        ({"prompts": (Prompt("driver", "cna", NAME),)}, [("/prompts/0/component", "prompt-unknown-component")]),
        ({"items": (Item("w1", "will", NAME),) * 2}, [
            ("/components/1", "component-without-items"), ("/items/1/key", "duplicate-item-key"),
            ("/equivalences/0/items/w2", "equivalence-unknown-item"),
        ]),
        ({"components": (Component("will", "primary", NAME),)}, [
            ("/items/2/component", "unknown-component"), ("/prompts/1/component", "prompt-unknown-component"),
        ]),
        ({"equivalences": (Equivalence(2, (("w1", "a"),)),)}, [("/equivalences/0/version", "equivalence-not-earlier")]),
        ({"equivalences": (Equivalence(0, (("w1", "a"),)),)}, [("/equivalences/0/version", "equivalence-not-earlier")]),
        ({"equivalences": (Equivalence(1, (("w1", "a"),)),) * 2}, [
            ("/equivalences/1/version", "duplicate-equivalence"),
        ]),
        ({"equivalences": (Equivalence(1, ()),)}, [("/equivalences/0/items", "equivalence-without-items")]),
        ({"equivalences": (Equivalence(1, (("w9", "a"),)),)}, [
            ("/equivalences/0/items/w9", "equivalence-unknown-item"),
        ]),
        ({"equivalences": (Equivalence(1, (("w1", "a"), ("w1", "b"))),)}, [
            ("/equivalences/0/items/w1", "equivalence-item-twice"),
        ]),
        ({"equivalences": (Equivalence(1, (("w1", "a"), ("w2", "a"))),)}, [
            ("/equivalences/0/items/w2", "equivalence-target-twice"),
        ]),
    ],
)  # fmt: skip
def test_each_problem_is_said_where_it_is(changes: dict[str, object], problems: list[tuple[str, str]]) -> None:
    assert found(example()) == []
    assert found(example(**changes)) == problems


def test_there_may_be_many_but_not_more() -> None:
    items = tuple(Item(f"i{number}", "will", NAME) for number in range(MOST["items"]))
    sound = example(items=(*items[:-1], Item("c1", "can", NAME)), equivalences=())
    assert found(sound) == []
    assert found(replace(sound, items=(*sound.items, Item("w", "will", NAME)))) == [("/items", "too-many")]


def test_an_equivalence_holds_against_the_version_it_names() -> None:
    assert list(published_problems(example(), {1: FIRST})) == []
    missing = list(published_problems(example(), {3: FIRST}))
    assert [(problem.pointer, problem.code) for problem in missing] == [
        ("/equivalences/0/version", "equivalence-not-published")
    ]


def test_an_equivalent_item_must_exist_and_be_answered_on_the_same_scale() -> None:
    claims = (Equivalence(1, (("w1", "vilje1"), ("w2", "vilje9"), ("c1", "vilje2"))),)
    problems = list(published_problems(example(equivalences=claims), {1: FIRST}))
    assert [(problem.pointer, problem.code) for problem in problems] == [
        ("/equivalences/0/items/w2", "equivalence-unknown-earlier-item"),
        ("/equivalences/0/items/c1", "equivalence-other-scale"),
    ]
    said = sentence(problems[1].code, problems[1].params, "da", catalogue=INSTRUMENT_CATALOGUE)
    assert said == "»c1« besvares på skalaen 0–10, men »vilje2« i version 1 blev besvaret på 1–3."


def test_other_labels_on_the_same_points_are_the_same_scale() -> None:
    assert list(published_problems(example(scale=Scale(1, 3)), {1: FIRST})) == []


def test_every_code_reads_in_both_languages() -> None:
    for code, entry in INSTRUMENT_CATALOGUE.items():
        for text in (entry.sentence, entry.hint):
            assert text.da.strip(), code
            assert text.en.strip(), code
        assert sentence(code, {}, "en", catalogue=INSTRUMENT_CATALOGUE)
        assert hint(code, catalogue=INSTRUMENT_CATALOGUE)
