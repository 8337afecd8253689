"""Explaining a child's participation: the weeks it is made of, and which of the two ways in counted in each."""

from dataclasses import asdict
from importlib.metadata import version
from uuid import UUID

from api.explanations.schemas import LineOut, ParticipationExplanationOut, ParticipationRulesOut, SentenceOut
from api.observations.participation import Observed, measured, occurrences_of
from api.problems import Problem
from domain.observations import Kind
from domain.participation_weeks import weeks_of_child
from domain.text import Text
from reporting.explanations.phrases import EMPTY, HOW, TITLES

FORMULA = "Σ max(activities, tally) / counted_weeks"
SOURCE = "Vi lærer sammen, Børns deltagelse"


def explained(observed: Observed, child_id: UUID, kind: Kind) -> ParticipationExplanationOut:
    """Raises the problem `not-found` for a child who was not in the room in the period."""
    room = measured(observed)
    child = next((one for one in room.children if one.child.id == str(child_id)), None)
    if child is None:
        raise Problem("not-found")
    measure = child.measures[kind]
    weeks = weeks_of_child(
        child, kind, weeks=room.weeks, occurrences=occurrences_of(observed), tallies=observed.tallies
    )
    return ParticipationExplanationOut.model_validate(
        {
            "room_id": observed.room.id,
            "child_id": child_id,
            "external_id": child.child.external_id,
            "from": room.weeks[0].week,
            "to": room.weeks[-1].week,
            "kind": kind,
            "measure": "participation",
            "value": measure.rate,
            "why_empty": None if measure.rate is not None else _why("no-counted-weeks"),
            "title": asdict(TITLES["participation"]),
            "how": asdict(HOW["participation"]),
            "formula": FORMULA,
            "source": SOURCE,
            "count": measure.count,
            "counted_weeks": child.counted_weeks,
            "too_early": child.too_early,
            "below": measure.below,
            "weeks": [asdict(week) for week in weeks],
            "line": LineOut(
                per_week=room.thresholds.per_week[kind],
                version=room.thresholds.version,
                source=_said(room.thresholds.source),
            ),
            "rules": ParticipationRulesOut.model_validate(room.rules),
            "software": version("vls"),
        }
    )


def _why(code: str) -> dict[str, object]:
    return {"code": code, "text": asdict(EMPTY[code])}


def _said(text: Text) -> SentenceOut:
    return SentenceOut(da=text.da, en=text.en)
