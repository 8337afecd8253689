"""Closed rounds for tests of what is made of them: two units that are shown, one that is too small."""

import random
from typing import Any

from tests.conftest import Api

SIZES = {"lille": 3, "mellem": 8, "stor": 24, "dagpleje": 18}


def questionnaire(version: int = 1, **changed: Any) -> dict[str, Any]:
    """Two primary components of three items, the second of each reversed."""
    made = {
        "key": "kort",
        "version": version,
        "title": {"da": "Kort skema", "en": "Short form"},
        "scale": {"min": 1, "max": 5, "labels": []},
        "components": [
            {"key": "will", "kind": "primary", "title": {"da": "Vilje", "en": "Will"}},
            {"key": "can", "kind": "primary", "title": {"da": "Kapacitet", "en": "Capacity"}},
        ],
        "items": [
            {"key": f"{it}{n}", "component": it, "text": {"da": f"Udsagn {it}{n}", "en": ""}, "reverse": n == 2}
            for it in ("will", "can")
            for n in (1, 2, 3)
        ],
    }
    return made | changed


def answers_csv(levels: tuple[int, ...], *, seed: int, sizes: dict[str, int]) -> bytes:
    """Answers drawn from `levels`, turned for the reversed items; some missing."""
    chance = random.Random(seed)
    items = questionnaire()["items"]
    lines = ["unit_external_id;role;" + ";".join(item["key"] for item in items)]
    for unit, size in sizes.items():
        for person in range(size):
            drawn = [chance.choice([*levels, *levels, "NA"]) for _ in items]
            given = [str(6 - v if it["reverse"] and v != "NA" else v) for it, v in zip(items, drawn, strict=True)]
            lines.append(";".join([unit, "educator" if person % 2 else "assistant", *given]))
    return "\n".join(lines).encode()


async def units(admin: Api) -> None:
    await admin.post("/v1/areas", json={"external_id": "ost", "name": "Øst"})
    for unit in SIZES:
        setting = "childminding" if unit == "dagpleje" else "kindergarten"
        body = {"external_id": unit, "name": unit.title(), "setting_type": setting, "area_external_id": "ost"}
        assert (await admin.post("/v1/units", json=body)).status_code == 201


async def opened(admin: Api, *, year: int, version: int = 1, key: str = "kort") -> str:
    body = {
        "instrument_key": key, "instrument_version": version, "title": f"Runde {year}",
        "opens_on": f"{year}-09-01", "closes_on": f"{year}-09-30",
    }  # fmt: skip
    made = await admin.post("/v1/survey-rounds", json=body)
    assert made.status_code == 201, made.text
    await admin.post(f"/v1/survey-rounds/{made.json()['id']}/open")
    return str(made.json()["id"])


async def closed(
    admin: Api,
    *,
    year: int,
    levels: tuple[int, ...],
    version: int = 1,
    sizes: dict[str, int] | None = None,
    invited: int | None = None,
) -> str:
    """A closed round; `invited` is how many were asked in each unit."""
    round_id, asked = await opened(admin, year=year, version=version), sizes or SIZES
    if invited is not None:
        counts = [{"unit_external_id": unit, "invited": invited} for unit in asked]
        await admin.put(f"/v1/survey-rounds/{round_id}/invited", json={"units": counts})
    verdict = await admin.upload("survey-answers", answers_csv(levels, seed=year, sizes=asked), round_id=round_id)
    assert verdict["status"] == "done", verdict
    assert (await admin.post(f"/v1/survey-rounds/{round_id}/close")).json()["state"] == "closed"
    return round_id
