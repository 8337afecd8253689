"""Drawing charts: millimetres from the top left corner on a `matplotlib.figure.Figure`, to SVG or PNG.

A chart here is a page drawing with its own layout, so there are no matplotlib axes, ticks or layout engines:
a `Scale` turns numbers into millimetres, and each function adds one artist (a collection for many marks).
That is why a chart costs a few milliseconds, comes out the same byte for byte, and can never let an axis line
run through a label. `pyplot` is not used anywhere: it keeps figures alive in a server.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import matplotlib as mpl
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, IdentityTransform, Transform

from reporting.style import COLOUR, SIZE, WEIGHT
from reporting.style.fonts import font, printable, text_width

MM_PER_INCH = 25.4
MM_PER_POINT = MM_PER_INCH / 72
PNG_DPI = 200
CAP_HEIGHT = 0.66  # of the type size, Source Sans

_DIAMOND = 1.2  # half of its diagonal

Align = Literal["left", "center", "right"]
Shape = Literal["circle", "diamond"]
Point = tuple[float, float]
Segment = tuple[float, float, float, float]  # x0, y0, x1, y1
Box = tuple[float, float, float, float]  # left, top, width, height


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear map from numbers (`domain`) to millimetres (`range`).

    >>> Scale(domain=(0, 100), range=(40, 140))(75)
    115.0
    """

    domain: tuple[float, float]
    range: tuple[float, float]

    def __call__(self, value: float) -> float:
        (a, b), (left, right) = self.domain, self.range
        return left + (value - a) / (b - a) * (right - left)


def new_figure(width: float, height: float) -> Figure:
    """An empty figure of `width` x `height` millimetres."""
    figure = Figure(figsize=(width / MM_PER_INCH, height / MM_PER_INCH), facecolor=COLOUR.paper, dpi=72)
    figure.set_layout_engine("none")
    return figure


def _millimetres(figure: Figure) -> Transform:
    """Millimetres from the top left corner -> display, at whatever dpi the figure is drawn."""
    height = figure.get_figheight()
    return Affine2D().scale(1 / MM_PER_INCH, -1 / MM_PER_INCH).translate(0, height) + figure.dpi_scale_trans


def lines(
    figure: Figure,
    segments: Iterable[Segment],
    *,
    colour: str = COLOUR.hairline,
    width: float = 0.6,
    dashed: bool = False,
    round_ends: bool = False,
    above: bool = False,
) -> None:
    """Straight lines, `width` in points. Dashes are for the one line that is a threshold."""
    paths = [((x0, y0), (x1, y1)) for x0, y0, x1, y1 in segments]
    if paths:
        figure.add_artist(
            LineCollection(
                paths,
                colors=colour,
                linewidths=width,
                linestyles=[(0, (4, 3))] if dashed else "solid",
                capstyle="round" if round_ends else "butt",
                transform=_millimetres(figure),
                zorder=4 if above else 1,
            )
        )


def boxes(figure: Figure, rectangles: Iterable[Box], *, colour: str | Sequence[str], edge: str = "none") -> None:
    """Filled rectangles in one colour, or in one colour each."""
    corners = [((x, y), (x + w, y), (x + w, y + h), (x, y + h)) for x, y, w, h in rectangles]
    if corners:
        figure.add_artist(
            PolyCollection(
                corners,
                facecolors=colour,
                edgecolors=edge,
                linewidths=0.0 if edge == "none" else 0.8,
                transform=_millimetres(figure),
                zorder=2,
            )
        )


def hatched(
    figure: Figure,
    rectangles: Iterable[Box],
    *,
    colour: str = COLOUR.rest,
    step: float = 1.6,
    width: float = 0.7,
    outlined: bool = True,
) -> None:
    """Rectangles with diagonal lines. With an outline, what was not recorded: never to be confused with zero. Without
    one, in `paper` on a filled box, what pulls down: so that it is told from its opposite in grey print."""
    strokes: list[Segment] = []
    for x, y, w, h in rectangles:
        if outlined:
            strokes += [(x, y, x + w, y), (x + w, y, x + w, y + h), (x, y + h, x + w, y + h), (x, y, x, y + h)]
        offset = step
        while offset < w + h:  # the diagonal from (x + offset, y) down to (x, y + offset), cut to the rectangle
            strokes.append((x + min(offset, w), y + max(0.0, offset - w), x + max(0.0, offset - h), y + min(offset, h)))
            offset += step
    if strokes:
        ends = [end for x0, y0, x1, y1 in strokes for end in ((x0, y0), (x1, y1))]
        path = Path(ends, [Path.MOVETO, Path.LINETO] * len(strokes))  # one for all: a path each takes twice the time
        figure.add_artist(
            PathCollection(
                [path],
                facecolors="none",
                edgecolors=colour,
                linewidths=width,
                transform=_millimetres(figure),
                zorder=1 if outlined else 4,
            )
        )


@cache
def _shape(name: Shape) -> Path:
    """A circle of radius 1, or a diamond that looks as large."""
    if name == "circle":
        return Path.unit_circle()
    return Path([(0, -_DIAMOND), (_DIAMOND, 0), (0, _DIAMOND), (-_DIAMOND, 0), (0, -_DIAMOND)], closed=True)


def dots(
    figure: Figure,
    points: Sequence[Point],
    *,
    colour: str | Sequence[str] = COLOUR.you,
    radius: float = 1.3,
    hollow: bool = False,
    rim: str | None = None,
    shape: Shape = "circle",
) -> None:
    """Dots of `radius` millimetres, in one colour or one each; `hollow` ones are an outline on paper, `rim` sets
    filled ones apart from what they lie on."""
    if not points:
        return
    # a collection's sizes are squared points for a unit circle of radius 1
    dot = PathCollection(
        [_shape(shape)],
        sizes=[(radius / MM_PER_POINT) ** 2],
        offsets=list(points),
        offset_transform=_millimetres(figure),
        facecolors=COLOUR.paper if hollow else colour,
        edgecolors=colour if hollow else (rim or "none"),
        linewidths=1.2 if hollow else 0.8,
        zorder=5,
    )
    dot.set_transform(IdentityTransform())
    figure.add_artist(dot)


class _Label(Text):
    """One line of text on its baseline, drawn without matplotlib's measuring of it, which costs half of a chart.

    An SVG viewer anchors the text itself; on pixels it is shifted by our own width of it.
    """

    def draw(self, renderer: RendererBase) -> None:
        figure = self.get_figure(root=True)
        assert figure is not None  # noqa: S101  (a label is drawn by the figure it was added to)
        x, y = self.get_transform().transform(self.get_position())
        share = {"left": 0.0, "center": 0.5, "right": 1.0}[self.get_horizontalalignment()]
        if share and not isinstance(figure.canvas, FigureCanvasSVG):
            font = self.get_fontproperties()
            weight = WEIGHT.strong if font.get_weight() == WEIGHT.strong else WEIGHT.regular
            width = text_width(self.get_text(), size=font.get_size_in_points(), weight=weight)
            x -= share * width / MM_PER_INCH * figure.dpi
        pen = renderer.new_gc()
        pen.set_foreground(self.get_color())
        _, height = renderer.get_canvas_width_height()
        renderer.draw_text(pen, x, height - y, self.get_text(), self.get_fontproperties(), 0, False, mtext=self)
        pen.restore()


def text(
    figure: Figure,
    x: float,
    y: float,
    words: str,
    *,
    size: float = SIZE.chart,
    colour: str = COLOUR.ink,
    strong: bool = False,
    align: Align = "left",
) -> None:
    """One line of text, its capitals centred on `y`; `words` is taken as it is, never as markup."""
    baseline = y + CAP_HEIGHT * size * MM_PER_POINT / 2
    figure.add_artist(
        _Label(
            x,
            baseline,
            printable(words),
            color=colour,
            horizontalalignment=align,
            verticalalignment="baseline",
            fontproperties=font(size, WEIGHT.strong if strong else WEIGHT.regular),
            parse_math=False,
            transform=_millimetres(figure),
            zorder=6,
        )
    )


def paragraph(
    figure: Figure,
    x: float,
    y: float,
    rows: Sequence[str],
    *,
    size: float = SIZE.chart,
    colour: str = COLOUR.ink,
    strong: bool = False,
    align: Align = "left",
    leading: float = 1.2,
) -> None:
    """Lines of text (see `fonts.wrap`) stacked so that the block is centred on `y`."""
    step = size * leading * MM_PER_POINT
    for number, row in enumerate(rows):
        text(
            figure,
            x,
            y + (number - (len(rows) - 1) / 2) * step,
            row,
            size=size,
            colour=colour,
            strong=strong,
            align=align,
        )


# Everything that could differ between two runs or machines is fixed: ids, dates, text as text.
_OUTPUT: Any = {"svg.fonttype": "none", "svg.hashsalt": "vls", "path.simplify": False}
_NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}


def svg(figure: Figure) -> bytes:
    """The figure as SVG, the same bytes every time, with text as text."""
    out = io.BytesIO()
    with mpl.rc_context(_OUTPUT):
        FigureCanvasSVG(figure).print_figure(out, format="svg", metadata=_NO_METADATA)
    return out.getvalue()


def png(figure: Figure) -> bytes:
    """The same figure as PNG at 200 dpi."""
    out = io.BytesIO()
    FigureCanvasAgg(figure).print_figure(out, format="png", dpi=PNG_DPI, metadata={"Software": None})
    return out.getvalue()
