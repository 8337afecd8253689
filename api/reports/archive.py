"""The files of a batch as one ZIP, written while it is sent: the same bytes each time, and no person's name in it."""

import csv
import io
import re
import zipfile
from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from api.db import Database
from api.reports.tables import ReportBatch, ReportFile
from api.surveys.tables import SurveyRound

AT_A_TIME = 10  # files in memory, and read in one transaction: a slow download holds no connection
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


async def archive(database: Database, batch: ReportBatch, *, name: str) -> AsyncIterator[bytes]:
    """The ZIP in parts: a list of contents, then each document in the batch's order, under its unit's external id."""
    mine = ReportFile.batch_id == batch.id
    columns = ReportFile.position, ReportFile.unit_external_id, ReportFile.code, ReportFile.issue
    async with database.reading(batch.municipality_id) as tx:
        closed_at = (await tx.scalars(select(SurveyRound.closed_at).where(SurveyRound.id == batch.round_id))).one()
        contents = (await tx.execute(select(*columns).where(mine).order_by(ReportFile.position))).all()
    names = {
        position: f"{position + 1:04}-{_SAFE.sub('_', key)}-{name}-{code}.{batch.format}"
        for position, key, code, issue in contents
        if issue is None
    }
    outlet = _Outlet()
    stamp = (closed_at or batch.created_at).timetuple()[:6]
    with zipfile.ZipFile(outlet, "w") as packed:
        listed = [(names.get(position, ""), key, code or "", issue or "") for position, key, code, issue in contents]
        _put(packed, "contents.csv", _contents(listed, batch.language), stamp)
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


def _contents(rows: list[tuple[str, str, str, str]], language: str) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if language == "da" else ",", lineterminator="\r\n")
    writer.writerow(("file", "unit_external_id", "code", "issue"))
    writer.writerows([_unformula(cell) for cell in row] for row in rows)
    return ("\N{ZERO WIDTH NO-BREAK SPACE}" + out.getvalue()).encode()


def _unformula(cell: str) -> str:
    """A key that a spreadsheet would run as a formula gets an apostrophe in front."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell


def _put(packed: zipfile.ZipFile, name: str, content: bytes, stamp: tuple[int, ...]) -> None:
    entry = zipfile.ZipInfo(name, date_time=stamp)  # type: ignore[arg-type]
    entry.create_system, entry.external_attr = 3, 0o644 << 16  # the same on every system
    entry.compress_type = zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED
    packed.writestr(entry, content)


def archive_name(batch_id: UUID, *, name: str) -> str:
    return f"{name}-{str(batch_id)[:8]}.zip"
