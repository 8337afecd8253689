"""Answering over HTTP. The token in the address is all the access there is: no login, and nothing is logged of it."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from sqlalchemy import select

from api.access.tables import Municipality
from api.codes import as_made
from api.db import DatabaseDep
from api.problems import documented
from api.roster.tables import STAFF_ROLES, Unit
from api.surveys import answering
from api.surveys.answering_schemas import (
    AnswersIn,
    AnswersOut,
    AskedComponent,
    AskedItem,
    AskedRole,
    QuestionnaireOut,
    StartedOut,
)
from api.surveys.instrument_schemas import ScaleIO, TextIO
from api.surveys.links import address_of, hash_of
from api.surveys.tables import SurveyRound
from domain.instruments import Instrument, Scale
from domain.text import Text

router = APIRouter(prefix="/v1/answers", tags=["answers"])

Token = Annotated[str, Path(max_length=200, description="The last part of the link; hyphens and case do not matter")]
ROLES = {
    "leader": Text("Leder", "Leader"),
    "educator": Text("Pædagog", "Educator"),
    "assistant": Text("Pædagogmedhjælper eller -assistent", "Assistant"),
    "childminder": Text("Dagplejer", "Childminder"),
    "other": Text("Andet", "Other"),
}
REFUSALS = ("unknown-link", "round-not-open-yet", "round-closed", "already-answered")


@router.get("/{token}", operation_id="getQuestionnaire", responses=documented(*REFUSALS))
async def get_questionnaire(
    request: Request, token: Token, database: DatabaseDep, response: Response
) -> QuestionnaireOut:
    """The questionnaire behind a link, with what was saved through it, on whatever device."""
    _never_kept(response)
    made = as_made(token)
    async with database.presenting(hash_of(made)) as tx:
        presented = await answering.present(tx, made)
        round_ = await answering.open_round(tx, presented, today=request.app.state.today(), held=False)
        draft = None if presented.kind == "shared" else await answering.saved(tx, made)
        instrument = await answering.instrument_of(tx, round_)
        unit = (await tx.scalars(select(Unit.name).where(Unit.id == presented.unit_id))).one()
        municipality = (await tx.scalars(select(Municipality.name))).one()
    answers, role = (draft["answers"], draft["role"]) if draft else ({}, None)
    state = "shared" if presented.kind == "shared" else "saved" if draft else "new"
    about = {"state": state, "municipality": municipality, "unit": unit, "answers": answers, "role": role}
    return QuestionnaireOut.model_validate(_asked(round_, instrument) | about)


def _asked(round_: SurveyRound, instrument: Instrument) -> dict[str, object]:
    """The questions of a round; how they are scored is nobody's business while answering."""
    return {
        "title": round_.title,
        "closes_on": round_.closes_on,
        "minimum": instrument.rules.min_n_mean,
        "instrument_key": instrument.key,
        "instrument_version": instrument.version,
        "instrument_title": _text(instrument.title),
        "components": [
            AskedComponent(
                key=component.key,
                title=_text(component.title),
                scale=_scale(instrument.component_scale(component)),
            )
            for component in instrument.components
        ],
        "items": [
            AskedItem(key=item.key, component=item.component, text=_text(item.text)) for item in instrument.items
        ],
        "roles": [AskedRole(key=role, title=_text(ROLES[role])) for role in STAFF_ROLES],
    }


def _text(text: Text) -> TextIO:
    return TextIO(da=text.da, en=text.en)


def _scale(scale: Scale) -> ScaleIO:
    return ScaleIO(min=scale.min, max=scale.max, labels=tuple(_text(label) for label in scale.labels))


@router.put("/{token}", operation_id="putAnswers", responses=documented(*REFUSALS, "shared-link", "invalid-answers"))
async def put_answers(
    request: Request, token: Token, body: AnswersIn, database: DatabaseDep, response: Response
) -> AnswersOut:
    """Save all answers to go on later, or with `submit` hand them in, once."""
    _never_kept(response)
    made = as_made(token)
    async with database.presenting(hash_of(made)) as tx:
        return await answering.save(tx, made, body, today=request.app.state.today())


@router.post(
    "/{token}",
    operation_id="startAnswers",
    status_code=201,
    responses=documented(*REFUSALS, "not-a-shared-link", "shared-link-exhausted"),
)
async def start_answers(request: Request, token: Token, database: DatabaseDep, response: Response) -> StartedOut:
    """Begin on a shared link: the answer is a link of one's own, to go on with on any device."""
    _never_kept(response)
    made = as_made(token)
    async with database.presenting(hash_of(made)) as tx:
        personal = await answering.start(tx, made, today=request.app.state.today())
    link = address_of(request.app.state.settings, personal, asked_at=str(request.base_url))
    return StartedOut(token=personal, link=link)


def _never_kept(response: Response) -> None:
    response.headers["Cache-Control"] = "private, no-store"
