"""What the staff answered: a small model of people in workplaces, so that the reports have something to find.

An answer is the component's level in that kind of setting, plus how this workplace differs, plus how this person
differs (in general, and on this component), plus what is peculiar to the item and the moment; cut to 1-5.
"""

import csv
import io
import json
from importlib.resources import files
from random import Random
from typing import Any

from vls_client.sandbox.municipality import SEED, Municipality, staff_of

# Where the answers lie on 1-5: resources hold the municipality back, willingness and culture carry it.
LEVELS = {
    "willingness": 4.25, "capacity": 3.4, "leadership": 3.65, "culture": 4.05, "resources": 2.45, "relations": 3.35,
}  # fmt: skip
# Childminders work alone: less everyday collaboration, fewer interruptions, and more in doubt about the method.
CHILDMINDING = {"willingness": -0.45, "capacity": -0.5, "culture": -0.75, "resources": 0.5, "relations": 0.1}

# Half a year earlier: less capacity and leadership, a little more time; what is not named was the same.
EARLIER = {"willingness": -0.1, "capacity": -0.35, "leadership": -0.3, "resources": 0.2}

UNIT, UNIT_COMPONENT, PERSON, PERSON_COMPONENT, MOMENT = 0.28, 0.25, 0.3, 0.3, 0.65
ANSWERS_SHARE = 0.84
STOPS_EARLY = 0.04
NOT_ANSWERED = 0.025


def instrument() -> dict[str, Any]:
    """The demo questionnaire, in the shape the API takes."""
    text = files("vls_client.sandbox").joinpath("instrument.json").read_text("utf-8")
    body: dict[str, Any] = json.loads(text)
    return body


def answers_csv(place: Municipality, *, seed: int = SEED, earlier: bool = False) -> bytes:
    """One row a respondent, one column an item; `NA` where there is no answer. Leaders are not among those asked.

    `earlier` gives the round half a year before: the same workplaces and questions, other moments of other people.
    """
    random = Random(f"{seed}/answers")  # noqa: S311 - fiction, not secrets
    items = instrument()["items"]
    peculiar = {item["key"]: random.gauss(0, 0.2) for item in items}
    units = {unit.external_id: _differs(random) for unit in place.units}
    then = EARLIER if earlier else {}
    if earlier:
        random = Random(f"{seed}/answers/earlier")  # noqa: S311
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["unit_external_id", "respondent_key", "role", *(item["key"] for item in items)])
    for unit, person in staff_of(place):
        answered = random.random() < ANSWERS_SHARE
        if person.role == "leader" or not answered:
            continue
        shift = CHILDMINDING if unit.setting_type == "childminding" else {}
        general, own = random.gauss(0, PERSON), {key: random.gauss(0, PERSON_COMPONENT) for key in LEVELS}
        level = {
            key: LEVELS[key] + then.get(key, 0) + shift.get(key, 0) + units[unit.external_id][key] + general + own[key]
            for key in LEVELS
        }
        stops_at = random.randrange(12, len(items)) if random.random() < STOPS_EARLY else len(items)
        given = [
            _answer(random, level[item["component"]] + peculiar[item["key"]], item, missing=number >= stops_at)
            for number, item in enumerate(items)
        ]
        rows.writerow([unit.external_id, f"svar-{person.external_id}", person.role, *given])
    return out.getvalue().encode()


def invited(place: Municipality) -> dict[str, int]:
    """How many were asked in each unit."""
    asked = [unit.external_id for unit, person in staff_of(place) if person.role != "leader"]
    return {unit.external_id: asked.count(unit.external_id) for unit in place.units}


def _differs(random: Random) -> dict[str, float]:
    """How one workplace differs from the others: in general, and on each component."""
    general = random.gauss(0, UNIT)
    return {key: general + random.gauss(0, UNIT_COMPONENT) for key in LEVELS}


def _answer(random: Random, level: float, item: dict[str, Any], *, missing: bool) -> str:
    value = min(5, max(1, round(level + random.gauss(0, MOMENT))))
    if random.random() < NOT_ANSWERED or missing:
        return "NA"
    return str(6 - value if item["reverse"] else value)
