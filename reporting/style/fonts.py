"""The two font families of every document, found inside installed packages, and what they can write.

Source Sans Pro carries the text; DejaVu Sans (which comes with matplotlib) steps in for letters it lacks. A
character neither has is replaced before it is set: PDF/A forbids undrawable text, and a child's or a unit's
name with an emoji must not cost anybody their report.
"""

import tempfile
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from reporting.style import FACE, WEIGHT

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties
    from matplotlib.ft2font import FT2Font

_UNKNOWN = "\N{REPLACEMENT CHARACTER}"


@cache
def font_paths() -> tuple[Path, ...]:
    """Exactly the faces we set text in: Source Sans regular, semibold, italic, and the two fallback faces."""
    source_sans = Path(str(files("font_source_sans_pro"))) / "files"
    dejavu = Path(str(files("matplotlib"))) / "mpl-data" / "fonts" / "ttf"
    return (
        source_sans / "SourceSansPro-Regular.otf",
        source_sans / "SourceSansPro-Semibold.otf",
        source_sans / "SourceSansPro-It.otf",
        dejavu / "DejaVuSans.ttf",
        dejavu / "DejaVuSans-Bold.ttf",
    )


@cache
def font_folder() -> tempfile.TemporaryDirectory[str]:
    """A folder of links to `font_paths()`, for as long as the process lives.

    typst takes folders only, and the packages' own folders hold each face twice (otf and ttf): which one wins
    depends on the order of the file system, and with it the bytes of the document.
    """
    folder = tempfile.TemporaryDirectory(prefix="vls-fonts-")
    for path in font_paths():
        (Path(folder.name) / path.name).symlink_to(path)
    return folder


@cache
def _face(index: int) -> "FT2Font":
    from matplotlib.ft2font import FT2Font  # noqa: PLC0415 - heavy; only what draws needs it

    return FT2Font(str(font_paths()[index]))


@cache
def _known() -> frozenset[int]:
    return frozenset(_face(0).get_charmap()) | frozenset(_face(3).get_charmap())


def printable(text: str) -> str:
    """`text` on one line, with every character the fonts cannot draw replaced by U+FFFD.

    >>> printable("Ærø\\tBørnehus 🌻")
    'Ærø Børnehus �'
    """
    known = _known()
    return "".join(
        character if ord(character) in known else " " if character.isspace() else _UNKNOWN for character in text
    )


@lru_cache(maxsize=4096)
def _advance(character: str, weight: int) -> float:
    from matplotlib.ft2font import LoadFlags  # noqa: PLC0415 - see `_face`

    face = _face(1 if weight == WEIGHT.strong else 0)
    if ord(character) not in face.get_charmap():
        face = _face(3)
    return float(face.load_char(ord(character), flags=LoadFlags.NO_SCALE).horiAdvance) / face.units_per_EM


def text_width(text: str, *, size: float, weight: int = WEIGHT.regular) -> float:
    """The width in millimetres of one line of `text` set at `size` points (kerning aside: a little on the
    safe side).

    >>> round(text_width("0000", size=10), 2)
    7.01
    """
    return sum(_advance(character, weight) for character in text) * size * 25.4 / 72


def wrap(text: str, *, width: float, size: float, weight: int = WEIGHT.regular) -> list[str]:
    """Break `text` into lines of at most `width` millimetres; a single word that is too long is broken
    inside.

    >>> wrap("Vi har tid til at planlægge", width=25, size=9)
    ['Vi har tid til at', 'planlægge']
    """
    lines: list[str] = []
    line = ""
    for word in printable(text).split():
        longer = f"{line} {word}" if line else word
        if text_width(longer, size=size, weight=weight) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word
        while text_width(line, size=size, weight=weight) > width and len(line) > 1:
            fits = next(
                n
                for n in range(len(line) - 1, 0, -1)
                if n == 1 or text_width(line[:n], size=size, weight=weight) <= width
            )
            lines.append(line[:fits])
            line = line[fits:]
    return [*lines, line] if line else lines


@cache
def _register_faces() -> None:
    """Tell matplotlib which file is which face; the fallback's bold counts as our semibold."""
    from matplotlib import font_manager  # noqa: PLC0415 - heavy; only what draws needs it

    regular, semibold, _, fallback, fallback_bold = (str(path) for path in font_paths())
    for path, family, weight in (
        (regular, FACE.text, WEIGHT.regular),
        (semibold, FACE.text, WEIGHT.strong),
        (fallback, FACE.fallback, WEIGHT.regular),
        (fallback_bold, FACE.fallback, WEIGHT.strong),
    ):
        face = font_manager.FontEntry(fname=path, name=family, weight=weight, size="scalable")
        font_manager.fontManager.ttflist.append(face)


@lru_cache(maxsize=32)
def font(size: float, weight: int) -> "FontProperties":
    """Our face with its fallback, as matplotlib asks for it; `size` in points."""
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415 - as above

    _register_faces()
    return FontProperties(family=[FACE.text, FACE.fallback], weight=weight, size=size)
