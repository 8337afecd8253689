"""What practice forms and development instruments share: groups of items, one scale, and the missing rule."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.instrument_codes import INSTRUMENT_CATALOGUE
from domain.instrument_problems import HIGHEST_VERSION, key_problems, length_problems, shape_problems, text_problems
from domain.instruments import Scale
from domain.issues import Catalogue, Entry, Problem, entry
from domain.text import Text

LONGEST_SOURCE = 4000

Answers = Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Group:
    """A core element or learning area. Its score exists when `min_answered_share` (0-1) of its items are answered."""

    key: str
    title: Text
    min_answered_share: float


@dataclass(frozen=True, slots=True)
class FormItem:
    key: str
    group: str
    text: Text


@dataclass(frozen=True, slots=True)
class Form:
    """A published version: every group has items, every item a group; all items are rated on one scale."""

    key: str
    version: int
    title: Text
    scale: Scale
    groups: tuple[Group, ...]
    items: tuple[FormItem, ...]
    source: Text

    def keys_of(self, group: str) -> tuple[str, ...]:
        return tuple(item.key for item in self.items if item.group == group)


@dataclass(frozen=True, slots=True)
class GroupScore:
    """`mean` of the `answered` of a group's `items`, on the scale; `None` when too few are answered. Never rounded."""

    group: str
    answered: int
    items: int
    mean: float | None


def score_groups(form: Form, answers: Answers) -> tuple[GroupScore, ...]:
    """The score of each group, in the form's order. What is `None` or left out is missing, never a point of the scale.

    >>> word = Text("Samtaler", "Conversations")
    >>> items = tuple(FormItem(key, "talk", word) for key in ("a", "b", "c"))
    >>> form = Form("k", 1, word, Scale(1, 5), (Group("talk", word, 0.5),), items, word)
    >>> score_groups(form, {"a": 4, "b": 5})
    (GroupScore(group='talk', answered=2, items=3, mean=4.5),)
    >>> score_groups(form, {"a": 4})[0].mean is None
    True
    """
    return tuple(_score(group, [answers.get(key) for key in form.keys_of(group.key)]) for group in form.groups)


def _score(group: Group, values: Sequence[int | None]) -> GroupScore:
    given = [value for value in values if value is not None]
    enough = bool(given) and len(given) >= group.min_answered_share * len(values) - 1e-9
    return GroupScore(group.key, len(given), len(values), sum(given) / len(given) if enough else None)


def answer_problems(form: Form, answers: Answers) -> Iterator[Problem]:
    """Answers to items the form does not have, and answers that are not on its scale."""
    known = {item.key for item in form.items}
    for key, value in answers.items():
        if key not in known:
            yield Problem(f"/answers/{key}", "unknown-item", {"key": key})
        elif value is not None and not form.scale.min <= value <= form.scale.max:
            ends = {"value": value, "min": form.scale.min, "max": form.scale.max}
            yield Problem(f"/answers/{key}", "not-on-scale", ends)


def form_problems(form: Form, *, groups: str, group_of: str) -> Iterator[Problem]:
    """What keeps a form from being published; `groups` and `group_of` are the names of both in its wire form."""
    yield from shape_problems("/key", form.key)
    if not 1 <= form.version <= HIGHEST_VERSION:
        yield Problem("/version", "version-out-of-range", {"version": form.version, "limit": HIGHEST_VERSION})
    yield from text_problems("/title", form.title)
    yield from length_problems("/source", form.source, limit=LONGEST_SOURCE)
    points = form.scale.max - form.scale.min + 1
    if points < 2:
        yield Problem("/scale", "scale-not-increasing", {"min": form.scale.min, "max": form.scale.max})
    elif len(form.scale.labels) not in (0, points):
        yield Problem("/scale/labels", "scale-labels-mismatch", {"labels": len(form.scale.labels), "points": points})
    yield from key_problems(groups, [group.key for group in form.groups], "duplicate-group-key")
    yield from key_problems("items", [item.key for item in form.items], "duplicate-item-key")
    for index, group in enumerate(form.groups):
        yield from text_problems(f"/{groups}/{index}/title", group.title)
        if not form.keys_of(group.key):
            yield Problem(f"/{groups}/{index}", "group-without-items", {"key": group.key})
    known = {group.key for group in form.groups}
    for index, item in enumerate(form.items):
        yield from text_problems(f"/items/{index}/text", item.text)
        if item.group not in known:
            yield Problem(f"/items/{index}/{group_of}", "unknown-group", {"key": item.key, "group": item.group})


_CODES: dict[str, Entry] = {
    "unknown-item": entry(
        "Skemaet har ikke noget punkt »{key}«.",
        "The form has no item “{key}”.",
        "Brug de nøgler, der står i den udgave af skemaet, I udfylder.",
        "Use the keys of the version of the form you fill in.",
    ),
    "duplicate-group-key": entry(
        "Nøglen »{key}« er brugt før.",
        "The key “{key}” is used already.",
        "Giv hver del af skemaet sin egen nøgle.",
        "Give each part of the form a key of its own.",
    ),
    "group-without-items": entry(
        "Delen »{key}« har ingen punkter.",
        "The part “{key}” has no items.",
        "Tilføj punkter til den, eller slet den.",
        "Add items to it or remove it.",
    ),
    "unknown-group": entry(
        "Punktet »{key}« hører til »{group}«, som ikke findes.",
        "The item “{key}” belongs to “{group}”, which does not exist.",
        "Ret nøglen, eller tilføj delen.",
        "Correct the key or add the part.",
    ),
}
FORM_CATALOGUE: Catalogue = {**INSTRUMENT_CATALOGUE, **_CODES}
