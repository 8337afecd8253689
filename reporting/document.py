"""A PDF out of a template, data and charts: accessible, archivable, the same bytes every time, and never on
disk.

Everything goes to typst as files in memory, so no child's data touch a temporary folder; what people typed
reaches the template as JSON strings, which typst sets as text and never reads as markup. PDF/UA-1 and
PDF/A-2a are enforced by the compiler: a chart without an alternative text, or a heading out of order, is an
error and not a bad document.

A template starts with

    #import "base.typ": *
    #show: report

and then uses `data` (what the caller gave), `masthead`, `finding`, `chart("name")`, ... from
`templates/base.typ`.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

import typst

from reporting.numbers import Language
from reporting.style import TOKENS_JSON
from reporting.style.fonts import font_folder, printable

_STANDARDS = ["ua-1", "a-2a"]
_PICTURE_PPI = 150.0
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing and its alternative text, which is made from the same numbers."""

    svg: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Footer:
    """What stands at the foot of every page: what the numbers are made of (`about`) and the document's
    `code`."""

    about: str
    code: str


@cache
def _typesetting() -> tuple[dict[str, bytes], typst.Fonts]:
    templates = {
        entry.name: entry.read_bytes()
        for entry in files("reporting.templates").iterdir()
        if entry.name.endswith(".typ")
    }
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[font_folder().name])
    return {**templates, "tokens.json": TOKENS_JSON}, fonts


def render_pdf(
    template: str,
    *,
    data: Mapping[str, Any],
    charts: Mapping[str, Chart],
    language: Language,
    data_time: datetime,
    title: str,
    footer: Footer,
) -> bytes:
    """Set `templates/{template}.typ` as a PDF.

    `data` is anything JSON can hold (see `plain`); `data_time` must know its time zone and becomes the
    document's date, so the clock has no say in the bytes. Raises `typst.TypstError` when the template breaks
    a standard.
    """
    sources = _sources(template, data=data, charts=charts, language=language, title=title, footer=footer)
    return _compiled(sources, data_time, format="pdf", pdf_standards=_STANDARDS)


def render_png(
    template: str,
    *,
    data: Mapping[str, Any],
    charts: Mapping[str, Chart],
    language: Language,
    data_time: datetime,
    title: str,
    footer: Footer,
) -> bytes:
    """The same as `render_pdf`, for a template of one page: that page as a picture."""
    sources = _sources(template, data=data, charts=charts, language=language, title=title, footer=footer)
    return _compiled(sources, data_time, format="png", ppi=_PICTURE_PPI)


def _sources(
    template: str,
    *,
    data: Mapping[str, Any],
    charts: Mapping[str, Chart],
    language: Language,
    title: str,
    footer: Footer,
) -> dict[str, bytes]:
    sources, _ = _typesetting()
    document = {
        "title": title,
        "language": language,
        "footer": plain(footer),
        "alt": {name: chart.alt for name, chart in charts.items()},
        "data": dict(data),
    }
    return {
        **sources,
        **{f"charts/{name}.svg": chart.svg for name, chart in charts.items()},
        "main.typ": sources[f"{template}.typ"],
        "document.json": _json(_settable(document)),
    }


def _compiled(in_memory: dict[str, bytes], data_time: datetime, **output: Any) -> bytes:
    if data_time.tzinfo is None:
        raise ValueError("data_time must know its time zone")
    _, fonts = _typesetting()
    # typst's published types do not know yet that it takes several files in memory
    compile_files: Callable[..., bytes] = typst.compile
    return compile_files(
        in_memory,
        font_paths=fonts,
        ignore_system_fonts=True,
        timestamp=int(data_time.astimezone(UTC).timestamp()),
        **output,
    )


def plain(value: Any) -> Any:
    """A report value as what JSON knows: dataclasses become objects, dates ISO strings, tuples lists.

    >>> plain({"on": date(2026, 10, 18), "n": (1, None)})
    {'on': '2026-10-18', 'n': [1, None]}
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(member) for key, member in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        members = sorted(value) if isinstance(value, set | frozenset) else value
        return [plain(member) for member in members]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def code_for(value: Any) -> str:
    """The code printed on a document: 40 bits of SHA-256 over the report value's canonical JSON, in
    Crockford's base 32.

    The same value gives the same code on every machine; NaN is refused, since it is not equal to itself. A value
    reopened from what an earlier program kept has the code that was printed then, as its `kept_code`.

    >>> code_for({"n": 16, "unit": "Solsikken"}) == code_for({"unit": "Solsikken", "n": 16})
    True
    >>> code_for({"n": 16})
    'K562-PNTZ'
    """
    if kept := getattr(value, "kept_code", None):
        return str(kept)
    number = int.from_bytes(hashlib.sha256(_json(plain(value))).digest()[:5], "big")
    letters = "".join(_CROCKFORD[number >> shift & 31] for shift in range(35, -1, -5))
    return f"{letters[:4]}-{letters[4:]}"


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def _settable(value: Any) -> Any:
    """The same value with every string made of characters the fonts can draw."""
    if isinstance(value, str):
        return "\n".join(printable(line) for line in value.split("\n"))
    if isinstance(value, Mapping):
        return {key: _settable(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [_settable(member) for member in value]
    return value
