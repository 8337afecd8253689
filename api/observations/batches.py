"""A batch on its way in and out: reading each item by itself, and saying in words what became of it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from api.field_faults import found_by_pydantic
from api.observations.intake import Activity, Fault, Outcome
from api.observations.schemas import ActivityBatchOut, ActivityIn, ItemResult
from api.observations.store import params_of, problem_of
from api.problems import Problem, sentences
from domain.text import Text

_ACTIVITY: TypeAdapter[ActivityIn] = TypeAdapter(ActivityIn)
_SHOWN = 5


def read(items: Sequence[Any]) -> list[ActivityIn | Outcome]:
    """Each item as an activity, or as the outcome that it is none."""
    return [_one(item) for item in items]


def _one(item: Any) -> ActivityIn | Outcome:
    try:
        return _ACTIVITY.validate_python(item)
    except ValidationError as error:
        parts = error.errors(include_url=False)[:_SHOWN]
        found = [found_by_pydantic(part, "/" + "/".join(map(str, part["loc"]))) for part in parts]
        said = (
            "; ".join(f"{it.pointer}: {it.sentence.in_language(language)}" for it in found) for language in ("da", "en")
        )
        return Outcome(_id(item), "rejected", fault=Fault("invalid-input", sentence=Text(*said)))


def _id(item: Any) -> UUID | None:
    try:
        return UUID(item["id"])
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def answer(outcomes: Sequence[Outcome], *, language: str) -> ActivityBatchOut:
    return ActivityBatchOut(items=[_result(outcome, language) for outcome in outcomes])


def _result(outcome: Outcome, language: str) -> ItemResult:
    code = detail = None
    fault = outcome.fault
    if outcome.result == "conflict":
        code = "same-id-other-content"
        detail = getattr(sentences(code, fields=", ".join(outcome.fields)), language)
    elif fault is not None:
        code = fault.code if fault.sentence is None else "invalid-input"
        said = fault.sentence or sentences(code, **params_of(fault))
        detail = getattr(said, language)
    return ItemResult(
        id=outcome.id, result=outcome.result, code=code, detail=detail, retry=fault is not None and fault.retry
    )


def activity_of(outcome: Outcome) -> Activity:
    """The stored activity of an outcome; a conflict or a refusal is raised as its problem."""
    if outcome.fault is not None:
        raise problem_of(outcome.fault)
    if outcome.activity is None:
        raise Problem("same-id-other-content", fields=", ".join(outcome.fields))
    return outcome.activity
