"""Files on their way in and out: what a body is, a folder as one archive, a download that is whole or not there."""

import asyncio
import io
import os
import shutil
import tempfile
import zipfile
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Self

CONTENT_TYPES = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".ndjson": "application/x-ndjson",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
    ".zip": "application/zip",
}
CHUNK = 256 * 1024
LONG_AGO = (1980, 1, 1, 0, 0, 0)


class Upload:
    """A body that is read from its beginning each time it is sent, piece by piece: never in memory as a whole."""

    def __init__(self, file: IO[bytes], content_type: str, sent: Callable[[int, int], None] | None = None) -> None:
        self._file, self.content_type, self._sent = file, content_type, sent
        self.size = file.seek(0, os.SEEK_END)

    @classmethod
    def of(
        cls,
        content: bytes | str | Path,
        *,
        content_type: str | None = None,
        sent: Callable[[int, int], None] | None = None,
    ) -> Self:
        """Of the bytes themselves, or of a file; a `str` is its path, and a folder becomes a ZIP of its CSVs.

        >>> with Upload.of(b"external_id,name") as body:
        ...     body.size, body.content_type
        (16, 'text/csv')
        """
        if isinstance(content, bytes):
            guessed = CONTENT_TYPES[".zip" if content.startswith(b"PK") else ".csv"]
            return cls(io.BytesIO(content), content_type or guessed, sent)
        path = Path(content)
        if path.is_dir():
            archive = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the upload
            _pack(archive, ((each.name, each.open("rb")) for each in sorted(path.glob("*.csv"))))
            return cls(archive, content_type or CONTENT_TYPES[".zip"], sent)
        guessed = CONTENT_TYPES.get(path.suffix.lower(), "application/octet-stream")
        return cls(path.open("rb"), content_type or guessed, sent)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def chunks(self) -> Iterator[bytes]:
        self._file.seek(0)
        gone = 0
        while chunk := self._file.read(CHUNK):
            yield chunk
            gone += len(chunk)
            if self._sent:
                self._sent(gone, self.size)

    async def awaited_chunks(self) -> AsyncIterator[bytes]:
        pieces = self.chunks()
        while (chunk := await asyncio.to_thread(next, pieces, None)) is not None:
            yield chunk


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """An archive in memory; the same files give the same bytes, so the same import can be recognised as such."""
    archive = io.BytesIO()
    _pack(archive, ((name, io.BytesIO(content)) for name, content in files))
    return archive.getvalue()


def _pack(archive: IO[bytes], files: Iterable[tuple[str, IO[bytes]]]) -> None:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, file in files:
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with file, packed.open(entry, "w") as to:
                shutil.copyfileobj(file, to, CHUNK)


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
