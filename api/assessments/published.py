"""Versions that are published once and never change, and the demo version that comes along until one is published."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any, Generic, Literal, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.assessments.schemas import PublishedSummary
from api.field_faults import found_by_domain
from api.paging import Page, keyset
from api.problems import Problem
from api.surveys.instrument_schemas import TextIO
from api.wire import Input
from domain.issues import Catalogue
from domain.issues import Problem as Wrong
from domain.text import Text

Wire = TypeVar("Wire", bound=Input)


@dataclass(frozen=True)
class Shelf(Generic[Wire]):
    """One kind of published thing: its table, its wire form, what keeps one from being published, and the one that
    comes along (a file among `defaults`)."""

    table: Any
    wire: type[Wire]
    problems: Callable[[Wire], tuple[Wrong, ...]]
    catalogue: Catalogue
    default: str

    @cached_property
    def along(self) -> Any:
        return self.wire.model_validate(
            json.loads(files("api.assessments").joinpath(f"defaults/{self.default}").read_text("utf-8"))
        )

    def is_along(self, key: str, version: int) -> bool:
        return (self.along.key, self.along.version) == (key, version)

    async def publish(self, tx: AsyncSession, municipality_id: UUID, wire: Any) -> Literal["created", "unchanged"]:
        """Write the version once; the same again is fine, other content under its number is refused."""
        known = await self.known(tx, wire.key, wire.version)
        if known is None:
            errors = found_by_domain(self.problems(wire), self.catalogue)
            if errors:
                raise Problem("invalid-instrument", errors=errors)
            if await self._insert(tx, municipality_id, wire):
                return "created"
            known = await self.known(tx, wire.key, wire.version)
        if known != wire:
            raise Problem("version-published")
        return "unchanged"

    async def _insert(self, tx: AsyncSession, municipality_id: UUID, wire: Any) -> bool:
        values = {
            "municipality_id": municipality_id,
            "key": wire.key,
            "version": wire.version,
            "body": wire.model_dump(mode="json"),
        }
        statement = insert(self.table).values(values).on_conflict_do_nothing().returning(self.table.version)
        return await tx.scalar(statement) is not None

    async def known(self, tx: AsyncSession, key: str, version: int) -> Wire | None:
        query = select(self.table.body).where(self.table.key == key, self.table.version == version)
        body = await tx.scalar(query)
        return None if body is None else self.wire.model_validate(body)

    async def find(self, tx: AsyncSession, key: str, version: int) -> Wire:
        """A published version, or the one that comes along."""
        found = await self.known(tx, key, version)
        if found is None and not self.is_along(key, version):
            raise Problem("not-found")
        return found or self.along

    async def adopt(
        self, tx: AsyncSession, municipality_id: UUID, key: str | None, version: int | None, *, field: str
    ) -> Wire:
        """The version to rate with: the one named, else the newest that was published, else the one that comes along,
        which is published by being used."""
        if key is None or version is None:
            newest = await self.newest(tx)
            if newest is not None:
                return newest
            key, version = self.along.key, self.along.version
        found = await self.known(tx, key, version)
        if found is None and not self.is_along(key, version):
            raise Problem("unknown-reference", field=field)
        if found is None:
            await self._insert(tx, municipality_id, self.along)
        return found or self.along

    async def newest(self, tx: AsyncSession) -> Wire | None:
        """The version that was published last."""
        query = select(self.table.body).order_by(self.table.created_at.desc(), self.table.version.desc()).limit(1)
        body = await tx.scalar(query)
        return None if body is None else self.wire.model_validate(body)

    async def page(self, tx: AsyncSession, *, limit: int, cursor: str | None) -> Page[PublishedSummary]:
        """All published versions; the last page also has the one that comes along, unless it is among them."""
        key = (self.table.key, self.table.version)
        rows, following = await keyset(tx, select(self.table), key=key, limit=limit, cursor=cursor)
        items = [_summary(row.body, row.created_at) for row in rows]
        if following is None and await self.known(tx, self.along.key, self.along.version) is None:
            items.append(_summary(self.along.model_dump(mode="json"), None))
        return Page(items=items, next=following)


def _summary(body: Mapping[str, Any], published_at: Any) -> PublishedSummary:
    return PublishedSummary(
        key=body["key"],
        version=body["version"],
        title=TextIO.model_validate(body["title"]),
        items=len(body["items"]),
        published_at=published_at,
    )


def text_of(wire: Any) -> Text:
    return Text(da=wire.da, en=wire.en)
