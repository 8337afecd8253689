"""A small instrument for tests: two areas of four items on 1-5, norms from 24 to 47 months, language by sex."""

from domain.development import DevelopmentInstrument, NormRow, Norms
from domain.forms import Form, FormItem, Group
from domain.instruments import Scale
from domain.text import Text

WORD = Text("Ord", "Word")
AREAS = ("language", "mathematics")
ROWS = (
    NormRow("language", "girl", 24, 35, 8, 11), NormRow("language", "girl", 36, 47, 10, 14),
    NormRow("language", "boy", 24, 35, 7, 10), NormRow("language", "boy", 36, 47, 9, 13),
    NormRow("mathematics", None, 24, 47, 8, 12),
)  # fmt: skip
FORM = Form(
    key="k",
    version=1,
    title=WORD,
    scale=Scale(1, 5),
    groups=tuple(Group(area, WORD, 0.75) for area in AREAS),
    items=tuple(FormItem(f"{area}_{n}", area, WORD) for area in AREAS for n in range(4)),
    source=WORD,
)
INSTRUMENT = DevelopmentInstrument(FORM, Norms("norm-1", WORD, monolingual=True, rows=ROWS))


def answered(points: int, *, areas: tuple[str, ...] = AREAS) -> dict[str, int | None]:
    return {f"{area}_{n}": points for area in areas for n in range(4)}
