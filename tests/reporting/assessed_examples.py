"""Made-up practice and development of a room, judged by the real domain code."""

from datetime import date, timedelta

from domain.development import BANDS, Band, Distribution
from domain.forms import GroupScore
from domain.practice import Evaluated, trend
from domain.shares import change
from domain.text import Text
from reporting.room.assessed import Agreement, Area, Development, Element, Practice, SeenDifferently

ELEMENTS = {
    "groups": Text("Fordybelse i små grupper", "Immersion in small groups"),
    "talk": Text("Samtaler med alle børn", "Conversations with every child"),
    "strategies": Text("Understøttende strategier", "Supportive strategies"),
    "plan": Text("Plan og opfølgning", "Planning and following up"),
}
AREAS = (Text("Sprog", "Language"), Text("Matematik", "Mathematics"), Text("Socioemotionelt", "Socio-emotional"))
SCORES = ((2.5, 3.0, 3.25, 3.75), (3.0, 3.0, None, 3.5), (4.0, 4.25, 4.5, 3.75), (1.0, 2.0, 2.0, 5.0))


def practice(*, periods: int = 4, form_changes: bool = False) -> Practice:
    first = date(2026, 8, 24) - timedelta(weeks=8 * (periods - 1))
    weeks = [(first + timedelta(weeks=8 * at), first + timedelta(weeks=8 * at + 7)) for at in range(periods)]
    evaluated = [
        Evaluated(
            *span,
            ("k", 2 if form_changes and at == periods - 1 else 1),
            tuple(GroupScore(key, 3, 3, SCORES[row][(at + 4 - periods) % 4]) for row, key in enumerate(ELEMENTS)),
        )
        for at, span in enumerate(weeks)
    ]
    return Practice(
        form=Text("VLS-evaluering (demo)", "Practice evaluation (demo)"),
        ends=(Text("slet ikke", "not at all"), Text("hele vejen igennem", "all the way through")),
        versions="k 1",
        periods=tuple(weeks),
        elements=tuple(Element(ELEMENTS[it.element], it) for it in trend(evaluated)),
        seen_differently=(SeenDifferently(Text("Der har været ro.", "There has been peace."), 2, 5),),
        agreements=(Agreement("Flere små grupper om formiddagen", "Anna", date(2026, 11, 1), "open"),),
    )


def development(n: int = 18, *, joined: int = 3, comparable: bool = True) -> Development:
    """`n` children now and as many then, `joined` of whom are others."""
    areas = []
    for at, title in enumerate(AREAS):
        bands: list[Band] = [BANDS[(child + at) % 7 % 3 if child % 3 == 0 else 0] for child in range(n)]
        now = {str(child): band == "age_appropriate" for child, band in enumerate(bands)}
        before = {str(child + joined): (child + at) % 3 > 0 for child in range(n)}
        counts = Distribution(title.en, {band: bands.count(band) for band in BANDS}, without=1 if at == 0 else 0)
        areas.append(Area(title, counts, change(before=before, now=now) if comparable else None))
    return Development(
        instrument=Text("Børns udvikling (demo)", "Children's development (demo)"),
        versions="k 1, demo-1",
        half_year="2026-H2",
        assessed=n,
        started=n + 2,
        joined=joined,
        left=joined,
        areas=tuple(areas),
        norms_by_sex=True,
        norms_monolingual=True,
        within_one=0.72,
        talk_about_points=True,
    )
