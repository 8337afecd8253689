"""How a room composes its small groups, and which supportive strategies it brings into play.

Source: the programme's questions to the team ("Sammensætning af børnegrupper ved fordybelsesaktiviteter ... en blanding
af børn, der har behov for ekstra understøttelse og børn med en alderssvarende udvikling", "Hvordan kan vi få flere af
strategierne i spil?"). It is said of the groups, never of a child.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Literal

from domain.observations import Child
from domain.text import Text
from domain.vocabulary import Vocabulary, title_of

MixedTrait = Literal["support_need", "multilingual"]
MIXED_TRAITS: tuple[MixedTrait, ...] = ("support_need", "multilingual")


@dataclass(frozen=True, slots=True)
class Mixing:
    """Of `of` groups of two or more children whose trait is known, `mixed` had children of both kinds."""

    trait: MixedTrait
    mixed: int
    of: int


@dataclass(frozen=True, slots=True)
class Composition:
    """`groups` recorded groups of two or more children, `mean_size` children in each, and how they were mixed. A trait
    is left out where the room has not two children of either kind: there is nothing to mix."""

    groups: int
    mean_size: float
    mixings: tuple[Mixing, ...]


@dataclass(frozen=True, slots=True)
class StrategyUse:
    """In how many of the recorded activities a strategy was used."""

    key: str
    title: Text
    activities: int


def composition(groups: Iterable[Sequence[str]], children: Mapping[str, Child]) -> Composition | None:
    """How the groups (ids of the children in each) were composed; `None` without a group of two or more.

    A group is mixed when it had a child with the trait and one without. Children whose trait is not known, or who are
    not among `children`, stand on neither side; a group with fewer than two whose trait is known is not counted.

    >>> ida, bo = (Child(id, id, None, None, None, need, ()) for id, need in (("ida", True), ("bo", False)))
    >>> anna, eli = (Child(id, id, None, None, None, need, ()) for id, need in (("anna", True), ("eli", False)))
    >>> known = {child.id: child for child in (ida, bo, anna, eli)}
    >>> composition([["ida", "bo"], ["bo", "eli"], ["ida"]], known).mixings
    (Mixing(trait='support_need', mixed=1, of=2),)
    """
    real = [group for group in groups if len(group) > 1]
    if not real:
        return None
    mixings = (_mixing(real, children, trait) for trait in MIXED_TRAITS if _both_kinds(children, trait))
    sizes = fmean(len(group) for group in real)
    return Composition(len(real), sizes, tuple(mixing for mixing in mixings if mixing.of))


def _both_kinds(children: Mapping[str, Child], trait: MixedTrait) -> bool:
    known = Counter(getattr(child, trait) for child in children.values())
    return known[True] > 1 and known[False] > 1


def _mixing(groups: Sequence[Sequence[str]], children: Mapping[str, Child], trait: MixedTrait) -> Mixing:
    known = [
        [value for id_ in group if id_ in children and (value := getattr(children[id_], trait)) is not None]
        for group in groups
    ]
    counted = [values for values in known if len(values) > 1]
    return Mixing(trait, sum(len(set(values)) > 1 for values in counted), len(counted))


def strategies_used(activities: Iterable[Sequence[str]], vocabulary: Vocabulary) -> tuple[StrategyUse, ...]:
    """In how many activities (the strategies of each) each strategy was used: those of the list in its order, also the
    ones nobody used, then what else was recorded.

    >>> from domain.vocabulary import DEFAULT_VOCABULARY
    >>> [(use.key, use.activities) for use in strategies_used([["wait_time"], []], DEFAULT_VOCABULARY)][3]
    ('wait_time', 1)
    """
    return uses(Counter(word for words in activities for word in set(words)), vocabulary)


def uses(counts: Mapping[str, int], vocabulary: Vocabulary) -> tuple[StrategyUse, ...]:
    """The same from the number of activities of each strategy that was used."""
    own = [word.key for word in vocabulary.strategies]
    return tuple(
        StrategyUse(key, title_of(key, vocabulary.strategies), counts.get(key, 0))
        for key in [*own, *sorted(counts.keys() - set(own))]
    )
