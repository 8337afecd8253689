"""The printed sheet of a unit: a strip with a link and its QR code for each person, or one poster for all.

Links are shown once, so the sheet is made of the same tokens, in the same request, and kept nowhere.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import urlsplit

import segno

from reporting.document import Chart, Footer, code_for, render_pdf
from reporting.invitations.letter import points
from reporting.invitations.phrases import say
from reporting.numbers import Language, day, whole
from reporting.style import COLOUR

QUIET_ZONE = 2  # modules; the strip around the code is white as well


@dataclass(frozen=True, slots=True)
class UnitLinks:
    """The links of one unit: one for each person, and one shared by at most `cap`."""

    unit: str
    personal: tuple[str, ...]
    shared: str | None
    cap: int | None


@dataclass(frozen=True, slots=True)
class Sheet:
    round_title: str
    municipality: str
    closes_on: date
    made_on: date
    minimum: int
    units: tuple[UnitLinks, ...]


def render(sheet: Sheet, *, language: Language = "da") -> bytes:
    """The sheet as a tagged PDF; each unit begins a page."""
    titled = say("title", language)
    until = day(sheet.closes_on, language=language)
    about = say("about", language, round=sheet.round_title, municipality=sheet.municipality, day=until)
    drawn = {name: _qr(link, language) for name, link in _codes(sheet)}
    return render_pdf(
        "invitations",
        data=page_data(sheet, language),
        charts=drawn,
        language=language,
        data_time=datetime.combine(sheet.made_on, time(12), UTC),
        title=f"{titled} – {sheet.round_title}",
        footer=Footer(about=about, code=sheet_code(sheet)),
    )


def page_data(sheet: Sheet, language: Language) -> dict[str, Any]:
    """Every word the template sets; codes are named after their unit and number."""
    until = say("until", language, day=day(sheet.closes_on, language=language))
    return {
        "about": f"{sheet.round_title} · {until}",
        "aside": sheet.municipality,
        "round": sheet.round_title,
        "until": until,
        "scan": say("scan", language),
        "points": points(language, minimum=sheet.minimum, personal=False),
        "units": [_unit(links, number, language) for number, links in enumerate(sheet.units)],
    }


def _unit(links: UnitLinks, number: int, language: Language) -> dict[str, Any]:
    count = len(links.personal)
    many = say("strips_many", language, n=whole(count, language=language))
    return {
        "title": say("for_unit", language, unit=links.unit),
        "unit": links.unit,
        "strips": [{"code": f"{number}-{strip}", "link": _readable(link)} for strip, link in enumerate(links.personal)],
        "strips_title": say("strips_one", language) if count == 1 else many,
        "hand_out": say("hand_out", language),
        "shared": {"code": f"{number}-shared", "link": _readable(links.shared)} if links.shared else None,
        "shared_title": say("shared", language, cap=whole(links.cap, language=language)),
        "hang_up": say("hang_up", language),
    }


def _codes(sheet: Sheet) -> Iterator[tuple[str, str]]:
    for number, links in enumerate(sheet.units):
        yield from ((f"{number}-{strip}", link) for strip, link in enumerate(links.personal))
        if links.shared:
            yield f"{number}-shared", links.shared


def _qr(link: str, language: Language) -> Chart:
    drawn = io.BytesIO()
    segno.make_qr(link, error="m").save(drawn, kind="svg", border=QUIET_ZONE, dark=COLOUR.ink, xmldecl=False)
    return Chart(svg=drawn.getvalue(), alt=say("qr_alt", language, link=link))


def _readable(link: str) -> list[str]:
    """The address as one types it: first where, then the token in groups.

    >>> _readable("https://vls.example.dk/svar#abcdefghjk")
    ['vls.example.dk/svar#', 'abcd-efgh-jk']
    >>> _readable("https://x.dk/?t=abcd")
    ['x.dk/?t=', 'abcd']
    """
    where = link.rstrip("0123456789abcdefghijklmnopqrstuvwxyz")
    token = link[len(where) :]
    parts = urlsplit(where)
    shown = where.removeprefix(f"{parts.scheme}://")
    return [shown, "-".join(token[start : start + 4] for start in range(0, len(token), 4))]


def sheet_code(sheet: Sheet) -> str:
    """Which sheet it is; made of nothing that is secret."""
    counts = [[links.unit, len(links.personal), links.cap] for links in sheet.units]
    return code_for({"round": sheet.round_title, "made_on": sheet.made_on, "units": counts})
