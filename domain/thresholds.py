"""The arguable numbers of participation: the dashed line, and the rules around it.

They are versioned values that a municipality can replace, never constants in a calculation, so that an old report can
always be explained by the versions it names.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.text import Text


@dataclass(frozen=True, slots=True)
class Rolling:
    """A line for the latest weeks alone: participations expected per week over a child's last `weeks` counted weeks."""

    weeks: int
    per_week: float


@dataclass(frozen=True, slots=True)
class KindThresholds:
    """The dashed line: participations expected per counted week, for each kind.

    `per_week` maps a kind to a rate > 0 and covers every kind of `domain.participation.KINDS`. One value holds for one
    municipality and setting type, see `Thresholds.of`. Beside the line, and never instead of it, a kind may have

    - `rolling`: a line for the latest weeks, which shows a child that has dropped out of sight lately;
    - `median_share` (0-1): a share of the room's own median. It hides a room where everybody is low.
    """

    version: str
    source: Text
    per_week: Mapping[str, float]
    rolling: Mapping[str, Rolling] = field(default_factory=dict)
    median_share: Mapping[str, float] = field(default_factory=dict)


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


@dataclass(frozen=True, slots=True)
class Line:
    """What one kind is held against, in one setting type or, where it is `None`, in those without a line of their own.
    `rolling` and `median_share` as in `KindThresholds`."""

    kind: str
    setting_type: str | None
    per_week: float
    rolling: Rolling | None = None
    median_share: float | None = None


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


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Everything arguable about participation that a municipality has decided at one time: lines and rules."""

    version: str
    source: Text
    lines: tuple[Line, ...]
    rules: ParticipationRules = DEFAULT_RULES
    patterns: PatternRules = DEFAULT_PATTERN_RULES

    def of(self, setting_type: str) -> KindThresholds:
        """The lines of a setting type: its own, else the common ones.

        >>> common, own = Line("focus_conversation", None, 1.0), Line("focus_conversation", "childminding", 2.0)
        >>> both = Thresholds("1", Text("", ""), (common, own))
        >>> both.of("childminding").per_week, both.of("nursery").per_week
        ({'focus_conversation': 2.0}, {'focus_conversation': 1.0})
        """
        found = {line.kind: line for line in self.lines if line.setting_type is None}
        found |= {line.kind: line for line in self.lines if line.setting_type == setting_type}
        return KindThresholds(
            version=self.version,
            source=self.source,
            per_week={kind: line.per_week for kind, line in found.items()},
            rolling={kind: line.rolling for kind, line in found.items() if line.rolling},
            median_share={kind: line.median_share for kind, line in found.items() if line.median_share is not None},
        )


DEFAULT_THRESHOLDS = Thresholds(
    version=DEMO_THRESHOLDS.version,
    source=DEMO_THRESHOLDS.source,
    lines=tuple(Line(kind, None, per_week) for kind, per_week in DEMO_THRESHOLDS.per_week.items()),
)
