"""Keyset pages: stable while rows come and go, and as fast on the last page as on the first."""

import base64
import binascii
from collections.abc import Sequence
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel
from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncSession

from api.problems import FieldError, Problem
from api.wire import Output

Wire = TypeVar("Wire", bound=BaseModel)

Limit = Annotated[int, Query(ge=1, le=500, description="How many at most")]
Cursor = Annotated[str | None, Query(max_length=500, description="`next` of the page before")]


class Page(Output, Generic[Wire]):
    """One page of a list; `next` is null on the last."""

    items: list[Wire]
    next: str | None


def encode_cursor(key: Any) -> str:
    return base64.urlsafe_b64encode(str(key).encode()).decode().rstrip("=")


def decode_cursor(cursor: str) -> UUID:
    try:
        return UUID(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode())
    except (ValueError, TypeError, AttributeError, binascii.Error):
        error = FieldError(pointer="/cursor", code="invalid-cursor", detail="use the `next` of a page")
        raise Problem("invalid-input", errors=[error]) from None


async def keyset(
    tx: AsyncSession, query: Select[Any], *, key: Any, limit: int, cursor: str | None
) -> tuple[Sequence[Any], str | None]:
    """The rows of `query` after `cursor` in the order of `key`, and the cursor of the page that follows."""
    if cursor is not None:
        query = query.where(key > decode_cursor(cursor))
    rows = (await tx.scalars(query.order_by(key).limit(limit + 1))).all()
    following = encode_cursor(getattr(rows[limit - 1], key.key)) if len(rows) > limit else None
    return rows[:limit], following


async def page_of(
    tx: AsyncSession, query: Select[Any], *, key: Any, wire: type[Wire], limit: int, cursor: str | None
) -> Page[Wire]:
    """`keyset`, for rows that are answered as they are."""
    rows, following = await keyset(tx, query, key=key, limit=limit, cursor=cursor)
    return Page(items=[wire.model_validate(row) for row in rows], next=following)
