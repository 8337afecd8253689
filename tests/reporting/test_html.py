"""Web pages: whole, described, self-contained; what people typed stays text."""

import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any

import pytest

from domain.text import Text
from reporting.html import inline_svg
from reporting.numbers import Language, whole
from reporting.readiness.build import build_report
from reporting.readiness.render import chart_names, render
from reporting.room.build import build_report as build_room
from reporting.room.render import chart_names as room_chart_names
from reporting.room.render import render as render_room
from tests.reporting import readiness_examples as examples
from tests.reporting import room_examples as rooms
from tests.reporting.assessed_examples import development, practice

HOSTILE = "<script>alert(1)</script> \"' onload=x {{ 7*7 }} {% raw %} & </style></title><img src=x>"
EMPTY_ELEMENTS = {"meta", "br", "img", "path", "use", "g", "rect", "text"}
UNIT = build_report(examples.unit_data(instrument=examples.guided_instrument()))
READINESS = {
    "unit": UNIT,
    "municipality": build_report(examples.municipality_data()),
    "six_answers": build_report(examples.unit_data(n=6, invited=8)),
    "no_map": build_report(examples.unit_data(instrument=examples.bfi_instrument(), n=70, invited=None, levels=())),
    "suppressed": build_report(examples.suppressed_data()),
    "merged": build_report(examples.merged_data()),
    "since": build_report(examples.with_earlier(examples.unit_data())),
    "hidden_components": build_report(examples.with_hidden(examples.unit_data(), "willingness", "culture")),
}
ROOMS = {
    "room": build_room(rooms.room_data(rooms.participation(18, late=2))),
    "nothing_recorded": build_room(rooms.room_data(rooms.participation(5, letters="nnnn"))),
    "nobody": build_room(rooms.room_data(rooms.participation(0))),
    "assessed": build_room(
        replace(rooms.room_data(rooms.participation(18)), practice=practice(), development=development())
    ),
}


@dataclass
class Page(HTMLParser):
    """What a page is made of, as a reader of it meets it."""

    html: str
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)
        if re.fullmatch(r"h\d", tag):
            self.headings.append(int(tag[1]))
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "style" in self.open:
            return
        self.words.append(data)
        if self.open and self.open[-1] in ("td", "th"):
            self.rows[-1][-1] += data

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def pages() -> list[Any]:
    """Each report in Danish, and one of each kind in English."""
    cases = [(render, "unit", READINESS["unit"], "en", version) for version in ("full", "wall")]
    cases += [
        (render, name, report, "da", version) for name, report in READINESS.items() for version in ("full", "wall")
    ]
    cases += [(render_room, name, report, "da", "full") for name, report in ROOMS.items()]
    cases += [(render_room, "room", ROOMS["room"], "en", "full")]
    return [pytest.param(draw, report, *how, id="-".join((name, *how))) for draw, name, report, *how in cases]


@pytest.mark.parametrize(("draw", "report", "language", "version"), pages())
def test_a_page_is_whole_described_and_fetches_nothing(
    draw: Any, report: Any, language: Language, version: str
) -> None:
    options = {"version": version} if draw is render else {}
    html = draw(report, format="html", language=language, **options).decode()
    page = Page(html)
    assert page.of("html") == [{"lang": language}]
    assert [len(page.of(tag)) for tag in ("title", "main", "header", "footer", "h1")] == [1, 1, 1, 1, 1]
    assert not page.of("script")
    assert page.headings[0] == 1
    assert all(now <= before + 1 for before, now in zip(page.headings, page.headings[1:], strict=False))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    inside = {f"#{id_}" for id_ in ids}
    for name, attributes in page.tags:
        assert not set(attributes) & {"src", "srcset", "onload", "onclick", "action"}, name
        pointed = [value for key, value in attributes.items() if key.endswith("href") and value]
        assert set(pointed) <= inside
        assert all(
            f"#{id_}" in inside for value in attributes.values() for id_ in re.findall(r"url\(#([^)]+)", value or "")
        )
    assert not re.search(r"url\((?!data:font|#)", html)
    drawings = [attributes for attributes in page.of("div") if attributes.get("role") == "img"]
    assert len(drawings) == len(page.of("figure")) == len(page.of("table"))
    assert all(attributes["aria-label"] for attributes in drawings)


@pytest.mark.parametrize("name", READINESS)
def test_every_chart_of_the_report_is_on_the_page_with_its_numbers(name: str) -> None:
    report = READINESS[name]
    page = Page(render(report, format="html").decode())
    drawn = [chart for chart in chart_names(report) if chart != "notice"]
    assert len(page.of("figure")) == len(drawn)
    written = {cell for row in page.rows for cell in row}
    for result in report.total.components:
        if result.score is not None:
            assert whole(result.score, language="da") in written
            assert {whole(item.score, language="da") for item in result.items} <= written


@pytest.mark.parametrize("name", ROOMS)
def test_every_chart_of_a_room_is_on_the_page_with_its_numbers(name: str) -> None:
    report = ROOMS[name]
    page = Page(render_room(report, format="html").decode())
    assert len(page.of("figure")) == len(room_chart_names(report))
    if "participation" in room_chart_names(report):
        codes = [row[0] for row in page.rows]
        assert [child.code for child in report.children] == [code for code in codes if re.fullmatch(r"B\d\d", code)]


def test_the_change_since_last_time_stands_on_the_page_as_on_the_paper() -> None:
    page = Page(render(READINESS["since"], format="html", language="en").decode())
    assert "Since last time" in page.words
    change = READINESS["since"].since.change  # type: ignore[union-attr]
    rows = {row[0]: row for row in page.rows if len(row) == 8}
    for it in change.components:
        title = next(c.title.en for c in READINESS["since"].instrument.components if c.key == it.key)
        assert rows[title][1:3] == [whole(it.before, language="en"), whole(it.now, language="en")]
    assert {row[-1] for row in rows.values()} >= {"has risen", "has fallen", "may be chance"}


def test_in_print_a_heading_stays_with_its_chart() -> None:
    html = render(UNIT, format="html").decode()
    assert ".together" in re.search(r"[^}]*\{ break-inside: avoid \}", html)[0]  # type: ignore[index]
    parts = re.findall(r'<(?:section|div) class="together">(.*?)</figure>', html, re.DOTALL)
    assert len(parts) == html.count("<figure")
    assert all(re.search(r"<h[23]>", part) for part in parts)


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render(UNIT, format="html") == render(UNIT, format="html")


def test_what_people_typed_is_text_and_never_markup() -> None:
    component = replace(UNIT.instrument.components[0], title=Text(HOSTILE, HOSTILE))
    items = tuple(replace(item, text=Text(HOSTILE, HOSTILE)) for item in UNIT.instrument.items)
    instrument = replace(UNIT.instrument, components=(component, *UNIT.instrument.components[1:]), items=items)
    place = replace(UNIT.place, name=HOSTILE, trail=(HOSTILE,))
    report = replace(UNIT, place=place, round_title=HOSTILE, municipality=HOSTILE, instrument=instrument)
    for version in ("full", "wall"):
        page = Page(render(report, format="html", version=version).decode())
        assert not page.of("script") + page.of("img")
        assert "<script>alert(1)</script>" in "".join(page.words)
        assert "{{ 7*7 }}" in "".join(page.words)
        assert len(page.of("style")) == 1


def test_ids_and_what_points_to_them_get_the_name_of_the_chart() -> None:
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="90pt" height="9pt">'
        b'<defs><path id="a"/></defs><style>*{}</style><use xlink:href="#a" clip-path="url(#a)"/></svg>'
    )
    inlined, width = inline_svg(svg, prefix="map")
    assert width == 120
    assert 'id="map-a"' in inlined
    assert 'href="#map-a"' in inlined
    assert "url(#map-a)" in inlined
    assert "<style" not in inlined
