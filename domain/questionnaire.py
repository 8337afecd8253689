"""One person's answers to a questionnaire: what may be said, and how it is kept.

The person answers by item key, in any order and perhaps only in part; what is kept is a row in the instrument's order.
"Don't know / not relevant" is `None`, which is missing and never a value.
"""

from collections.abc import Iterator, Mapping

from domain.instruments import Instrument, Item, Scale
from domain.issues import CODES, Catalogue, Entry, Problem, entry, shown
from domain.scales import item_scales

Answers = Mapping[str, int | None]

QUESTIONNAIRE_CODES: dict[str, Entry] = {
    "unknown-item": entry(
        "Spørgsmålet »{key}« findes ikke i skemaet.",
        "The questionnaire has no item “{key}”.",
        "Hent skemaet igen, og svar på de spørgsmål, der står i det.",
        "Get the questionnaire again and answer the items in it.",
    ),
    "nothing-answered": entry(
        "Der er ikke svaret på noget endnu.",
        "Nothing is answered yet.",
        "Svar på mindst ét spørgsmål, før du sender. Vil du ikke deltage, skal du ikke gøre noget.",
        "Answer at least one item before you submit. If you do not want to take part, do nothing.",
    ),
}
QUESTIONNAIRE_CATALOGUE: Catalogue = CODES | QUESTIONNAIRE_CODES


def answer_problems(instrument: Instrument, answers: Answers, *, submitted: bool) -> tuple[Problem, ...]:
    """Everything that keeps `answers` from being saved or, when `submitted`, from being counted.

    An answer must be on the scale of its item; to submit, at least one must be given. Pointers follow the wire form.

    >>> from domain.instruments import Component
    >>> from domain.text import Text
    >>> title = Text("Vilje", "Will")
    >>> will, item = Component("will", "primary", title), Item("w1", "will", title)
    >>> one = Instrument("k", 1, title, Scale(1, 5), (will,), (item,))
    >>> [(found.pointer, found.code) for found in answer_problems(one, {"w1": 6, "x/y": 1}, submitted=False)]
    [('/answers/w1', 'not-on-scale'), ('/answers/x~1y', 'unknown-item')]
    >>> [found.code for found in answer_problems(one, {"w1": None}, submitted=True)]
    ['nothing-answered']
    """
    problems = tuple(_wrong_answers(instrument, answers))
    if submitted and all(value is None for value in answers.values()):
        return (*problems, Problem("/answers", "nothing-answered"))
    return problems


def _wrong_answers(instrument: Instrument, answers: Answers) -> Iterator[Problem]:
    scales = scales_by_item(instrument)
    for key, value in answers.items():
        at = "/answers/" + key.replace("~", "~0").replace("/", "~1")
        scale = scales.get(key)
        if scale is None:
            yield Problem(at, "unknown-item", {"key": shown(key)})
        elif value is not None and not scale.min <= value <= scale.max:
            yield Problem(at, "not-on-scale", {"value": value, "min": scale.min, "max": scale.max})


def scales_by_item(instrument: Instrument) -> dict[str, Scale]:
    """The scale each item is answered on."""
    return {item.key: scale for item, scale in zip(instrument.items, item_scales(instrument), strict=True)}


def in_order(items: tuple[Item, ...], answers: Answers) -> list[int | None]:
    """The answers as they are kept: one for each item, `None` where there is none."""
    return [answers.get(item.key) for item in items]
