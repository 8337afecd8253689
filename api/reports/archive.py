"""The files of a batch as one ZIP, written while it is sent: the same bytes each time, and no person's name in it."""

import io
import re
import zipfile
from collections.abc import AsyncIterator, Sequence
from typing import Any, cast

from sqlalchemy import select

from api.db import Database
from api.reports.batch_kinds import contents_of
from api.reports.tables import ReportBatch, ReportFile
from reporting.numbers import Language
from reporting.spreadsheet import csv_text

AT_A_TIME = 10  # files in memory, and read in one transaction: a slow download holds no connection
_COLUMNS = ("unit_external_id", "room_external_id", "code", "issue")
_PACKED = ("pdf", "png")  # compressed already
_SAFE = re.compile(r"[^A-Za-z0-9._-]+")


class _Outlet(io.RawIOBase):
    """What zipfile writes to: it cannot be sought in, and is emptied after each file."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)


async def archive(database: Database, batch: ReportBatch) -> AsyncIterator[bytes]:
    """The ZIP in parts: a list of contents, then each document in the batch's order, under its place's external ids."""
    columns = (getattr(ReportFile, name) for name in ("position", *_COLUMNS))
    query = select(*columns).where(ReportFile.batch_id == batch.id).order_by(ReportFile.position)
    async with database.reading(batch.municipality_id) as tx:
        stamp = (await contents_of(batch).at(tx, batch)).timetuple()[:6]
        listed = (await tx.execute(query)).all()
    names = {row.position: _name(batch, row) for row in listed if row.issue is None}
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w") as packed:
        rows = ([names.get(position, ""), *cells] for position, *cells in listed)
        contents = csv_text(("file", *_COLUMNS), rows, language=cast("Language", batch.language))
        _put(packed, "contents.csv", contents.encode(), stamp)
        positions = sorted(names)
        for start in range(0, len(positions), AT_A_TIME):
            for position, content in await _read(database, batch, positions[start : start + AT_A_TIME]):
                _put(packed, names[position], content, stamp)
                yield outlet.taken()
    yield outlet.taken()


async def _read(database: Database, batch: ReportBatch, positions: Sequence[int]) -> list[tuple[int, bytes]]:
    query = select(ReportFile.position, ReportFile.content).where(
        ReportFile.batch_id == batch.id, ReportFile.position.in_(positions)
    )
    async with database.reading(batch.municipality_id) as tx:
        found = (await tx.execute(query.order_by(ReportFile.position))).all()
    there = [(position, content) for position, content in found if content is not None]
    if len(there) < len(positions):
        raise RuntimeError("the files were removed while they were sent")
    return there


def _put(packed: zipfile.ZipFile, name: str, content: bytes, stamp: tuple[int, ...]) -> None:
    entry = zipfile.ZipInfo(name, date_time=stamp)  # type: ignore[arg-type]
    entry.create_system, entry.external_attr = 3, 0o644 << 16  # the same on every system
    entry.compress_type = zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED
    packed.writestr(entry, content)


def archive_name(batch: ReportBatch) -> str:
    return f"{contents_of(batch).views.name}-{str(batch.id)[:8]}.zip"


def _name(batch: ReportBatch, file: Any) -> str:
    """`0007-solsikken-bierne-datarapport-K7F2-91QX.pdf`: keys as far as every file system takes them."""
    keys = [key for key in (file.unit_external_id, file.room_external_id) if key is not None]
    parts = (f"{file.position + 1:04}", *(_SAFE.sub("_", key) for key in keys), contents_of(batch).views.name)
    return f"{'-'.join(parts)}-{file.code}.{batch.format}"
