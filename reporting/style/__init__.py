"""Style tokens: colours, face, type sizes (pt) and page grid (mm), kept once in `tokens.json`.

matplotlib reads them here, typst reads the same file (`base.typ`), and a web page can too. Each colour has
one meaning: `ink` text, `muted` side remarks, `rest` everybody else, `you` the group the document is about,
`look` look here; the `_soft` ones are their bands.
"""

import json
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Colour:
    ink: str
    muted: str
    rest: str
    hairline: str
    panel: str
    paper: str
    you: str
    you_soft: str
    look: str
    look_soft: str


@dataclass(frozen=True, slots=True)
class Face:
    text: str
    fallback: str


@dataclass(frozen=True, slots=True)
class Weight:
    regular: int
    strong: int


@dataclass(frozen=True, slots=True)
class Size:
    """Type sizes in points."""

    title: float
    subtitle: float
    heading: float
    body: float
    small: float
    chart: float
    chart_small: float


@dataclass(frozen=True, slots=True)
class Page:
    """The grid in millimetres: `content` between the margins, `half` one of two columns beside a `gutter`."""

    width: float
    height: float
    margin: float
    gutter: float
    content: float
    half: float


TOKENS_JSON: bytes = files("reporting.style").joinpath("tokens.json").read_bytes()

_tokens = json.loads(TOKENS_JSON)
COLOUR = Colour(**_tokens["colour"])
FACE = Face(**_tokens["face"])
WEIGHT = Weight(**_tokens["weight"])
SIZE = Size(**_tokens["size"])
PAGE = Page(**_tokens["page"])
