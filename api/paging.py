"""Keyset pages: stable while rows come and go, and as fast on the last page as on the first."""

import base64
import binascii
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel
from sqlalchemy import ColumnElement, Select, literal, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from api.field_faults import field_fault
from api.problems import Problem
from api.wire import Output

Wire = TypeVar("Wire", bound=BaseModel)

Limit = Annotated[int, Query(ge=1, le=500, description="How many at most")]
Cursor = Annotated[str | None, Query(max_length=500, description="`next` of the page before")]


class Page(Output, Generic[Wire]):
    """One page of a list; `next` is null on the last."""

    items: list[Wire]
    next: str | None


def encode_cursor(*key: Any) -> str:
    written = json.dumps([str(part) for part in key], ensure_ascii=False)
    return base64.urlsafe_b64encode(written.encode()).decode().rstrip("=")


def decode_cursor(cursor: str, *types: type[Any], field: str = "cursor") -> list[Any]:
    """The key in a cursor. Anybody can write one, so each part must be what its column could hold."""
    try:
        written = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode())
        return [_PARTS[type_](part) for type_, part in zip(types, written, strict=True)]
    except (ValueError, TypeError, AttributeError, binascii.Error, RecursionError):
        error = field_fault(f"/query/{field}", "invalid-cursor")
        raise Problem("invalid-input", errors=[error]) from None


def _text(written: str) -> str:
    if any(ord(character) < 32 for character in written.encode().decode()):  # fails on half a surrogate pair
        raise ValueError("control characters")
    return written


def _number(written: str) -> int:
    number = int(written)
    if not 0 <= number < 2**31:
        raise ValueError("no integer of the database")
    return number


def _moment(written: str) -> datetime:
    moment = datetime.fromisoformat(written)
    if moment.tzinfo is None or not 1990 <= moment.year <= 2100:
        raise ValueError("no moment of ours")
    return moment


_PARTS: Mapping[type[Any], Callable[[str], Any]] = {UUID: UUID, str: _text, int: _number, datetime: _moment}


async def keyset(
    tx: AsyncSession, query: Select[Any], *, key: Any, limit: int, cursor: str | None
) -> tuple[Sequence[Any], str | None]:
    """The rows of `query` after `cursor` in the order of `key`, and the cursor of the page that follows.

    `key` is a column, or several that are unique together.
    """
    columns = key if isinstance(key, tuple) else (key,)
    if cursor is not None:
        query = query.where(_beyond(columns, decode_cursor(cursor, *(column.type.python_type for column in columns))))
    rows = (await tx.scalars(query.order_by(*columns).limit(limit + 1))).all()
    if len(rows) <= limit:
        return rows, None
    return rows[:limit], encode_cursor(*(getattr(rows[limit - 1], column.key) for column in columns))


def _beyond(columns: tuple[Any, ...], values: list[Any]) -> ColumnElement[bool]:
    if len(columns) == 1:
        return columns[0] > values[0]  # type: ignore[no-any-return]
    parts = [literal(value, column.type) for column, value in zip(columns, values, strict=True)]
    return tuple_(*columns) > tuple_(*parts)


async def page_of(
    tx: AsyncSession, query: Select[Any], *, key: Any, wire: type[Wire], limit: int, cursor: str | None
) -> Page[Wire]:
    """`keyset`, for rows that are answered as they are."""
    rows, following = await keyset(tx, query, key=key, limit=limit, cursor=cursor)
    return Page(items=[wire.model_validate(row) for row in rows], next=following)
