"""Practice and development beside their drawings: the table of the numbers, the alternative text, the method."""

from domain.development import BANDS
from reporting.html import Table
from reporting.numbers import Language
from reporting.room.assessed import CoreElements, Development, Practice
from reporting.room.assessed_text import comparable, counted, half_year, score
from reporting.room.phrases import say
from reporting.share_wording import with_interval


def practice_table(practice: CoreElements, language: Language) -> Table:
    weeks = [
        say("week", language, n=f"{first.isocalendar().week}–{last.isocalendar().week}, {last.isocalendar().year}")
        for first, last in practice.periods
    ]
    rows = tuple(
        (element.title.in_language(language), *(score(value, language) for value in element.trend.scores))
        for element in practice.elements
    )
    return Table((say("columns_element", language), *weeks), rows)


def development_table(development: Development, language: Language) -> Table:
    columns = (
        say("columns_area", language),
        *(say(band, language) for band in BANDS),
        say("columns_without", language),
    )
    rows = tuple(
        (
            area.title.in_language(language),
            *(str(area.counts.counts[band]) for band in BANDS),
            str(area.counts.without),
        )
        for area in development.areas
    )
    return Table(columns, rows)


def change_table(development: Development, language: Language) -> Table:
    columns = tuple(say(key, language) for key in ("columns_area", "columns_before", "columns_now"))
    rows = tuple(
        (
            area.title.in_language(language),
            *(
                with_interval(share, language) if share else counted(share, language)
                for share in (area.change.before, area.change.now)
            ),
        )
        for area in comparable(development)
        if area.change
    )
    return Table(columns, rows)


def practice_alt(practice: CoreElements, language: Language) -> str:
    table = practice_table(practice, language)
    return _read_aloud(say("practice", language), table)


def development_alt(development: Development, language: Language) -> str:
    heading = f"{say('development', language)}, {half_year(development.half_year, language)}"
    return _read_aloud(heading, development_table(development, language))


def change_alt(development: Development, language: Language) -> str:
    return _read_aloud(say("change", language), change_table(development, language))


def _read_aloud(heading: str, table: Table) -> str:
    """Each row with the names of its columns."""
    said = []
    for name, *cells in table.rows:
        pairs = (f"{column} {cell}" for column, cell in zip(table.columns[1:], cells, strict=True))
        said.append(f"{name}: {', '.join(pairs)}.")
    return " ".join([heading if heading.endswith("?") else f"{heading}.", *said])


def method_entries(
    practice: Practice | None, development: Development | None, language: Language
) -> dict[str, dict[str, str]]:
    """The entries of the method about what the report shows, with what to put in."""
    entries: dict[str, dict[str, str]] = {}
    for key, form, versions in (
        ("practice", practice and practice.form, practice and practice.versions),
        ("development", development and development.instrument, development and development.versions),
    ):
        if form and versions:
            entries[key] = {"form": form.in_language(language), "versions": versions}
    return entries
