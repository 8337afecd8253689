"""A web page out of a template, data and charts: one file that fetches nothing and runs nothing.

The same values as the paper, in the same words and colours. Every chart comes with its alternative text and with a
table of its numbers. Jinja2 escapes whatever stands in `data`, so a name is never read as markup; a name the template
does not know is an error and not an empty place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reporting.document import Footer
from reporting.numbers import Language
from reporting.style import COLOUR, FACE, SIZE, WEIGHT
from reporting.style.webfonts import font_faces

_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_LEFT_OUT = ("metadata", "style")
_PX_PER_PT = 96 / 72


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a chart as they are read: each row begins with what it is about."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class WebChart:
    """A drawing with its title, its alternative text and its numbers."""

    svg: bytes
    title: str
    alt: str
    table: Table


def render_html(
    template: str,
    *,
    data: Mapping[str, Any],
    charts: Mapping[str, WebChart],
    language: Language,
    title: str,
    footer: Footer,
) -> bytes:
    """Set `templates/{template}.html`. Equal arguments give equal bytes."""
    page = _environment().get_template(f"{template}.html").render(
        data=data,
        words=data["words"],
        charts={name: _inlined(chart, name) for name, chart in charts.items()},
        language=language,
        title=title,
        footer=footer,
        style=_style(),
    )  # fmt: skip
    return page.encode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("reporting", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["is_text"] = lambda part: isinstance(part, str)
    return environment


@cache
def _style() -> Markup:
    """The style sheet with the shared tokens put in; it is ours, hence not escaped."""
    tokens = {"colour": COLOUR, "face": FACE, "size": SIZE, "weight": WEIGHT}
    css = _environment().get_template("style.css").render(**tokens)
    return Markup(font_faces() + css)  # noqa: S704 - made of tokens and a file of ours


def _inlined(chart: WebChart, name: str) -> dict[str, Any]:
    svg, width = inline_svg(chart.svg, prefix=name)
    return {
        "svg": Markup(svg),  # noqa: S704 - parsed and written anew: what people typed is escaped text in it
        "wide": width > 420,
        "width": round(width),
        "title": chart.title,
        "alt": chart.alt,
        "table": chart.table,
    }


def inline_svg(svg: bytes, *, prefix: str) -> tuple[str, float]:
    """A chart's SVG as part of a page, and its width in CSS pixels.

    Ids get the chart's `prefix`, since a page holds several charts and an id is to be there once. The drawing is hidden
    from assistive technology: the figure around it carries the alternative text.
    """
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", _XLINK)
    root = ET.fromstring(svg)  # noqa: S314 - drawn by ourselves
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag.rpartition("}")[2] in _LEFT_OUT:
                parent.remove(child)
    for element in root.iter():
        _rename(element, prefix)
    width = float(root.attrib["width"].removesuffix("pt")) * _PX_PER_PT
    for superfluous in ("height", "version"):
        root.attrib.pop(superfluous, None)
    root.attrib |= {"width": f"{width:.0f}", "aria-hidden": "true", "focusable": "false"}
    return ET.tostring(root, encoding="unicode"), width


def _rename(element: ET.Element, prefix: str) -> None:
    """Ids of this chart and everything that points to them; a generic face after ours."""
    for name, value in element.attrib.items():
        if name == "id":
            element.attrib[name] = f"{prefix}-{value}"
        elif name in ("href", f"{{{_XLINK}}}href") and value.startswith("#"):
            element.attrib[name] = f"#{prefix}-{value[1:]}"
        elif "url(#" in value:
            element.attrib[name] = value.replace("url(#", f"url(#{prefix}-")
        elif name == "style" and "font-family" in value:
            element.attrib[name] = value.replace(f"'{FACE.fallback}'", f"'{FACE.fallback}', sans-serif")
