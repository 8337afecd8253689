"""Whatever number the results of a round show: asked by its name and place, it is explained, and equal."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api import rounds
from tests.conftest import Api

# Numbers that measure nothing, each with its reason in docs/numbers.md.
NOT_MEASURED = {"instrument_version", "minimum", "units"}
WORDS = {"position", "agreement_band", "icc1_band", "icc2_band", "classification"}
DOCUMENTED = Path(__file__).parents[2] / "docs/numbers.md"

Place = dict[str, str]


def numbers(found: Any, place: Place, name: str = "") -> Iterator[tuple[Place, str, Any]]:
    """Every number, truth, word and gap in the results: what it is of, what it is called, and what it says."""
    if isinstance(found, list) and (name == "distribution" or not found):
        yield place, name, found
    elif isinstance(found, list):
        level = {"components": "component", "items": "item", "groups": "group"}[name]
        for each in found:
            yield from numbers(each, place | {level: each["key"]}, name)
    elif isinstance(found, dict) and name == "merged":
        yield place, "units", found["units"]
        yield from numbers(found["results"], place | {"merged": "true"}, "results")
    elif isinstance(found, dict) and name not in ("scope", "suppressed"):
        for key, value in found.items():
            yield from numbers(value, place, f"readiness_{key}" if name == "readiness_by_rule" else key)
    elif isinstance(found, dict) and name == "suppressed":
        yield place, "minimum", found["minimum"]
    elif not isinstance(found, str | dict) or name in WORDS:
        yield place, name, found


@pytest.fixture
async def round_id(admin: Api) -> str:
    """A study large enough for reliability, with units that are shown, hidden, and shown together."""
    await rounds.units(admin)
    await admin.post("/v1/instruments", json=rounds.questionnaire())
    sizes = {"lille": 3, "mellem": 8, "stor": 60, "dagpleje": 50}
    return await rounds.closed(admin, year=2026, levels=(2, 3, 4), sizes=sizes, invited=70)


@pytest.mark.parametrize(
    "where",
    [
        {}, {"scope": "area:ost"}, {"scope": "unit:stor"}, {"scope": "unit:lille"}, {"scope": "unit:mellem"},
        {"by": "role"}, {"by": "setting_type", "scope": "area:ost"},
    ],
    ids=str,
)  # fmt: skip
async def test_every_number_in_the_results_is_explained(admin: Api, round_id: str, where: Place) -> None:
    results = (await admin.get(f"/v1/survey-rounds/{round_id}/results", params=where)).json()
    told, gaps = 0, 0
    for place, name, value in numbers(results, {}):
        if name in NOT_MEASURED or (name in ("suppressed", "merged", "groups", "by") and value is None):
            continue
        asked = {"measure": name, **where, **place}
        if "group" not in place:
            asked.pop("by", None)
        answer = await admin.get(f"/v1/explanations/survey-rounds/{round_id}", params=asked)
        assert answer.status_code == 200, (asked, answer.text)
        found = answer.json()
        assert found["title"]["da"], asked
        assert found["how"]["en"], asked
        if value is None:
            gaps += 1
            assert (found["value"], bool(found["why_empty"])) == (None, True), asked
        else:
            told += 1
            interval = isinstance(found["value"], list) and name != "distribution"
            assert value in found["value"] if interval else found["value"] == value, (asked, found["value"])
    assert told + gaps > 60
    assert (results["merged"] is not None) == (where.get("scope") in ("unit:lille", "unit:mellem"))
    assert told if where.get("scope") != "unit:lille" else gaps


def test_what_is_not_explained_has_its_reason_in_the_documentation() -> None:
    [paragraph] = [text for text in DOCUMENTED.read_text().split("\n\n") if text.startswith("Three numbers")]
    assert {name for name in NOT_MEASURED if f"`{name}`" in paragraph} == NOT_MEASURED


async def test_change_and_response_shift_of_a_place_are_explained(admin: Api, round_id: str) -> None:
    now = await rounds.closed(admin, year=2027, levels=(4, 5), sizes={"stor": 50, "dagpleje": 50}, invited=60)
    scope = {"scope": "unit:stor"}
    told = (await admin.get(f"/v1/survey-rounds/{now}/change", params=scope)).json()
    expected = {"change": told["readiness"]["difference"], "response_shift": told["response"]["shift"]}
    for measure, value in expected.items():
        path = f"/v1/explanations/survey-rounds/{now}"
        found = (await admin.get(path, params=scope | {"measure": measure})).json()
        assert (found["value"], found["why_empty"], found["since"]["id"]) == (value, None, round_id)
        before, after = (given["value"] for given in found["inputs"])
        assert after - before == pytest.approx(value)


async def test_two_rounds_may_merge_different_units_so_their_change_is_not_explained(admin: Api, round_id: str) -> None:
    asked = {"scope": "unit:lille", "merged": "true"}
    path = f"/v1/explanations/survey-rounds/{round_id}"
    for more, code in (
        ({"measure": "change"}, "no-change-of-merged"),
        ({"by": "role", "group": "x"}, "merged-and-group"),
    ):
        answer = await admin.get(path, params=asked | more)
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, code)
    alone = await admin.get(path, params=asked | {"scope": "unit:stor"})
    assert (alone.status_code, alone.json()["code"]) == (404, "not-found")
