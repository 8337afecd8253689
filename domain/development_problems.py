"""What keeps a development instrument from being published: its items, and norms with holes or overlaps."""

from collections.abc import Iterator

from domain.development import DevelopmentInstrument, NormRow, ages_without_norms
from domain.forms import FORM_CATALOGUE, form_problems
from domain.issues import Catalogue, Entry, Params, Problem, entry

OLDEST = 96


def development_problems(instrument: DevelopmentInstrument) -> Iterator[Problem]:
    """Everything that keeps the instrument from being published. Every area needs norms without holes:
    a child whose age they cover must get a band."""
    yield from form_problems(instrument.form, groups="areas", group_of="area")
    rows = instrument.norms.rows
    known = {group.key for group in instrument.form.groups}
    for index, row in enumerate(rows):
        if row.area not in known:
            yield Problem(f"/norms/rows/{index}/area", "norms-of-unknown-area", {"key": row.area})
            continue
        yield from _row_problems(f"/norms/rows/{index}", row, instrument)
    for group in instrument.form.groups:
        yield from _area_problems(group.key, [row for row in rows if row.area == group.key])


def _row_problems(at: str, row: NormRow, instrument: DevelopmentInstrument) -> Iterator[Problem]:
    if not 0 <= row.from_months <= row.to_months <= OLDEST:
        params = {"first": row.from_months, "last": row.to_months, "limit": OLDEST}
        yield Problem(f"{at}/to_months", "norm-ages", params)
    items = len(instrument.form.keys_of(row.area))
    low, high = items * instrument.form.scale.min, items * instrument.form.scale.max
    if not low <= row.focused_below <= row.attention_below <= high:
        limits: Params = {"focused": row.focused_below, "attention": row.attention_below, "low": low, "high": high}
        yield Problem(f"{at}/attention_below", "norm-limits", limits)


def _area_problems(area: str, rows: list[NormRow]) -> Iterator[Problem]:
    if not rows:
        yield Problem("/norms/rows", "area-without-norms", {"key": area})
        return
    if len({row.sex is None for row in rows}) > 1:
        yield Problem("/norms/rows", "norms-of-sexes", {"key": area})
        return
    sexes = ("girl", "boy") if rows[0].sex else (None,)
    for sex in sexes:
        mine = [row for row in rows if row.sex == sex]
        if not mine:
            yield Problem("/norms/rows", "norms-of-sexes", {"key": area})
        elif any(row.from_months > row.to_months or row.to_months > OLDEST for row in mine):
            return  # said of the row already
        else:
            yield from _coverage_problems(area, mine)


def _coverage_problems(area: str, rows: list[NormRow]) -> Iterator[Problem]:
    months = [month for row in rows for month in range(row.from_months, row.to_months + 1)]
    twice = next((month for month in sorted(months) if months.count(month) > 1), None)
    if twice is not None:
        yield Problem("/norms/rows", "norms-overlap", {"key": area, "months": twice})
    hole = next(iter(ages_without_norms(rows)), None)
    if hole is not None:
        yield Problem("/norms/rows", "norms-hole", {"key": area, "months": hole})


_CODES: dict[str, Entry] = {
    "norm-ages": entry(
        "Alderen {first}–{last} måneder er ikke et spænd mellem 0 og {limit}.",
        "The ages {first}–{last} months are no span between 0 and {limit}.",
        "Skriv alderen i hele måneder, den yngste først.",
        "Write ages in whole months, the youngest first.",
    ),
    "norm-limits": entry(
        "Grænserne {focused} og {attention} passer ikke: de skal ligge fra {low} til {high}, den lave først.",
        "The limits {focused} and {attention} do not fit: they lie from {low} to {high}, the lower one first.",
        "Grænserne er råscorer: summen af områdets punkter.",
        "The limits are raw scores: the sum of the area's items.",
    ),
    "norms-of-unknown-area": entry(
        "Der er normer for »{key}«, som ikke er et af skemaets læringsområder.",
        "There are norms of “{key}”, which is none of the learning areas.",
        "Ret nøglen, eller slet rækken.",
        "Correct the key or remove the row.",
    ),
    "area-without-norms": entry(
        "Læringsområdet »{key}« har ingen normer.",
        "The learning area “{key}” has no norms.",
        "Tilføj mindst én række med aldersspænd og grænser.",
        "Add at least one row with ages and limits.",
    ),
    "norms-of-sexes": entry(
        "Normerne for »{key}« er delt efter køn for nogle aldre og ikke for andre, eller det ene køn mangler.",
        "The norms of “{key}” differ by sex at some ages and not at others, or one sex is missing.",
        "Giv rækker for både piger og drenge, eller for ingen af dem.",
        "Give rows for girls and boys, or for neither.",
    ),
    "norms-overlap": entry(
        "To rækker med normer for »{key}« dækker begge {months} måneder.",
        "Two rows of norms of “{key}” both cover {months} months.",
        "Lad hvert aldersspænd begynde måneden efter det forrige.",
        "Let each span begin the month after the one before.",
    ),
    "norms-hole": entry(
        "Normerne for »{key}« springer {months} måneder over.",
        "The norms of “{key}” leave out {months} months.",
        "Lad hvert aldersspænd begynde måneden efter det forrige.",
        "Let each span begin the month after the one before.",
    ),
}
DEVELOPMENT_CATALOGUE: Catalogue = {**FORM_CATALOGUE, **_CODES}
