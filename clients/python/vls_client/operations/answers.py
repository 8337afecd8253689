"""Operations of answers. Written from openapi.yaml; change that, and `make openapi`."""

from vls_client import models
from vls_client.flow import Call
from vls_client.requests import part


def get_questionnaire(token: str) -> Call[models.QuestionnaireOut]:
    """The questionnaire behind a link, with what was saved through it, on whatever device."""
    return Call("GET", f"/v1/answers/{part(token)}")


def start_answers(token: str) -> Call[models.StartedOut]:
    """Begin on a shared link: the answer is a link of one's own, to go on with on any device."""
    return Call("POST", f"/v1/answers/{part(token)}")


def put_answers(token: str, body: models.AnswersIn) -> Call[models.AnswersOut]:
    """Save all answers to go on later, or with `submit` hand them in, once."""
    return Call("PUT", f"/v1/answers/{part(token)}", json=body)
