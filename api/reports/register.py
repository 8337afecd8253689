"""The register of documents: what each code was made from, noted when a document is made for the first time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, Literal, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.principals import Caller, Scope
from api.problems import Problem
from api.reports.tables import Report
from reporting.document import code_for

Value = TypeVar("Value")
Kind = Literal["readiness", "room"]  # of which batches are made
DocumentKind = Literal["readiness", "room", "overview"]
NEEDED: Mapping[str, Scope] = {  # beside reports:read
    "readiness": "surveys:read",
    "room": "children:read",
    "overview": "reports:read",
}

# Letters that look like digits of the code's alphabet; people copy codes by hand.
_READ_AS = str.maketrans("OIL", "011")
_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Made(Generic[Value]):
    """A report value and what it was made from: a round and scope, or a room and period."""

    report: Value
    kind: DocumentKind
    data_time: datetime
    versions: Mapping[str, str]
    n: int | None
    round_id: UUID | None = None
    scope_kind: str | None = None
    scope_id: UUID | None = None
    room_id: UUID | None = None
    first_week: date | None = None
    last_week: date | None = None


async def enter(tx: AsyncSession, municipality_id: UUID, made: Made[Any]) -> str:
    """The code of the document; it is in the register once, however often it is made."""
    code = code_for(made.report)
    fields = {name: getattr(made, name) for name in made.__slots__ if name != "report"}
    values = {**fields, "municipality_id": municipality_id, "code": code, "versions": dict(made.versions)}
    await tx.execute(insert(Report).values(values).on_conflict_do_nothing())
    return code


def check_allowed(caller: Caller, kind: str) -> None:
    """Where one operation is for both kinds: each asks for what its documents ask for elsewhere."""
    if NEEDED[kind] not in caller.scopes:
        raise Problem("not-allowed", needed=NEEDED[kind])


async def find(tx: AsyncSession, written: str) -> Report:
    row = await tx.scalar(select(Report).where(Report.code == as_printed(written)))
    if row is None:
        raise Problem("not-found")
    return row


def as_printed(written: str) -> str:
    """A code as it stands on the document, from how somebody typed it.

    >>> as_printed("k562pntz"), as_printed("K562-PNTZ"), as_printed(" o1l2 3456 ")
    ('K562-PNTZ', 'K562-PNTZ', '0112-3456')
    """
    letters = "".join(character for character in written.upper() if character.isalnum()).translate(_READ_AS)
    return f"{letters[:4]}-{letters[4:]}" if len(letters) == _LENGTH else letters
