"""The chart that a drawing is measured against: 20 bars and a dashed line by plain matplotlib to SVG."""

import io
import time

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure


def reference_chart() -> float:
    """Draw it once; the seconds it took."""
    started = time.perf_counter()
    with mpl.rc_context({"svg.fonttype": "none"}):
        figure = Figure(figsize=(6, 5))
        FigureCanvasSVG(figure)
        axes = figure.add_subplot()
        axes.barh([f"B{n:02}" for n in range(20)], [n % 7 + 1 for n in range(20)])
        axes.axvline(4, linestyle="--")
        figure.savefig(io.BytesIO(), format="svg")
    return time.perf_counter() - started
