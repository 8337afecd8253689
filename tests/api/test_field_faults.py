"""What is wrong at one place of a body is said in Danish, in English to who asks for it, and never in a third way."""

import ast
from pathlib import Path
from typing import Any

import pytest

import api.field_faults
from api.field_faults import FIELD_TEXTS
from tests.conftest import Api

SOURCES = Path(api.field_faults.__file__).parent
SAYING = {"field_fault": 1, "invalid": 0, "_wrong": 1, "_of_field": 1}  # which argument is the code

BODIES: list[tuple[str, Any, str, str]] = [
    ("/v1/areas", {"external_id": "x", "name": "A", "colour": "red"}, "extra-forbidden", "Feltet kendes ikke."),
    ("/v1/areas", {"external_id": "x"}, "missing", "Feltet mangler."),
    ("/v1/areas", {"external_id": "x", "name": 7}, "string-type", "Her skal stå en tekst."),
    ("/v1/areas", {"external_id": "x", "name": "å" * 201}, "string-too-long", "Teksten må højst være på 200 tegn."),
    ("/v1/areas", {"external_id": "x", "name": "010190-1234"}, "looks-like-cpr", "Det ligner et CPR-nummer."),
    ("/v1/areas", {"id": "7", "external_id": "x", "name": "A"}, "uuid-parsing", "Skriv et UUID."),
    ("/v1/areas", [], "model-attributes-type", "Her skal stå et objekt."),
    ("/v1/children", {"birth_month": "2023"}, "invalid-month", "Skriv måneden som 2023-04."),
    ("/v1/children", {"birth_month": "2023-13"}, "invalid-month", "Skriv måneden som 2023-04."),
    ("/v1/children", {"sex": "x"}, "literal-error", "Skriv 'girl' eller 'boy'."),
    ("/v1/staff", {"email": "nope"}, "not-an-email", "Det er ikke en e-mailadresse."),
]


@pytest.mark.parametrize(("path", "body", "code", "danish"), BODIES)
async def test_a_field_is_judged_in_both_languages(admin: Api, path: str, body: Any, code: str, danish: str) -> None:
    said = {}
    for language in ("da", "en"):
        answer = await admin.post(path, json=body, headers={"Accept-Language": language})
        assert answer.status_code == 422
        said[language] = [error for error in answer.json()["errors"] if error["code"] == code]
    assert said["da"]
    assert said["da"][0]["detail"].startswith(danish)
    assert said["en"][0]["pointer"] == said["da"][0]["pointer"]
    assert said["en"][0]["detail"] != said["da"][0]["detail"]


def test_every_code_that_the_program_says_has_its_sentences() -> None:
    """A code without sentences would be found by the first who makes the mistake, as a failure of ours."""
    said = set()
    for file in SOURCES.rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text())):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in SAYING):
                continue
            position = SAYING[call.func.id]
            code = call.args[position] if len(call.args) > position else None
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                said.add(code.value)
    assert len(said) > 20
    assert said <= FIELD_TEXTS.keys()


def test_no_validator_says_a_sentence_of_its_own() -> None:
    named = {file.name for file in SOURCES.rglob("*.py") if "PydanticCustomError" in file.read_text()}
    assert named == {"field_faults.py"}
