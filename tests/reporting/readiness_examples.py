"""Made-up surveys for the report's tests: seeded answers, scored in the plainest way. The domain has its own tests."""

from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np

from domain.instruments import Component, Instrument, Item, Prompt, Rules, Scale, Task
from domain.readiness import (
    Cell,
    ComponentResult,
    ItemResult,
    Merged,
    Scope,
    ScopeResults,
    Suppression,
)
from domain.text import Text
from reporting.readiness.build import Earlier, Parent, Place, ReadinessData, Versions

HIDDEN = Suppression(reason="too_few_answers", minimum=5)
PROTECTS = Suppression(reason="protects_others", minimum=5)
AGREE = Scale(
    min=1,
    max=5,
    labels=tuple(
        Text(da=da, en=en)
        for da, en in (
            ("helt uenig", "strongly disagree"),
            ("uenig", "disagree"),
            ("hverken eller", "neither"),
            ("enig", "agree"),
            ("helt enig", "strongly agree"),
        )
    ),
)

_COMPONENTS = (
    ("willingness", "primary", "Vilje", "Willingness"),
    ("capacity", "primary", "Kapacitet", "Capacity"),
    ("leadership", "contextual", "Ledelse", "Leadership"),
    ("culture", "contextual", "Kultur og samarbejde", "Culture and collaboration"),
    ("resources", "contextual", "Ressourcer og rammer", "Resources and conditions"),
    ("relations", "contextual", "Relationer til forældre og omverden", "Relations to parents and the world around"),
)
_STATEMENTS = (
    ("Jeg har lyst til at arbejde på den nye måde", "I want to work in the new way", False),
    ("Det nye passer til de børn, vi har hos os", "The new suits the children we have", False),
    ("Vi har tid til at planlægge aktiviteterne sammen", "We have time to plan the activities together", False),
    ("Det er svært at få hverdagen til at hænge sammen, når vi også skal nå det nye arbejde",
     "It is hard to make the day work when there is the new work to do as well", True),
    ("Jeg ved, hvem jeg kan spørge, når jeg er i tvivl", "I know whom to ask when I am in doubt", False),
    ("Vi taler om, hvad børnene får ud af det", "We talk about what the children gain from it", False),
)  # fmt: skip


def vls_instrument(scale: Scale = AGREE) -> Instrument:
    """Six components of six statements, two of them primary."""
    return Instrument(
        key="vls-p",
        version=3,
        title=Text(da="Parathed til Vi lærer sammen", en="Readiness for Vi lærer sammen"),
        scale=scale,
        components=tuple(Component(key=k, kind=kind, title=Text(da=da, en=en)) for k, kind, da, en in _COMPONENTS),  # type: ignore[arg-type]
        items=tuple(
            Item(key=f"{k}_{n}", component=k, text=Text(da=da, en=en), reverse=reverse)
            for k, *_ in _COMPONENTS
            for n, (da, en, reverse) in enumerate(_STATEMENTS, start=1)
        ),
        rules=Rules(),
    )


def guided_instrument() -> Instrument:
    """The same instrument with tasks for two places on the map, and questions of its own."""
    tasks = (
        ("over_under", "Find faste tider til planlægning, før I sætter flere aktiviteter i gang",
         "Find fixed times for planning before you start more activities"),
        ("over_under", "Tag rammerne med til sparringen med områdelederen", "Bring the conditions to the area leader"),
        ("over_over", "Bed dem, der er længst, om at vise det for andre", "Ask those who are furthest to show others"),
    )  # fmt: skip
    prompts = (
        ("spread", None, "Hvem oplever det anderledes?", "Who sees it differently?"),
        ("barrier", "resources", "Hvad kan I selv flytte i hverdagen?", "What can you move yourselves?"),
        ("barrier", None, "Hvad skal I have hjælp til?", "What do you need help with?"),
        ("driver", None, "Hvornår mærker I det tydeligst?", "When do you notice it most?"),
        ("driver", "leadership", "Hvad gør lederen, som hjælper?", "What does the leader do that helps?"),
        ("always", None, "Kan I genkende billedet?", "Do you recognise the picture?"),
    )
    return replace(
        vls_instrument(),
        tasks=tuple(Task(position, Text(da, en)) for position, da, en in tasks),  # type: ignore[arg-type]
        prompts=tuple(Prompt(occasion, key, Text(da, en)) for occasion, key, da, en in prompts),  # type: ignore[arg-type]
    )


def bfi_instrument() -> Instrument:
    """Five components of five items without nice titles, in English only."""
    names = {"A": "Agreeableness", "C": "Conscientiousness", "E": "Extraversion", "N": "Neuroticism", "O": "Openness"}
    reverse = {"A1", "C4", "C5", "E1", "E2", "O2", "O5"}
    return Instrument(
        key="bfi",
        version=1,
        title=Text(da="", en="Big five"),
        scale=Scale(min=1, max=6),
        components=tuple(Component(key=k, kind="contextual", title=Text(da="", en=name)) for k, name in names.items()),
        items=tuple(
            Item(key=f"{k}{n}", component=k, text=Text(da="", en=f"{k}{n}"), reverse=f"{k}{n}" in reverse)
            for k in names
            for n in range(1, 6)
        ),
    )


def _item(item: Item, x: np.ndarray, scale: Scale, rules: Rules) -> ItemResult:
    x = x[~np.isnan(x)]
    if len(x) < rules.min_n_mean:
        return ItemResult(item.key, None, None, None, None, None, None, None, HIDDEN)
    turned = scale.min + scale.max - x if item.reverse else x
    score = float((turned.mean() - scale.min) / (scale.max - scale.min) * 100)
    middle = (scale.min + scale.max) / 2
    positive, negative = float((turned > middle).mean()), float((turned < middle).mean())
    counts = tuple(int((x == v).sum()) for v in range(scale.min, scale.max + 1))
    return ItemResult(
        key=item.key,
        n=len(x),
        mean=float(turned.mean()),
        score=score,
        positive_share=positive,
        negative_share=negative,
        distribution=counts if len(x) >= rules.min_n_distribution else None,
        classification=_classify(score, positive, negative, rules),
        suppressed=None,
    )


def _classify(score: float, positive: float, negative: float, rules: Rules) -> str:
    if score >= rules.driver_score and positive >= rules.driver_positive_share:
        return "driver"
    return "barrier" if score < rules.barrier_score or negative >= rules.barrier_negative_share else "mixed"


def _component(
    instrument: Instrument, component: Component, answers: np.ndarray, invited: int | None
) -> ComponentResult:
    scale, rules = instrument.component_scale(component), instrument.rules
    columns = instrument.component_items(component.key)
    items = tuple(_item(instrument.items[i], answers[:, i], scale, rules) for i in columns)
    x = answers[:, list(columns)]
    x = np.where([instrument.items[i].reverse for i in columns], scale.min + scale.max - x, x)
    x = x[(~np.isnan(x)).mean(axis=1) >= component.min_answered_share]
    if len(x) < rules.min_n_mean:
        return _hidden_component(component, items)
    person = np.nanmean(x, axis=1)
    half = 2.1 * person.std(ddof=1) / np.sqrt(len(person))
    small = half * np.sqrt(1 - len(person) / invited) if invited else None
    mean = float(person.mean())
    to_score = 100 / (scale.max - scale.min)
    score = (mean - scale.min) * to_score
    middle = (scale.min + scale.max) / 2
    answered = x[~np.isnan(x)]
    positive, negative = float((answered > middle).mean()), float((answered < middle).mean())
    return ComponentResult(
        key=component.key, kind=component.kind, n=len(person), mean=mean, sd=float(person.std(ddof=1)), score=score,
        ci_low=mean - half, ci_high=mean + half,
        score_ci_low=score - half * to_score, score_ci_high=score + half * to_score,
        fpc_ci_low=None if small is None else float(mean - small),
        fpc_ci_high=None if small is None else float(mean + small),
        unit_mean=None, positive_share=positive, negative_share=negative, rwg_j=0.7, icc1=None, icc2=None, alpha=None,
        classification=_classify(score, positive, negative, rules),  # type: ignore[arg-type]
        spread=bool(person.std(ddof=1) * to_score > 17), suppressed=None, items=items,
    )  # fmt: skip


def _hidden_component(component: Component, items: tuple[ItemResult, ...]) -> ComponentResult:
    nothing = dict.fromkeys(ComponentResult.__dataclass_fields__)
    known = {"key": component.key, "kind": component.kind, "suppressed": HIDDEN, "items": items}
    return ComponentResult(**(nothing | known))  # type: ignore[arg-type]


_NUMBERS = ("n", "mean", "score", "classification", "positive_share", "negative_share")
_OF_COMPONENTS = ("sd", "spread", "ci_low", "ci_high", "score_ci_low", "score_ci_high", "fpc_ci_low", "fpc_ci_high")


def without(found: Cell, *keys: str, why: Suppression = PROTECTS) -> Cell:
    """The same cell with components of it hidden, and their items with them."""
    hidden = dict.fromkeys(_NUMBERS) | {"suppressed": why}
    components = []
    for it in found.components:
        if it.key in keys:
            items = tuple(replace(item, **hidden, distribution=None) for item in it.items)
            it = replace(it, **hidden, **dict.fromkeys(_OF_COMPONENTS), items=items)  # noqa: PLW2901
        components.append(it)
    return replace(found, components=tuple(components))


def with_hidden(data: ReadinessData, *keys: str, why: Suppression = PROTECTS) -> ReadinessData:
    """The same place with components hidden in its own results."""
    return replace(data, focus=replace(data.focus, total=without(data.focus.total, *keys, why=why)))


def cell(
    instrument: Instrument,
    *,
    seed: int,
    n: int,
    invited: int | None = None,
    levels: tuple[float, ...] = (),
    key: str = "",
    unanswered: tuple[str, ...] = (),
) -> Cell:
    """`n` made-up people; `levels` (0-1) say about where each component lies, `unanswered` which items nobody did."""
    rng = np.random.default_rng(seed)
    answers = np.full((n, len(instrument.items)), np.nan)
    for at, component in enumerate(instrument.components):
        scale = instrument.component_scale(component)
        level = levels[at] if at < len(levels) else rng.uniform(0.4, 0.8)
        person = rng.normal(level, 0.14, size=n)
        for i in instrument.component_items(component.key):
            raw = np.clip(person + rng.normal(rng.normal(0, 0.09), 0.16, size=n), 0, 1)
            x = scale.min + np.round(raw * (scale.max - scale.min))
            x = np.where(rng.random(n) < 0.03, np.nan, x)
            answers[:, i] = scale.min + scale.max - x if instrument.items[i].reverse else x
            if instrument.items[i].key in unanswered:
                answers[:, i] = np.nan
    components = tuple(_component(instrument, c, answers, invited) for c in instrument.components)
    few = n < instrument.rules.min_n_mean
    primary = [c.score for c in components if c.kind == "primary" and c.score is not None]
    return Cell(
        key=key,
        n=None if few else n,
        invited=invited,
        response_rate=n / invited if invited and not few else None,
        readiness=float(np.mean(primary)) if primary else None,
        components=components,
        suppressed=HIDDEN if few else None,
    )


def results(focus: Cell, *, kind: str = "unit", by: dict[str, tuple[Cell, ...]] | None = None) -> ScopeResults:
    return ScopeResults(scope=Scope(kind=kind, id=f"{kind}-1"), total=focus, by=by or {})  # type: ignore[arg-type]


def scores(focus: Cell) -> dict[str, float]:
    return {result.key: result.score for result in focus.components if result.score is not None}


def setting_types(instrument: Instrument, *, hidden: str = "nursery") -> tuple[Cell, ...]:
    sizes = {"childminding": 64, "nursery": 38, "kindergarten": 122, "integrated": 210}
    return tuple(
        cell(instrument, seed=seed, n=4 if key == hidden else n, key=key)
        for seed, (key, n) in enumerate(sizes.items(), start=70)
    )


def unit_data(
    *, n: int = 16, invited: int | None = 21, instrument: Instrument | None = None, name: str = "Børnehuset Solsikken",
    seed: int = 5, levels: tuple[float, ...] = (0.80, 0.47, 0.7, 0.84, 0.36, 0.6), unanswered: tuple[str, ...] = (),
) -> ReadinessData:  # fmt: skip
    """A unit in an area in a municipality, with the other units' dots."""
    instrument = instrument or vls_instrument()
    focus = cell(instrument, seed=seed, n=n, invited=invited, levels=levels, unanswered=unanswered)
    return ReadinessData(
        instrument=instrument,
        round_title="anden måling, september 2026",
        opens_on=date(2026, 9, 7),
        closes_on=date(2026, 10, 2),
        closed_at=datetime(2026, 10, 2, 21, 59, tzinfo=UTC),
        municipality="Prøve Kommune",
        place=Place(kind="unit", name=name, trail=("Område Øst", "Prøve Kommune")),
        focus=results(focus),
        parents=(
            Parent(kind="area", name="Område Øst", results=results(cell(instrument, seed=2, n=140), kind="area")),
            Parent(
                kind="municipality",
                name="Prøve Kommune",
                results=results(cell(instrument, seed=1, n=640), kind="municipality"),
            ),
        ),
        peers=tuple(scores(cell(instrument, seed=100 + k, n=3 + k)) for k in range(18)),
        setting_types=setting_types(instrument),
        versions=Versions(rules="vls-p v3", software="0.1.0"),
    )


def municipality_data(instrument: Instrument | None = None) -> ReadinessData:
    instrument = instrument or vls_instrument()
    cells = setting_types(instrument)
    focus = cell(instrument, seed=1, n=640, invited=910)
    return replace(
        unit_data(instrument=instrument),
        place=Place(kind="municipality", name="Prøve Kommune"),
        focus=results(focus, kind="municipality", by={"setting_type": cells}),
        parents=(),
        setting_types=cells,
    )


def suppressed_data() -> ReadinessData:
    """Three answers: nothing may be shown."""
    return unit_data(n=3, invited=4)


def merged_data(*, n: int = 3, group: int = 11, area: str | None = "Område Øst", kind: str | None = "childminding",
                members: int = 4) -> ReadinessData:  # fmt: skip
    """A childminding group too small to be shown alone, shown together with three others of its area."""
    data = unit_data(n=n, invited=4, name="Dagplejen Ellekrattet")
    together = cell(data.instrument, seed=9, n=group, invited=group + 3, levels=(0.7, 0.44, 0.6, 0.5, 0.66))
    ids = tuple(f"unit-{number}" for number in range(1, members + 1))
    merged = Merged(units=ids, setting_type=kind, area_id="area-1" if area else None, cell=together)
    return replace(data, focus=replace(data.focus, merged=merged), merged_area=area)


def with_earlier(
    data: ReadinessData, *, n: int = 15, invited: int | None = 20, instrument: Instrument | None = None, seed: int = 6,
    levels: tuple[float, ...] = (0.66, 0.46, 0.69, 0.8, 0.55),
) -> ReadinessData:  # fmt: skip
    """The same place half a year before: willingness was lower, resources were better."""
    then = instrument or data.instrument
    before = cell(then, seed=seed, n=n, invited=invited, levels=levels)
    return replace(
        data,
        earlier=Earlier(
            title="Første måling",
            opens_on=date(2026, 2, 9),
            closes_on=date(2026, 3, 6),
            instrument=then,
            results=results(before, kind=data.place.kind),
        ),
    )


def since_last_time() -> dict[str, ReadinessData]:
    """A unit with an earlier round: as it should be, and with what may stand in the way."""
    now, other = unit_data(), replace(vls_instrument(), version=2)
    return {
        "since": with_earlier(now),
        "since_other_people": with_earlier(now, n=20, levels=(0.56, 0.5, 0.7, 0.8, 0.55, 0.6)),
        "since_few": with_earlier(unit_data(n=8, invited=12), n=7),
        "since_hidden": with_earlier(now, n=3),
        "since_broken": with_earlier(now, instrument=other),
    }
