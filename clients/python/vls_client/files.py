"""Files on their way in and out: what a body is, a folder as one archive, a download that is whole or not there."""

import io
import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

CONTENT_TYPES = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".ndjson": "application/x-ndjson",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
    ".zip": "application/zip",
}
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def body_of(content: bytes | str | Path) -> tuple[bytes, str]:
    """The bytes to send and their content type. A `str` is the path of a file; a folder becomes a ZIP of its CSVs.

    >>> body_of(b"external_id,name")
    (b'external_id,name', 'text/csv')
    """
    if isinstance(content, bytes):
        return content, CONTENT_TYPES[".zip" if content.startswith(b"PK") else ".csv"]
    path = Path(content)
    if path.is_dir():
        return zipped((each.name, each.read_bytes()) for each in sorted(path.glob("*.csv"))), CONTENT_TYPES[".zip"]
    return path.read_bytes(), CONTENT_TYPES.get(path.suffix.lower(), "application/octet-stream")


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """An archive in memory; the same files give the same bytes, so the same import can be recognised as such."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


@contextmanager
def whole_file(to: Path) -> Iterator[io.BufferedIOBase]:
    """A file that appears under its name when all of it is there, and leaves nothing behind when it is not."""
    to.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=to.parent, prefix=f".{to.name}.")
    try:
        with open(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(descriptor)
        Path(name).replace(to)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
