"""The readiness report of a closed round: gathered from what was frozen, built by `reporting.readiness`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any
from uuid import UUID

from sqlalchemy import cast, func, or_, select
from sqlalchemy.dialects.postgresql import JSONB, JSONPATH
from sqlalchemy.ext.asyncio import AsyncSession

from api.access.principals import Caller
from api.access.tables import Municipality
from api.reports.documents import Views
from api.reports.register import Made
from api.reports.rendering import UnknownChartError
from api.surveys import change, instruments, results, rounds
from api.surveys.tables import SurveyResult, SurveyRound
from domain.instruments import Instrument
from domain.readiness import ScopeResults
from reporting.readiness.build import Earlier, Parent, Place, ReadinessData, ReadinessReport, Versions, build_report
from reporting.readiness.views import report_csv, report_json

FEWEST_OF_A_TYPE = 3  # units; of two, each would read the other's numbers out of their type's


@dataclass(frozen=True, slots=True)
class Dot:
    """A unit of the round as the reports of others know it: its scores by component, without a name."""

    id: UUID
    area_id: UUID | None
    setting_type: str | None
    counts: bool  # in its setting type: alone, or together with others of it
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the reports of a round have in common, read once however many of them are made."""

    round_: SurveyRound
    instrument: Instrument
    municipality: str
    around: Sequence[tuple[SurveyResult, ScopeResults]]  # the municipality and its areas
    dots: Sequence[Dot]

    def report(
        self, focus: SurveyResult, *, earlier: change.Earlier | None, software: str | None = None
    ) -> Made[ReadinessReport]:
        """The report of `focus`, beside the places around it and its own results of an `earlier` round. `software` is
        named in it: this one, unless told."""
        parents = self._parents(focus)
        versions = Versions(
            rules=f"{self.instrument.key} v{self.instrument.version}", software=software or version("vls")
        )
        closed_at = self.round_.closed_at or datetime.max.replace(tzinfo=UTC)  # a round with results has been closed
        own = results.value_of(focus)
        report = build_report(
            ReadinessData(
                instrument=self.instrument,
                round_title=self.round_.title,
                opens_on=self.round_.opens_on,
                closes_on=self.round_.closes_on,
                closed_at=closed_at,
                municipality=self.municipality,
                place=Place(kind=focus.scope_kind, name=focus.name, trail=tuple(row.name for row, _ in parents)),  # type: ignore[arg-type]
                focus=own,
                parents=tuple(
                    Parent(kind=row.scope_kind, name=row.name, results=value)  # type: ignore[arg-type]
                    for row, value in parents
                ),
                peers=tuple(dot.scores for dot in self.dots if _is_peer(dot, focus)),
                setting_types=self._setting_types(focus, own),
                versions=versions,
                earlier=None if earlier is None else _earlier(earlier),
                merged_area=self._merged_area(own),
            )
        )
        since = {} if earlier is None else {"since": str(earlier.round_.id)}
        return Made(
            report,
            kind="readiness",
            data_time=closed_at,
            versions={"instrument": versions.rules, "rules": versions.rules, "software": versions.software} | since,
            n=report.total.n,
            round_id=self.round_.id,
            scope_kind=focus.scope_kind,
            scope_id=focus.scope_id,
        )

    def _parents(self, focus: SurveyResult) -> list[tuple[SurveyResult, ScopeResults]]:
        """Nearest first: the area of a unit, then the municipality."""
        found = [it for it in self.around if it[0].scope_kind == "area" and it[0].scope_id == focus.area_id]
        if focus.scope_kind != "municipality":
            found += [it for it in self.around if it[0].scope_kind == "municipality"]
        return found

    def _merged_area(self, own: ScopeResults) -> str | None:
        """The area that all units shown together with this one lie in."""
        id_ = own.merged.area_id if own.merged else None
        return next((row.name for row, _ in self.around if row.scope_kind == "area" and str(row.scope_id) == id_), None)

    def _setting_types(self, focus: SurveyResult, own: ScopeResults) -> Any:
        """A unit is one setting type, so it is shown its municipality's: those that are no single unit's numbers."""
        if focus.scope_kind != "unit":
            return own.by.get("setting_type", ())
        whole = next(value for row, value in self.around if row.scope_kind == "municipality")
        units = Counter(dot.setting_type for dot in self.dots if dot.counts)
        return tuple(cell for cell in whole.by.get("setting_type", ()) if units[cell.key] >= FEWEST_OF_A_TYPE)


def _is_peer(dot: Dot, focus: SurveyResult) -> bool:
    """The other dots of the map: the units in the place, or beside the unit."""
    if focus.scope_kind == "area":
        return dot.area_id == focus.scope_id
    return dot.id != focus.scope_id


def _earlier(found: change.Earlier) -> Earlier:
    return Earlier(
        title=found.round_.title,
        opens_on=found.round_.opens_on,
        closes_on=found.round_.closes_on,
        instrument=found.instrument,
        results=found.value,
        new_units=found.new_units,
        gone_units=found.gone_units,
    )


async def gather(
    tx: AsyncSession,
    caller: Caller,
    *,
    round_id: Any,
    scope: str,
    since: UUID | None = None,
    software: str | None = None,
) -> Made[ReadinessReport]:
    """The report of `scope`: its own frozen results, beside those around it and those of an earlier round: `since`,
    or the latest there is."""
    round_ = await rounds.find(tx, round_id)
    focus = await results.find(tx, caller, round_, scope)
    earlier = await change.find_earlier(tx, round_, focus, since=since)
    return (await snapshot(tx, round_)).report(focus, earlier=earlier, software=software)


async def snapshot(tx: AsyncSession, round_: SurveyRound) -> Snapshot:
    published = await results.others(tx, round_.id, kinds=("municipality", "area"))
    return Snapshot(
        round_=round_,
        instrument=instruments.to_domain(await instruments.find(tx, round_.instrument_key, round_.instrument_version)),
        municipality=(await tx.scalars(select(Municipality))).one().name,
        around=[(row, results.value_of(row)) for row in published],
        dots=await _dots(tx, round_.id),
    )


async def _dots(tx: AsyncSession, round_id: UUID) -> list[Dot]:
    """The units' published scores alone: hundreds of whole results would take longer than the drawing."""
    keys, scores = (
        func.jsonb_path_query_array(
            SurveyResult.value, cast(f"strict $.total.components[*].{name}", JSONPATH), type_=JSONB
        )
        for name in ("key", "score")
    )
    by_itself = SurveyResult.value["total"]["n"].astext.is_not(None)
    together = SurveyResult.value["merged"]["setting_type"].astext.is_not(None)
    counts = or_(by_itself, together)
    query = select(SurveyResult.scope_id, SurveyResult.area_id, SurveyResult.setting_type, counts, keys, scores).where(
        SurveyResult.round_id == round_id, SurveyResult.scope_kind == "unit"
    )
    return [
        Dot(id_, area_id, type_, counts, {key: it for key, it in zip(keys, scores, strict=True) if it is not None})
        for id_, area_id, type_, counts, keys, scores in (await tx.execute(query.order_by(SurveyResult.scope_id))).all()
    ]


def draw(report: ReadinessReport, *, chart: str | None = None, **options: Any) -> bytes:
    """Runs in a render worker, the only place that loads matplotlib and typst."""
    from reporting.readiness.render import chart_names, render  # noqa: PLC0415

    if chart is not None and chart not in chart_names(report):
        raise UnknownChartError(chart)
    return render(report, chart=chart, **options)


VIEWS = Views(name="parathedsrapport", as_json=report_json, as_csv=report_csv, draw=draw, versions=("full", "wall"))
