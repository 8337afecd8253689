"""Sound instruments, ordinary and strange: every one that the API would publish may come out of `instruments()`."""

from typing import Any

from hypothesis import strategies as st

from domain.instruments import Component, Equivalence, Instrument, Item, Prompt, Rules, Scale, Task
from domain.text import Text

# What spreadsheets, YAML and XML each take for something else than text.
TRICKY = (
    "=1+1", "+45 12", "-ikke", "@navn", "#N/A", "'citat", "=HYPERLINK(\"http://x\")", "no", "Ja", "null", "~", "1.0",
    "0042", "1e5", "2026-01-01", "12:30", "*alias", "&anker", "!!python/object:os.system", "{a: b}", "- a", "a: b # c",
    "_x0041_", "_x005F_x0041_", "]]>", "<b>&amp;", "\u2028", "a\u00a0b", "😀", "true", "nan", "2/3", "...", "---",
)  # fmt: skip
_characters = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
_words = st.one_of(st.sampled_from(TRICKY), st.text(_characters, min_size=1, max_size=30)).map(str.strip)
words = _words.filter(bool)
texts = st.one_of(
    st.builds(Text, words, st.one_of(st.just(""), words)), st.builds(Text, st.just(""), words)
)  # one language is enough
keys = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,8}", fullmatch=True).filter(
    lambda key: key not in ("role", "respondent_key")
)
shares = st.floats(0, 1)


@st.composite
def scales(draw: Any) -> Scale:
    low = draw(st.integers(-100, 99))
    high = draw(st.integers(low + 1, min(100, low + 6)))
    labels = draw(st.one_of(st.just(()), st.tuples(*[texts] * (high - low + 1))))
    return Scale(low, high, labels)


@st.composite
def rules(draw: Any) -> Rules:
    barrier = draw(st.floats(0, 100))
    mean = draw(st.integers(5, 100))
    distribution = draw(st.integers(max(mean, 10), 1000))
    return Rules(
        readiness=draw(st.sampled_from(("mean", "min", "geometric_mean"))),
        driver_score=draw(st.floats(barrier, 100)),
        driver_positive_share=draw(shares),
        barrier_score=barrier,
        barrier_negative_share=draw(st.one_of(shares, st.sampled_from((1 / 3, 0.1, 5 / 7)))),
        spread_rwg=draw(shares),
        min_n_mean=mean,
        min_n_distribution=distribution,
        min_n_reliability=draw(st.integers(distribution, 100_000)),
    )


@st.composite
def instruments(draw: Any) -> Instrument:
    names = draw(st.lists(keys, min_size=1, max_size=3, unique=True))
    item_keys = draw(st.lists(keys, min_size=len(names), max_size=6, unique=True))
    # Every component has an item; the order of the items is another one than that of the components.
    owners = [*reversed(names), *(draw(st.sampled_from(names)) for _ in item_keys[len(names) :])]
    earlier = st.lists(
        st.tuples(st.sampled_from(item_keys), keys), min_size=1, unique_by=(lambda p: p[0], lambda p: p[1])
    )
    version = draw(st.integers(1, 9))
    claimed = draw(st.lists(st.integers(1, version), max_size=2, unique=True))
    return Instrument(
        key=draw(keys),
        version=version,
        title=draw(texts),
        scale=draw(scales()),
        components=tuple(
            Component(
                key=name,
                kind=draw(st.sampled_from(("primary", "contextual"))),
                title=draw(texts),
                min_answered_share=draw(st.floats(0, 1, exclude_min=True)),
                scale=draw(st.one_of(st.none(), scales())),
            )
            for name in names
        ),
        items=tuple(
            Item(key=key, component=owner, text=draw(texts), reverse=draw(st.booleans()))
            for key, owner in zip(item_keys, owners, strict=True)
        ),
        rules=draw(rules()),
        tasks=tuple(
            Task(position, draw(texts))
            for position in draw(st.lists(st.sampled_from(("over_over", "under_over", "under_under")), max_size=3))
        ),
        prompts=tuple(
            Prompt(occasion, draw(st.one_of(st.none(), st.sampled_from(names))), draw(texts))
            for occasion in draw(st.lists(st.sampled_from(("always", "driver", "barrier", "spread")), max_size=3))
        ),
        equivalences=tuple(Equivalence(number, tuple(draw(earlier))) for number in claimed if number < version),
        source=draw(st.one_of(st.just(Text("", "")), texts)),
        licence=draw(st.one_of(st.just(""), words)),
    )


def example(**changes: Any) -> Instrument:
    """A small sound instrument in plain words."""
    will = Component("will", "primary", Text("Vilje", "Willingness"))
    can = Component("can", "contextual", Text("Rammer", "Conditions"), scale=Scale(0, 10))
    values: dict[str, Any] = {
        "key": "kort",
        "version": 2,
        "title": Text("Kort skema", "Short form"),
        "scale": Scale(1, 3, (Text("nej", "no"), Text("måske", "maybe"), Text("ja", "yes"))),
        "components": (will, can),
        "items": (
            Item("w1", "will", Text("Jeg vil gerne.", "I want to.")),
            Item("w2", "will", Text("Det er for besværligt.", "It is too much trouble."), reverse=True),
            Item("c1", "can", Text("Vi har tid.", "We have time.")),
        ),
        "tasks": (Task("under_over", Text("Tal om hvorfor.", "Talk about why.")),),
        "prompts": (
            Prompt("always", None, Text("Hvad overrasker jer?", "What surprises you?")),
            Prompt("barrier", "can", Text("Hvad kan flyttes?", "What can be moved?")),
        ),
        "equivalences": (Equivalence(1, (("w1", "vilje1"), ("w2", "vilje2"))),),
        "source": Text("Egne ord", "Our own words"),
        "licence": "CC0-1.0",
    }
    return Instrument(**{**values, **changes})
