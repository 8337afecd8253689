"""Paper as a phone's camera sees it: pages as pictures, and what the codes on them say."""

import numpy as np
import numpy.typing as npt
import pypdfium2
import zxingcpp

PER_INCH = 110  # a page that fills a modest camera: a module of the smallest code is about four dots
Picture = npt.NDArray[np.uint8]


def pages_of(pdf: bytes, *, per_inch: int = PER_INCH) -> list[Picture]:
    """Each page in grey, shape (height, width)."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=per_inch / 72, grayscale=True).to_numpy().squeeze().copy() for page in document]


def scanned(page: Picture) -> list[str]:
    """What the QR codes on a page say, from the top down."""
    found = zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.QRCode)
    return [code.text for code in sorted(found, key=lambda code: code.position.top_left.y)]


def words_of(pdf: bytes) -> list[str]:
    """The text of each page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]
