"""The arguable numbers of participation: the dashed line, and the rules around it.

They are versioned values that a municipality can replace, never constants in a calculation, so that an old report can
always be explained by the versions it names.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.text import Text


@dataclass(frozen=True, slots=True)
class KindThresholds:
    """The dashed line: participations expected per counted week, for each kind.

    `per_week` maps a kind to a rate > 0 and covers every kind of `domain.participation.KINDS`. One value holds for one
    municipality and setting type; choosing the right one is the caller's.
    """

    version: str
    source: Text
    per_week: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class ParticipationRules:
    """When a week counts for a child, and when there is too little to judge.

    - `min_enrolled_weekdays` (1-5): days of Monday-Friday a child must be enrolled for the week to be the child's;
    - `min_counted_weeks`: with fewer, it is too early to say whether the child is below;
    - `min_completed_share` (0-1): with a smaller share of the weeks completed, the room is `incomplete`, whether the
      others were closed or forgotten.
    """

    version: str
    source: Text
    min_enrolled_weekdays: int = 3
    min_counted_weeks: int = 4
    min_completed_share: float = 0.75


@dataclass(frozen=True, slots=True)
class PatternRules:
    """When a difference between two groups, or something that goes well, is worth a sentence.

    - `min_share_difference` (0-1) and `min_excess_children`: both must be reached, see `domain.patterns`;
    - `min_group_children`: a difference to a smaller group is nobody's pattern, and would point at the few in it;
    - `young_below_months`: younger than this is "under 3";
    - `unobserved_weeks`: so many counted weeks in a row without being seen;
    - `min_reach_share` (0-1): from this share on, "most children reach the line" is said among what goes well.
    """

    version: str
    source: Text
    min_share_difference: float = 0.25
    min_excess_children: float = 3.0
    min_group_children: int = 3
    young_below_months: int = 36
    unobserved_weeks: int = 3
    min_reach_share: float = 0.5


DEMO_THRESHOLDS = KindThresholds(
    version="demo-1",
    source=Text(
        "Eksempel til demonstration, ikke en faglig norm.",
        "An example for demonstration, not a professional standard.",
    ),
    per_week={"immersion_activity": 2.0, "focus_conversation": 1.0},
)

DEFAULT_RULES = ParticipationRules(
    version="demo-1",
    source=Text(
        "Projektets udgangspunkt: det meste af ugen, en halv periode, 6 af 8 uger.",
        "The project's default: most of a week, half a period, 6 of 8 weeks.",
    ),
)

DEFAULT_PATTERN_RULES = PatternRules(
    version="demo-1",
    source=Text(
        "Projektets udgangspunkt: 25 procentpoint og tre børn, mindst tre i hver gruppe, uden test af tilfældighed.",
        "The project's default: 25 percentage points and three children, three or more in each group, "
        "without significance tests.",
    ),
)
