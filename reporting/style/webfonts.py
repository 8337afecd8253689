"""The documents' face inside a web page: only the letters European names and our sentences need, as WOFF in the page.

A chart's labels are placed for this face; another one is wider, and labels would run into each other or out of the
drawing. Carried in the page itself, nothing has to be fetched, and the page looks like the paper.
"""

import base64
import io
from functools import cache

from reporting.style import FACE, WEIGHT
from reporting.style.fonts import font_paths

_LETTERS = (
    *range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2027), *range(0x2190, 0x2194), 0x2039, 0x203A, 0x20AC,
    0x2212, 0xFFFD,
)  # fmt: skip


@cache
def font_faces() -> str:
    """The `@font-face` rules of the regular and the strong face."""
    regular, strong = (_woff(index) for index in (0, 1))
    return "".join(
        f'@font-face{{font-family:"{FACE.text}";font-weight:{weight};'
        f'src:url(data:font/woff;base64,{base64.b64encode(data).decode()}) format("woff")}}'
        for weight, data in ((WEIGHT.regular, regular), (WEIGHT.strong, strong))
    )


def _woff(index: int) -> bytes:
    from fontTools import subset  # noqa: PLC0415 - only a web page needs it, and a render worker should start fast

    options = subset.Options()
    options.flavor = "woff"
    options.layout_features = ["kern", "lnum", "tnum"]
    options.hinting = False
    options.desubroutinize = True
    options.name_IDs = []
    out = io.BytesIO()
    with subset.load_font(str(font_paths()[index]), options) as font:
        chosen = subset.Subsetter(options)
        chosen.populate(unicodes=_LETTERS)
        chosen.subset(font)
        font.flavor = "woff"
        font.save(out)
    return out.getvalue()
