"""Bodies and answers. Written from openapi.yaml; change that, and `make openapi`."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypeAlias, TypedDict

LearningArea: TypeAlias = str


Strategy: TypeAlias = str


ChildExternalId: TypeAlias = str


class ActivityIn(TypedDict):
    """
    What took place, in which room (one of its two references) and with whom (one of theirs).
    """

    id: str
    observed_on: str
    kind: Literal["immersion_activity", "focus_conversation"]
    learning_areas: list[LearningArea]
    room_id: NotRequired[str | None]
    room_external_id: NotRequired[str | None]
    strategies: NotRequired[list[Strategy]]
    child_ids: NotRequired[list[str] | None]
    child_external_ids: NotRequired[list[ChildExternalId] | None]
    recorded_at: NotRequired[str | None]


class ActivityOut(TypedDict):
    id: str
    room_id: str
    observed_on: str
    week: str
    kind: Literal["immersion_activity", "focus_conversation"]
    learning_areas: list[str]
    strategies: list[str]
    child_ids: list[str]
    recorded_at: str | None
    withdrawn_at: str | None
    revision: int


class ActivityPatch(TypedDict):
    """
    A correction: the fields that were wrong. An activity in the wrong room is withdrawn and recorded anew.
    """

    observed_on: NotRequired[str]
    kind: NotRequired[Literal["immersion_activity", "focus_conversation"]]
    learning_areas: NotRequired[list[LearningArea]]
    strategies: NotRequired[list[Strategy]]
    child_ids: NotRequired[list[str] | None]
    child_external_ids: NotRequired[list[ChildExternalId] | None]


class ActivityVersionOut(TypedDict):
    """
    What an activity said until `changed_at`, when `changed_by` changed it so; null for what it says now.
    """

    revision: int
    observed_on: str
    kind: Literal["immersion_activity", "focus_conversation"]
    learning_areas: list[str]
    strategies: list[str]
    child_ids: list[str]
    withdrawn_at: str | None
    change: Literal["correct", "withdraw", "restore"] | None
    changed_by: str | None
    changed_at: str | None


class AdjustmentIO(TypedDict):
    """
    What is to be adjusted, who sees to it (a role or a first name) and by when.
    """

    id: str
    kind: Literal["more_activities", "learning_areas", "group_composition", "strategies", "other"]
    text: str
    responsible: NotRequired[str]
    due_on: NotRequired[str | None]


class AgreementIO(TypedDict):
    """
    What the team agreed to do, who sees to it, and by when; and whether it was done.
    """

    text: str
    responsible: NotRequired[str]
    due_on: NotRequired[str | None]
    status: NotRequired[Literal["open", "done", "dropped"]]


class AnswersIn(TypedDict):
    """
    All of a person's answers; what is left out, or null for "don't know / not relevant", is missing.

    Sent with `submit` it is counted, once and for good; without, it is saved to go on later.
    """

    answers: dict[str, int | None]
    role: NotRequired[Literal["leader", "educator", "assistant", "childminder", "other"] | None]
    submit: NotRequired[bool]


class AnswersOut(TypedDict):
    """
    What became of the answers: `answered` of `items` hold a value.
    """

    state: Literal["saved", "submitted"]
    answered: int
    items: int


class AreaIn(TypedDict):
    id: NotRequired[str | None]
    external_id: str
    name: str


class AreaOut(TypedDict):
    id: str
    external_id: str
    name: str
    revision: int


class AreaPatch(TypedDict):
    external_id: NotRequired[str | None]
    name: NotRequired[str | None]


class AreaResultOut(TypedDict):
    """
    `raw` is the sum of the points (told at the mean of the answered items where a few are missing); `band` is null
    with its reason in `why`.
    """

    area: str
    answered: int
    items: int
    raw: float | None
    band: Literal["age_appropriate", "attention", "focused"] | None
    why: Literal["too_few_answers", "sex_unknown"] | None


class AssessmentDueOut(TypedDict):
    """
    A child whose development is to be assessed: so many `individual` ratings are `missing`, the `joint` one is, or a
    draft is to `finish`.
    """

    child_id: str
    external_id: str
    half_year: str
    step: Literal["individual", "joint", "finish"]
    missing: int
    by: str
    overdue: bool


class AuditEventOut(TypedDict):
    id: str
    at: str
    actor: str
    action: str
    subject: str
    detail: dict[str, Any]


class BandCounts(TypedDict):
    age_appropriate: int
    attention: int
    focused: int


class BelowOut(TypedDict):
    """
    How many of the judged children are below the line: for each kind, and for both at once.
    """

    immersion_activity: int
    focus_conversation: int
    both: int


class ChildIn(TypedDict):
    """
    A pseudonymous child. `valid_from` and `valid_to` say when it belongs to the room.

    Without `valid_from` a new child has always been there, since its birth month: so what was recorded before it came
    into the roster finds it, and the completed weeks of that time count it. Say when it began if it came later.
    """

    id: NotRequired[str | None]
    external_id: str
    room_id: NotRequired[str | None]
    room_external_id: NotRequired[str | None]
    birth_month: NotRequired[str | None]
    sex: NotRequired[Literal["girl", "boy"] | None]
    multilingual: NotRequired[bool | None]
    support_need: NotRequired[bool | None]
    first_name: NotRequired[str | None]
    valid_from: NotRequired[str | None]
    valid_to: NotRequired[str | None]


class ChildMembership(TypedDict):
    valid_from: str
    valid_to: str | None
    room_id: str


class ChildOut(TypedDict):
    id: str
    external_id: str
    room_id: str | None
    birth_month: str | None
    sex: Literal["girl", "boy"] | None
    multilingual: bool | None
    support_need: bool | None
    first_name: str | None
    memberships: list[ChildMembership]
    revision: int


class ChildPatch(TypedDict):
    external_id: NotRequired[str | None]
    room_id: NotRequired[str | None]
    room_external_id: NotRequired[str | None]
    birth_month: NotRequired[str | None]
    sex: NotRequired[Literal["girl", "boy"] | None]
    multilingual: NotRequired[bool | None]
    support_need: NotRequired[bool | None]
    first_name: NotRequired[str | None]
    valid_from: NotRequired[str | None]
    valid_to: NotRequired[str | None]


class CountedOut(TypedDict):
    child_id: str
    immersion_activity: int | None
    focus_conversation: int | None
    absent: bool


class CountedWeekOut(TypedDict):
    """
    `counted` is the larger of `activities` and `tally`, null where the week does not count for the child.
    """

    week: str
    state: Literal["seen", "not_seen", "absent", "closed", "not_enrolled", "not_recorded"]
    activities: int
    tally: int | None
    counted: int | None


class CountsOut(TypedDict):
    created: int
    updated: int
    unchanged: int
    rejected: int
    removed: int


class DevelopmentAssessmentIn(TypedDict):
    """
    How a child of the room is seen in each learning area: by one colleague (`individual`, with `rater_...`), or by
    two together (`joint`). Without an instrument the newest published one, else the demo that comes along.

    An item that is left out, or null, is not answered. The half-year is that of `assessed_on`.
    """

    rater_id: NotRequired[str | None]
    rater_external_id: NotRequired[str | None]
    room_id: NotRequired[str | None]
    room_external_id: NotRequired[str | None]
    id: str
    child_id: NotRequired[str | None]
    child_external_id: NotRequired[str | None]
    kind: Literal["individual", "joint"]
    assessed_on: str
    instrument_key: NotRequired[str | None]
    instrument_version: NotRequired[int | None]
    state: NotRequired[Literal["draft", "final"]]
    answers: NotRequired[dict[str, int | None]]
    comment: NotRequired[str]


class DevelopmentAssessmentOut(TypedDict):
    """
    `results` are as of `age_months` and `norm_version`, and stay so until the assessment is corrected.
    """

    id: str
    room_id: str
    child_id: str
    kind: Literal["individual", "joint"]
    rater_id: str | None
    instrument_key: str
    instrument_version: int
    norm_version: str
    assessed_on: str
    half_year: str
    age_months: int
    state: Literal["draft", "final"]
    answers: dict[str, int | None]
    results: list[AreaResultOut]
    comment: str
    created_at: str
    updated_at: str
    revision: int


class DevelopmentAssessmentPatch(TypedDict):
    """
    A correction: answers that are sent replace those of their items. Bands are worked out anew.
    """

    assessed_on: NotRequired[str | None]
    state: NotRequired[Literal["draft", "final"] | None]
    answers: NotRequired[dict[str, int | None] | None]
    comment: NotRequired[str | None]


class DevelopmentRulesOut(TypedDict):
    """
    The versions of the rules behind the numbers.
    """

    change: str
    agreement: str
    windows: str


class DeviceIn(TypedDict):
    """
    A tablet of a room. `name` is what people call it: "den blå på Stuen".
    """

    room_id: NotRequired[str | None]
    room_external_id: NotRequired[str | None]
    id: NotRequired[str | None]
    name: str


class DeviceOut(TypedDict):
    id: str
    room_id: str
    name: str
    state: Literal["waiting", "enrolled", "revoked"]
    enrolled_at: str | None
    revoked_at: str | None


class DifferenceOut(TypedDict):
    """
    Now minus before on 0-100, with the 95 % interval of Welch's t for two independent samples.
    """

    value: float
    low: float | None
    high: float | None
    degrees_of_freedom: float | None


class EarlierAgreementOut(TypedDict):
    """
    An agreement that waited when the meeting was held; `open` until this meeting says what has become of it.
    """

    adjustment: AdjustmentIO
    agreed_on: str
    status: Literal["open", "done", "going_on", "dropped"]
    note: str


class EarlierRound(TypedDict):
    """
    The round that is compared with.
    """

    id: str
    title: str
    instrument_version: int
    opens_on: str
    closes_on: str
    closed_at: str


class EnrolIn(TypedDict):
    """
    `attempt` is a number the tablet thinks of and keeps until it has an answer: the same again answers the same.
    """

    code: str
    attempt: str


class EnrolledRoom(TypedDict):
    id: str
    external_id: str
    name: str
    unit_id: str
    unit: str
    municipality: str


class EnrolmentOut(TypedDict):
    """
    A code that enrols the tablet once, also as a link and a QR code (SVG) of the link. It is never shown again.
    """

    code: str
    link: str
    qr: str
    expires_at: str


class EquivalenceIO(TypedDict):
    """
    What is the same in an earlier version: from the item's key here to its key there.
    """

    version: int
    items: dict[str, str]


class ErasureIn(TypedDict):
    """
    The child's own key, so that a wrong id erases nobody.
    """

    external_id: str


class ErasureOut(TypedDict):
    """
    What was erased with the child: activities in which others took part were changed, those of the child alone
    removed; its tallies and assessments; and its code in the reports that meetings keep.
    """

    activities_changed: int
    activities_removed: int
    tallies: int
    assessments: int
    kept_reports: int


class EvaluatedPeriodOut(TypedDict):
    """
    What the team agreed on in a period; `individual` counts the final ratings behind it, `seen_differently` are the
    items on which those differ by the form's rules, with the lowest and the highest answer.
    """

    evaluation_id: str
    first_week: str
    last_week: str
    form_key: str
    form_version: int
    individual: int
    seen_differently: dict[str, tuple[int, int]]


class EvaluationDueOut(TypedDict):
    """
    A period whose practice the team has not evaluated together yet.
    """

    first_week: str
    last_week: str
    by: str
    overdue: bool


class FieldError(TypedDict):
    """
    What is wrong at one place of the input; `pointer` is a JSON pointer (RFC 6901).
    """

    pointer: str
    code: str
    detail: str


class FollowedChangeOut(TypedDict):
    """
    Something that is there or is `gone`: deleted, or withdrawn. `href` is where to read it as it is now.
    """

    kind: Literal[
        "area",
        "unit",
        "room",
        "child",
        "staff",
        "activity",
        "week",
        "practice_evaluation",
        "development_assessment",
        "survey_round",
        "goal",
        "meeting",
    ]
    key: str
    changed_at: str
    gone: bool
    href: str


class FollowedChangesOut(TypedDict):
    """
    Changes in their order, each thing once: at its last change. Ask again `after` this `next`, at once while there
    is `more`.
    """

    items: list[FollowedChangeOut]
    next: str | None
    more: bool


class FollowedUpIO(TypedDict):
    """
    What has become of an adjustment that an earlier meeting of the room agreed on.
    """

    adjustment_id: str
    status: Literal["done", "going_on", "dropped"]
    note: NotRequired[str]


class FunnelPointOut(TypedDict):
    """
    A unit: `count` of `n` children develop as expected; the limits are those at its size.
    """

    unit_id: str
    name: str
    count: int
    n: int
    share: float
    low_998: float
    low_95: float
    high_95: float
    high_998: float
    position: Literal["within", "above_95", "below_95", "above_998", "below_998"]


class GoalDueOut(TypedDict):
    """
    A goal whose next `step` waits: to start when its first week has come, to be evaluated when its last week is
    over, to decide on once it is evaluated.
    """

    goal_id: str
    title: str
    step: Literal["started", "evaluated", "decided"]
    by: str
    overdue: bool


class GoalIn(TypedDict):
    """
    A goal of a room or of a unit: what is to be reached, in which weeks, and from where.

    The baseline is computed now, from the eight weeks before `first_week` unless others are named, and kept. `about`
    is a kind of participation, a core element or a learning area, as the measure asks for. A share is written 0.75.
    """

    id: str
    room_id: NotRequired[str | None]
    room_external_id: NotRequired[str | None]
    unit_id: NotRequired[str | None]
    unit_external_id: NotRequired[str | None]
    title: str
    measure: Literal[
        "children_at_line", "children_below_both", "mean_rate", "element_score", "age_appropriate", "activities_a_week"
    ]
    about: NotRequired[str | None]
    target: float
    first_week: str
    last_week: str
    baseline_first_week: NotRequired[str | None]
    baseline_last_week: NotRequired[str | None]
    responsible: NotRequired[str]
    initiative: NotRequired[str]


class GoalPatch(TypedDict):
    """
    A correction, or the next step: `started` needs an `initiative`, `evaluated` an `evaluation`, and `decided` a
    `decision` to go on, to adjust or to stop. From there the cycle begins again with `started`, unless you stopped.
    """

    title: NotRequired[str | None]
    target: NotRequired[float | None]
    last_week: NotRequired[str | None]
    responsible: NotRequired[str | None]
    initiative: NotRequired[str | None]
    step: NotRequired[Literal["chosen", "started", "evaluated", "decided"] | None]
    evaluation: NotRequired[str | None]
    decision: NotRequired[Literal["go_on", "adjust", "stop"] | None]


class Health(TypedDict):
    status: str


class InputOut(TypedDict):
    """
    A published number that the value is made of.
    """

    name: str
    value: bool | int | float | str | list[int | float] | None


class InvitedUnit(TypedDict):
    unit_id: NotRequired[str | None]
    unit_external_id: NotRequired[str | None]
    invited: int


Address: TypeAlias = str


class InvitedUnitIn(TypedDict):
    """
    Whom to invite in one unit: a number of personal links, people by e-mail, or one link for all with a cap.
    """

    unit_id: NotRequired[str | None]
    unit_external_id: NotRequired[str | None]
    links: NotRequired[int | None]
    addresses: NotRequired[list[Address]]
    shared_cap: NotRequired[int | None]


class ItemResult(TypedDict):
    """
    What became of one activity. `retry` says that the same, sent again later, may be accepted.
    """

    id: str | None
    result: Literal["created", "unchanged", "conflict", "rejected"]
    code: str | None
    detail: str | None
    retry: bool


class LineBrokenOut(TypedDict):
    """
    Why a component cannot be compared, and the items it is about.
    """

    code: Literal[
        "no-equivalence", "items-not-mapped", "other-items", "scale-differs", "missing-rule-differs", "reversal-differs"
    ]
    items: list[str]


class LinkIn(TypedDict):
    """
    The document to open, as its path and query: `/v1/rooms/{id}/report?format=pdf`.
    """

    path: str
    minutes: NotRequired[int | None]


class LinkOut(TypedDict):
    url: str
    expires_at: str


class MatchedOut(TypedDict):
    """
    The same children both times; `p` is the exact McNemar test's, two-sided.
    """

    n: int
    before: int
    now: int
    both: int
    gained: int
    lost: int
    neither: int
    p: float


class MeasureOut(TypedDict):
    """
    `rate` is per counted week, unrounded, null without such weeks; `below` is null when it is too early to say.

    The other three are said beside the line where the municipality asks for them, and null otherwise.
    """

    count: int
    rate: float | None
    below: bool | None
    rolling_rate: float | None
    below_rolling: bool | None
    below_median: bool | None


class MeetingDueOut(TypedDict):
    """
    The next meeting over the room's report, eight weeks after the last; `last_held_on` is null before the first.
    """

    last_held_on: str | None
    by: str
    overdue: bool


class MeetingIn(TypedDict):
    """
    A meeting that was held: how many took part (no names), the weeks whose report they talked about, what they saw
    in it, what they agreed to adjust, and what became of earlier agreements.

    The report of the weeks from `first_week` to `last_week` (the eight before the meeting when left out) is kept as it
    is now.
    """

    room_id: NotRequired[str | None]
    room_external_id: NotRequired[str | None]
    id: str
    held_on: str
    participants: int
    first_week: NotRequired[str | None]
    last_week: NotRequired[str | None]
    interpretation: NotRequired[str]
    adjustments: NotRequired[list[AdjustmentIO]]
    followed_up: NotRequired[list[FollowedUpIO]]


class MeetingOut(TypedDict):
    """
    `earlier` are the agreements that waited when the meeting was held, with what it says of them.
    """

    id: str
    room_id: str
    held_on: str
    participants: int
    first_week: str
    last_week: str
    report_code: str | None
    interpretation: str
    adjustments: list[AdjustmentIO]
    followed_up: list[FollowedUpIO]
    created_at: str
    updated_at: str
    revision: int
    earlier: list[EarlierAgreementOut]


class MeetingPatch(TypedDict):
    """
    A correction; a list that is sent replaces the whole list.
    """

    participants: NotRequired[int | None]
    interpretation: NotRequired[str | None]
    adjustments: NotRequired[list[AdjustmentIO] | None]
    followed_up: NotRequired[list[FollowedUpIO] | None]


class MeetingSummary(TypedDict):
    """
    `report_code` is the code of the report talked about, as you may see it; null before the room's reports open.
    """

    id: str
    room_id: str
    held_on: str
    participants: int
    first_week: str
    last_week: str
    report_code: str | None
    interpretation: str
    adjustments: list[AdjustmentIO]
    followed_up: list[FollowedUpIO]
    created_at: str
    updated_at: str
    revision: int


class MissingRuleOut(TypedDict):
    """
    A score exists for those who answered at least `least` of `items` statements.
    """

    min_answered_share: float
    items: int
    least: int


class MunicipalityOut(TypedDict):
    id: str
    code: str
    name: str


class NormRowIO(TypedDict):
    """
    The limits of an area at ages of `from_months` to `to_months`, both included; of one sex, or of both without
    `sex`. A raw score under `focused_below` is `focused`, under `attention_below` `attention`.
    """

    area: str
    sex: NotRequired[Literal["girl", "boy"] | None]
    from_months: int
    to_months: int
    focused_below: float
    attention_below: float


class OverviewSource(TypedDict):
    scope: str
    place: str
    first_week: str
    last_week: str
    data_time: str
    versions: dict[str, str]
    n: int | None
    first_made_at: str


class PageActivityOut(TypedDict):
    items: list[ActivityOut]
    next: str | None


class PageActivityVersionOut(TypedDict):
    items: list[ActivityVersionOut]
    next: str | None


class PageAreaOut(TypedDict):
    items: list[AreaOut]
    next: str | None


class PageAuditEventOut(TypedDict):
    items: list[AuditEventOut]
    next: str | None


class PageChildOut(TypedDict):
    items: list[ChildOut]
    next: str | None


class PageDevelopmentAssessmentOut(TypedDict):
    items: list[DevelopmentAssessmentOut]
    next: str | None


class PageDeviceOut(TypedDict):
    items: list[DeviceOut]
    next: str | None


class PageMeetingSummary(TypedDict):
    items: list[MeetingSummary]
    next: str | None


class PatternsIO(TypedDict):
    """
    When a difference between groups is worth a sentence (`domain.thresholds`).
    """

    min_share_difference: NotRequired[float]
    min_excess_children: NotRequired[float]
    min_group_children: NotRequired[int]
    young_below_months: NotRequired[int]
    unobserved_weeks: NotRequired[int]
    min_reach_share: NotRequired[float]


class PerKind(TypedDict):
    """
    A number for each kind.
    """

    immersion_activity: float
    focus_conversation: float


class PerKindOrNone(TypedDict):
    immersion_activity: float | None
    focus_conversation: float | None


class PlaceOut(TypedDict):
    kind: Literal["municipality", "area", "unit", "room"]
    id: str


class PracticeEvaluationIn(TypedDict):
    """
    How the room worked in the period from `first_week` to `last_week`: when left out, as the calendar has it, else
    eight weeks.

    `individual` is one colleague's rating (`rater_...`), `joint` what the team agreed on. Without a form, the newest
    version that was published, else the demo form that comes along. A comment stands under the key of a core element,
    or under `general`. An item that is left out, or null, is not answered.
    """

    rater_id: NotRequired[str | None]
    rater_external_id: NotRequired[str | None]
    room_id: NotRequired[str | None]
    room_external_id: NotRequired[str | None]
    id: str
    kind: Literal["individual", "joint"]
    first_week: str
    last_week: NotRequired[str | None]
    form_key: NotRequired[str | None]
    form_version: NotRequired[int | None]
    state: NotRequired[Literal["draft", "final"]]
    answers: NotRequired[dict[str, int | None]]
    comments: NotRequired[dict[str, str]]
    agreements: NotRequired[list[AgreementIO]]


class PracticeEvaluationPatch(TypedDict):
    """
    A correction: answers that are sent replace those of their items, the other fields the whole field.
    """

    state: NotRequired[Literal["draft", "final"] | None]
    answers: NotRequired[dict[str, int | None] | None]
    comments: NotRequired[dict[str, str] | None]
    agreements: NotRequired[list[AgreementIO] | None]


class ProblemBody(TypedDict):
    """
    The body of every error answer (RFC 9457).
    """

    type: str
    title: str
    status: int
    detail: str
    code: str
    params: dict[str, Any]
    errors: list[FieldError]
    sentences: dict[str, str]
    request_id: str


class RaterAgreementOut(TypedDict):
    """
    Agreement between two colleagues about the same children; null with too few children. `drift` is how far
    individual ratings lie above the joint ones, in points; `talk` is a reason to talk about what the points mean.
    """

    half_year: str
    children: int
    pairs: int
    exact: float | None
    within_one: float | None
    kappa: float | None
    drift: float | None
    talk: bool


class ReadinessByRule(TypedDict):
    """
    Readiness by each rule; the instrument's own one decides `readiness`.
    """

    mean: float | None
    min: float | None
    geometric_mean: float | None


class ReadinessChangeOut(TypedDict):
    """
    Readiness then and now by the same rule; it has no interval, since how its parts vary together is not frozen.
    """

    before: float
    now: float
    difference: float


class ReadinessSource(TypedDict):
    survey_round_id: str
    round_title: str
    scope: str
    place: str
    data_time: str
    versions: dict[str, str]
    n: int | None
    first_made_at: str


class ReadingOut(TypedDict):
    """
    A measure as it was read: `value`, null when there was nothing to read, resting on `n` children, evaluations or
    weeks; `count` are the children of a share. `versions` are those of the rules and forms it was read by.
    """

    first_week: str
    last_week: str
    value: float | None
    count: int | None
    n: int
    versions: dict[str, str]
    computed_on: str


class RecordedActivityOut(TypedDict):
    """
    An activity the child took part in; of the other children only how many they were.
    """

    id: str
    room_id: str
    observed_on: str
    kind: Literal["immersion_activity", "focus_conversation"]
    learning_areas: list[str]
    strategies: list[str]
    others: int
    recorded_at: str | None
    withdrawn_at: str | None


class RecordedAssessmentOut(TypedDict):
    id: str
    room_id: str
    child_id: str
    kind: Literal["individual", "joint"]
    rater_id: str | None
    instrument_key: str
    instrument_version: int
    norm_version: str
    assessed_on: str
    half_year: str
    age_months: int
    state: Literal["draft", "final"]
    answers: dict[str, int | None]
    results: list[AreaResultOut]
    comment: str
    created_at: str
    updated_at: str
    revision: int
    withdrawn_at: str | None


class RecordedWeekOut(TypedDict):
    """
    What was counted of the child in a week of a room.
    """

    room_id: str
    week: str
    immersion_activity: int | None
    focus_conversation: int | None
    absent: bool


class RemindersOut(TypedDict):
    """
    Whom reminders can reach: units and addresses that were invited by e-mail, whether they have answered or not.
    """

    units: int
    addresses: int


ReportBatchIn = TypedDict(
    "ReportBatchIn",
    {
        "id": NotRequired[str | None],
        "kind": NotRequired[Literal["readiness", "room"]],
        "survey_round_id": NotRequired[str | None],
        "from": NotRequired[str | None],
        "to": NotRequired[str | None],
        "scope": NotRequired[str],
        "language": NotRequired[Literal["da", "en"]],
        "format": NotRequired[Literal["pdf", "png", "svg", "html", "json", "csv"]],
        "version": NotRequired[Literal["full", "wall"]],
    },
)


class ResponseShiftOut(TypedDict):
    """
    Response rates (0-1); `careful` is null where one of them is not known.
    """

    n_before: int | None
    n_now: int | None
    before: float | None
    now: float | None
    shift: float | None
    careful: bool | None


class RevisionOut(TypedDict):
    """
    What stood there as of a revision; `changed_by` is who wrote it.
    """

    revision: int
    changed_at: str
    changed_by: str
    body: dict[str, Any]


class RollingIO(TypedDict):
    """
    Held against the latest weeks alone.
    """

    weeks: int
    per_week: float


class RoomIn(TypedDict):
    id: NotRequired[str | None]
    external_id: str
    unit_id: NotRequired[str | None]
    unit_external_id: NotRequired[str | None]
    name: str
    valid_from: NotRequired[str | None]


class RoomMembership(TypedDict):
    valid_from: str
    valid_to: str | None
    unit_id: str


class RoomOut(TypedDict):
    id: str
    external_id: str
    unit_id: str
    name: str
    memberships: list[RoomMembership]
    revision: int


class RoomPatch(TypedDict):
    external_id: NotRequired[str | None]
    unit_id: NotRequired[str | None]
    unit_external_id: NotRequired[str | None]
    name: NotRequired[str | None]
    valid_from: NotRequired[str | None]


class RoomSource(TypedDict):
    room_id: str
    room: str
    first_week: str
    last_week: str
    data_time: str
    versions: dict[str, str]
    n: int | None
    first_made_at: str


class RoomWeekVersionOut(TypedDict):
    """
    How a week stood until `changed_at`, when `changed_by` changed it; these are null for how it stands now.
    """

    revision: int
    closed: bool
    completed: bool
    tallies: list[CountedOut]
    changed_by: str | None
    changed_at: str | None


class RoomWeeksOut(TypedDict):
    """
    How the weeks of all rooms stand, a week of a room at a time.
    """

    completed: int
    closed: int
    not_recorded: int


ScopeItem: TypeAlias = str


class RoundIn(TypedDict):
    """
    `scope` names the areas and units that are asked, `area:ID` or `unit:ID`; without it the whole municipality.
    """

    id: NotRequired[str | None]
    instrument_key: str
    instrument_version: int
    title: str
    opens_on: str
    closes_on: str
    scope: NotRequired[list[ScopeItem] | None]


class RoundOut(TypedDict):
    id: str
    instrument_key: str
    instrument_version: int
    title: str
    opens_on: str
    closes_on: str
    scope: list[str] | None
    state: Literal["draft", "open", "closed"]
    closed_at: str | None
    revision: int


class RoundPatch(TypedDict):
    """
    What is left out stays; nothing here can be emptied.
    """

    title: NotRequired[str | None]
    opens_on: NotRequired[str | None]
    closes_on: NotRequired[str | None]


class RuleVersions(TypedDict):
    thresholds: str
    rules: str


class RulesIO(TypedDict):
    """
    When a week counts for a child, and when there is too little to judge (`domain.thresholds`).
    """

    min_enrolled_weekdays: NotRequired[int]
    min_counted_weeks: NotRequired[int]
    min_completed_share: NotRequired[float]


class ScopeOut(TypedDict):
    kind: Literal["municipality", "area", "unit"]
    id: str
    name: str


class ScoringRulesIO(TypedDict):
    """
    The arguable numbers of the version; what is left out has the default of domain.md.
    """

    readiness: NotRequired[Literal["mean", "min", "geometric_mean"]]
    driver_score: NotRequired[float]
    driver_positive_share: NotRequired[float]
    barrier_score: NotRequired[float]
    barrier_negative_share: NotRequired[float]
    spread_rwg: NotRequired[float]
    min_n_mean: NotRequired[int]
    min_n_distribution: NotRequired[int]
    min_n_reliability: NotRequired[int]


class SentenceOut(TypedDict):
    da: str
    en: str


class Sentences(TypedDict):
    """
    The same in both languages.
    """

    da: str
    en: str


class ShareDifferenceOut(TypedDict):
    """
    Now minus before of two independent shares, with Newcombe's 95 % interval.
    """

    value: float
    low: float
    high: float


class ShareOut(TypedDict):
    """
    `count` of `n` children, as a share 0-1 with its 95 % Wilson interval.
    """

    count: int
    n: int
    value: float
    low: float
    high: float


class SharedLinkOut(TypedDict):
    link: str
    cap: int


class SignInOut(TypedDict):
    """
    An issuer to sign in with: authorization code with PKCE, as the public client `client_id`.
    """

    name: str
    issuer: str
    client_id: str
    scope: str
    authorization_endpoint: str
    token_endpoint: str
    end_session_endpoint: str | None


class SignInsOut(TypedDict):
    """
    The issuers that answer now.
    """

    items: list[SignInOut]


class SourceIO(TypedDict):
    """
    Where constructs and wording come from, in Danish and English; where one is empty the other is shown.
    """

    da: NotRequired[str]
    en: NotRequired[str]


class SourceText(TypedDict):
    da: str
    en: str


class StaffIn(TypedDict):
    id: NotRequired[str | None]
    external_id: str
    unit_id: NotRequired[str | None]
    unit_external_id: NotRequired[str | None]
    room_id: NotRequired[str | None]
    room_external_id: NotRequired[str | None]
    name: str
    role: Literal["leader", "educator", "assistant", "childminder", "other"]
    email: NotRequired[str | None]
    valid_from: NotRequired[str | None]


class StaffMembership(TypedDict):
    valid_from: str
    valid_to: str | None
    unit_id: str
    room_id: str | None


class StaffOut(TypedDict):
    id: str
    external_id: str
    unit_id: str
    room_id: str | None
    name: str
    role: Literal["leader", "educator", "assistant", "childminder", "other"]
    email: str | None
    memberships: list[StaffMembership]
    revision: int


class StaffPatch(TypedDict):
    external_id: NotRequired[str | None]
    unit_id: NotRequired[str | None]
    unit_external_id: NotRequired[str | None]
    room_id: NotRequired[str | None]
    room_external_id: NotRequired[str | None]
    name: NotRequired[str | None]
    role: NotRequired[Literal["leader", "educator", "assistant", "childminder", "other"] | None]
    email: NotRequired[str | None]
    valid_from: NotRequired[str | None]


class StartedOut(TypedDict):
    """
    The link of one's own; `token` is the last part of it.
    """

    token: str
    link: str


class SuppressionOut(TypedDict):
    reason: Literal["too_few_answers", "protects_others"]
    minimum: int


class TallyIn(TypedDict):
    """
    A child's week as counted by hand. A count that is left out was not tallied; once the room has completed the
    week, what neither a tally nor an activity tells of did not happen.
    """

    child_id: NotRequired[str | None]
    child_external_id: NotRequired[str | None]
    immersion_activity: NotRequired[int | None]
    focus_conversation: NotRequired[int | None]
    absent: NotRequired[bool]


class TallyOut(TypedDict):
    child_id: str
    external_id: str
    immersion_activity: int | None
    focus_conversation: int | None
    absent: bool


class TextIO(TypedDict):
    """
    The same in Danish and English; where one is empty the other is shown.
    """

    da: NotRequired[str]
    en: NotRequired[str]


class TextOut(TypedDict):
    da: str
    en: str


ThemeOut = TypedDict(
    "ThemeOut",
    {
        "number": int,
        "theme": TextOut | None,
        "from": str,
        "to": str,
    },
)


class ThresholdOut(TypedDict):
    name: str
    value: int | float | str
    version: str


class TokenError(TypedDict):
    """
    RFC 6749, section 5.2.
    """

    error: Literal["invalid_request", "invalid_client", "unsupported_grant_type", "invalid_scope"]
    error_description: str


class TokenOut(TypedDict):
    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int
    scope: str


class UnitIn(TypedDict):
    id: NotRequired[str | None]
    external_id: str
    area_id: NotRequired[str | None]
    area_external_id: NotRequired[str | None]
    name: str
    setting_type: Literal["childminding", "nursery", "kindergarten", "integrated"]
    institution_number: NotRequired[str | None]
    p_number: NotRequired[str | None]
    valid_from: NotRequired[str | None]


class UnitInvitationsOut(TypedDict):
    """
    What was made for one unit. Links are shown here and never again.

    `addresses` is how many different addresses the request named, whether or not they were invited before: the
    difference would tell who has answered.
    """

    unit_id: str
    links: list[str]
    addresses: int
    shared: SharedLinkOut | None


class UnitInvitedOut(TypedDict):
    """
    How a unit has been invited; `refused` addresses are those that their mail server does not know.
    """

    unit_id: str
    links: int
    addresses: int
    refused: int
    shared_cap: int | None


class UnitMembership(TypedDict):
    valid_from: str
    valid_to: str | None
    area_id: str | None


class UnitOut(TypedDict):
    id: str
    external_id: str
    area_id: str | None
    name: str
    setting_type: Literal["childminding", "nursery", "kindergarten", "integrated"]
    institution_number: str | None
    p_number: str | None
    memberships: list[UnitMembership]
    revision: int


class UnitPatch(TypedDict):
    external_id: NotRequired[str | None]
    area_id: NotRequired[str | None]
    area_external_id: NotRequired[str | None]
    name: NotRequired[str | None]
    setting_type: NotRequired[Literal["childminding", "nursery", "kindergarten", "integrated"] | None]
    institution_number: NotRequired[str | None]
    p_number: NotRequired[str | None]
    valid_from: NotRequired[str | None]


class UnitProgress(TypedDict):
    unit_id: str
    invited: int | None
    answered: int | None


class UnitStartIO(TypedDict):
    """
    A unit that starts at another time than the others. It may be named by either id; its own is what is kept.
    """

    unit_id: NotRequired[str | None]
    unit_external_id: NotRequired[str | None]
    starts: str


class UnobservedOut(TypedDict):
    """
    Not seen in its last `weeks` counted weeks; `last_seen` is null when that is longer ago than was looked at.
    """

    child_id: str
    external_id: str
    weeks: int
    last_seen: str | None


class UsedInstrumentOut(TypedDict):
    key: str
    version: int
    norm_version: str
    norms_by_sex: bool
    norms_monolingual: bool


class VerificationOut(TypedDict):
    """
    What a document was made from. `today_code` is the code the same report has today; `same_today` when it is the
    one on the document, so that the numbers are still these.
    """

    code: str
    kind: Literal["readiness", "room", "overview"]
    made_from: ReadinessSource | RoomSource | OverviewSource
    same_today: bool
    today_code: str


class VersionsOut(TypedDict):
    instrument: str
    software: str


class WeekDueOut(TypedDict):
    """
    A week to complete or to close, by its Sunday. `begun`: something was recorded in it already.
    """

    week: str
    by: str
    overdue: bool
    begun: bool


class WeekOut(TypedDict):
    week: str
    state: Literal["completed", "closed", "not_recorded"]


class WhyEmptyOut(TypedDict):
    """
    Why there is no value: a permanent code and a sentence.
    """

    code: str
    text: SentenceOut


class WindowIO(TypedDict):
    """
    Days of each year (month-day), both included.
    """

    first: str
    last: str


class WordIO(TypedDict):
    key: str
    title: TextIO


Week: TypeAlias = int


class YearlyClosedIO(TypedDict):
    """
    Closed each year: week numbers, or days from `first` to `last` (month-day), which may run over New Year.
    """

    title: TextIO
    weeks: NotRequired[list[Week]]
    first: NotRequired[str | None]
    last: NotRequired[str | None]


class ActivityBatchIn(TypedDict):
    """
    Up to 500 activities. One that is not valid is rejected alone, so each is read by itself.
    """

    items: list[ActivityIn]


class ActivityBatchOut(TypedDict):
    """
    One result for each activity, in the order they were sent.
    """

    items: list[ItemResult]


class AreaCountsOut(TypedDict):
    area: str
    title: TextIO
    counts: BandCounts
    n: int


class AreaIO(TypedDict):
    key: str
    title: TextIO
    min_answered_share: NotRequired[float]


class AskedItem(TypedDict):
    key: str
    component: str
    text: TextIO


class AskedRole(TypedDict):
    key: Literal["leader", "educator", "assistant", "childminder", "other"]
    title: TextIO


class BatchIssue(TypedDict):
    """
    A unit or room whose report could not be made, and why; the rest of the batch is there.
    """

    code: str
    sentence: Sentences
    unit_id: str
    unit_external_id: str
    room_id: str | None
    room_external_id: str | None


class CalendarWeekOut(TypedDict):
    """
    `closed` says why; null is an open week. `period` and `phase` are numbers from 1, null outside of them.
    """

    week: str
    closed: TextOut | None
    period: int | None
    phase: int | None


class ChangeRulesOut(TypedDict):
    """
    With fewer than `min_n` answers either time it is too few to say; a response rate that moved more than
    `max_rate_shift` (0-1) asks for careful words.
    """

    version: str
    source: SourceText
    min_n: int
    max_rate_shift: float


class ChildParticipationOut(TypedDict):
    """
    One child; `states` has a word for each of the period's weeks.
    """

    child_id: str
    external_id: str
    counted_weeks: int
    too_early: bool
    immersion_activity: MeasureOut
    focus_conversation: MeasureOut
    states: list[Literal["seen", "not_seen", "absent", "closed", "not_enrolled", "not_recorded"]]


class ClosedDaysIO(TypedDict):
    """
    Days of one year, both included.
    """

    title: TextIO
    first: str
    last: str


class ComponentChangeOut(TypedDict):
    """
    One component then and now, on 0-100. `earlier_key` is what it was called then.
    """

    key: str
    kind: Literal["primary", "contextual"]
    earlier_key: str | None
    verdict: Literal["up", "down", "within_chance", "too_few", "not_shown", "line_broken"]
    before: float | None
    now: float | None
    n_before: int | None
    n_now: int | None
    difference: DifferenceOut | None
    broken: LineBrokenOut | None
    suppressed_before: SuppressionOut | None
    suppressed_now: SuppressionOut | None


class DevelopmentItemIO(TypedDict):
    key: str
    area: str
    text: TextIO


class DevelopmentPlaceOut(TypedDict):
    """
    `assessed` children and their bands, where there are enough of them: in an area with fewer than `fewest` children
    with a band, and in a place that is `suppressed`, nothing is told.
    """

    kind: Literal["room", "unit", "area", "municipality"]
    id: str
    external_id: str
    name: str
    assessed: int | None
    areas: list[AreaCountsOut | None] | None
    suppressed: Literal["too_few", "protects_others"] | None


class DueOut(TypedDict):
    """
    What a room is to do now, the oldest first. Empty lists: nothing is waiting.
    """

    room_id: str
    on: str
    weeks: list[WeekDueOut]
    unobserved: list[UnobservedOut]
    evaluations: list[EvaluationDueOut]
    assessments: list[AssessmentDueOut]
    meetings: list[MeetingDueOut]
    goals: list[GoalDueOut]
    rules: str


class ElementIO(TypedDict):
    key: str
    title: TextIO
    min_answered_share: NotRequired[float]


class ElementScoreOut(TypedDict):
    """
    `score` is the mean of the answered items on 1-5; null when fewer than the form asks for are answered.
    """

    element: str
    title: TextIO
    answered: int
    items: int
    score: float | None


class ElementTrendOut(TypedDict):
    """
    A core element over `periods`, null where it has no score; `step` is from the period before to the last.
    """

    element: str
    title: TextIO
    scores: list[float | None]
    step: Literal["higher", "lower", "steady", "unknown", "line_broken"]
    difference: float | None


class EnrolledOut(TypedDict):
    """
    What the tablet keeps: its token, and the key (32 bytes, base64) to encrypt what it holds with.

    Enrolled anew, a tablet gets another token and the same key, so that nothing it has not sent yet is lost.
    """

    device_id: str
    device_token: str
    data_key: str
    room: EnrolledRoom


class ExplainedItemOut(TypedDict):
    key: str
    text: SentenceOut
    reverse: bool
    n: int | None
    score: float | None


class FollowUpOut(TypedDict):
    """
    How far it has come, computed from the data now. `ongoing` until the goal's last week is over. `comparable` is
    false when the line or the form is another than at the baseline. `baseline_today` is the baseline's value in the
    data of today: another than the stored one when something was corrected since. The sentence never names a cause.
    """

    reading: ReadingOut | None
    status: Literal["reached", "on_the_way", "not_closer", "too_early"]
    ongoing: bool
    comparable: bool
    baseline_today: float | None
    sentence: Sentences


class FunnelOut(TypedDict):
    """
    The share of children who develop as expected in each shown unit, by size and never by share, between exact
    binomial limits around `target`, the share of all of them together.
    """

    area: str
    title: TextIO
    count: int
    n: int
    target: float
    points: list[FunnelPointOut]


class GoalOut(TypedDict):
    """
    `evaluated` is what was read when the goal was evaluated; `follow_up` what is read now.
    """

    id: str
    room_id: str | None
    unit_id: str | None
    title: str
    measure: Literal[
        "children_at_line", "children_below_both", "mean_rate", "element_score", "age_appropriate", "activities_a_week"
    ]
    about: str | None
    target: float
    first_week: str
    last_week: str
    responsible: str
    initiative: str
    step: Literal["chosen", "started", "evaluated", "decided"]
    next_steps: list[Literal["chosen", "started", "evaluated", "decided"]]
    evaluation: str
    decision: Literal["go_on", "adjust", "stop"] | None
    baseline: ReadingOut
    evaluated: ReadingOut | None
    created_at: str
    updated_at: str
    revision: int
    follow_up: FollowUpOut


class GoalSummary(TypedDict):
    id: str
    room_id: str | None
    unit_id: str | None
    title: str
    measure: Literal[
        "children_at_line", "children_below_both", "mean_rate", "element_score", "age_appropriate", "activities_a_week"
    ]
    about: str | None
    target: float
    first_week: str
    last_week: str
    responsible: str
    initiative: str
    step: Literal["chosen", "started", "evaluated", "decided"]
    next_steps: list[Literal["chosen", "started", "evaluated", "decided"]]
    evaluation: str
    decision: Literal["go_on", "adjust", "stop"] | None
    baseline: ReadingOut
    evaluated: ReadingOut | None
    created_at: str
    updated_at: str
    revision: int


class HistoryOut(TypedDict):
    """
    Every revision, the oldest first.
    """

    items: list[RevisionOut]


class InstrumentSummary(TypedDict):
    key: str
    version: int
    title: TextIO
    components: int
    items: int
    published_at: str


class InvitationsIn(TypedDict):
    units: list[InvitedUnitIn]


class InvitationsOut(TypedDict):
    units: list[UnitInvitationsOut]


class InvitedIn(TypedDict):
    """
    How many were asked in each unit; units that are not named keep their number.
    """

    units: list[InvitedUnit]


class IssueOut(TypedDict):
    """
    One thing in the file: where (the header is row 1), a permanent code, a sentence and what to do about it.
    """

    file: str | None
    row: int | None
    column: str | None
    code: str
    params: dict[str, Any]
    sentence: Sentences
    hint: Sentences


class ItemIO(TypedDict):
    key: str
    component: str
    text: TextIO
    reverse: NotRequired[bool]


class ItemResultOut(TypedDict):
    """
    `distribution` counts the answers as given, from the scale's lowest to its highest; `rwg` is shown with it.
    """

    key: str
    n: int | None
    mean: float | None
    score: float | None
    positive_share: float | None
    negative_share: float | None
    distribution: list[int] | None
    rwg: float | None
    agreement_band: Literal["none", "weak", "moderate", "strong", "very_strong"] | None
    classification: Literal["driver", "barrier", "mixed"] | None
    suppressed: SuppressionOut | None


class LineIO(TypedDict):
    """
    `per_week` is the dashed line. `rolling` and `median_share` are said beside it, never instead of it.
    """

    kind: Literal["immersion_activity", "focus_conversation"]
    setting_type: NotRequired[Literal["childminding", "nursery", "kindergarten", "integrated"] | None]
    per_week: float
    rolling: NotRequired[RollingIO | None]
    median_share: NotRequired[float | None]


class LineOut(TypedDict):
    """
    The dashed line: so many participations per counted week, with its version and source.
    """

    per_week: float
    version: str
    source: SentenceOut


class Me(TypedDict):
    subject: str
    name: str
    role: Literal["administration", "area_leader", "leader", "educator", "researcher", "integration", "device"]
    municipality_id: str
    places: list[PlaceOut]
    scopes: list[
        Literal[
            "roster:read",
            "roster:write",
            "children:read",
            "children:write",
            "observations:read",
            "observations:write",
            "development:read",
            "development:write",
            "surveys:read",
            "surveys:write",
            "reports:read",
            "imports:write",
            "audit:read",
            "configuration:write",
            "devices:write",
        ]
    ]


class NormsIO(TypedDict):
    """
    `monolingual` says that they were made among children with one language: that is said where it matters.
    """

    version: str
    source: NotRequired[SourceIO]
    monolingual: NotRequired[bool]
    rows: list[NormRowIO]


class ObservedCellOut(TypedDict):
    """
    Children with enough counted weeks, in each room they were in; `per_week` is over every counted week of a
    child.
    """

    judged: int
    below: BelowOut
    reach_both: int
    per_week: PerKindOrNone


class ObservedPlaceOut(TypedDict):
    """
    `cell` is null where `suppressed` says why: fewer children than `fewest`, or to protect a group that has.
    """

    kind: Literal["room", "unit", "area", "setting_type", "municipality"]
    id: str
    external_id: str
    name: str
    setting_type: Literal["childminding", "nursery", "kindergarten", "integrated"] | None
    rooms: int
    weeks: RoomWeeksOut
    cell: ObservedCellOut | None
    suppressed: Literal["too_few", "protects_others"] | None


class Obstacle(TypedDict):
    """
    What hinders work behind the scenes: a code of the catalogue, since nobody is there to be answered.
    """

    code: str
    sentence: Sentences


OverviewOut = TypedDict(
    "OverviewOut",
    {
        "from": str,
        "to": str,
        "whole": ObservedPlaceOut,
        "parts": list[ObservedPlaceOut],
        "fewest": int,
        "versions": RuleVersions,
    },
)


class PageGoalSummary(TypedDict):
    items: list[GoalSummary]
    next: str | None


class PageInstrumentSummary(TypedDict):
    items: list[InstrumentSummary]
    next: str | None


class PageIssueOut(TypedDict):
    items: list[IssueOut]
    next: str | None


class PageRoomOut(TypedDict):
    items: list[RoomOut]
    next: str | None


class PageRoomWeekVersionOut(TypedDict):
    items: list[RoomWeekVersionOut]
    next: str | None


class PageRoundOut(TypedDict):
    items: list[RoundOut]
    next: str | None


class PageStaffOut(TypedDict):
    items: list[StaffOut]
    next: str | None


class PageUnitOut(TypedDict):
    items: list[UnitOut]
    next: str | None


ParticipationOut = TypedDict(
    "ParticipationOut",
    {
        "room_id": str,
        "from": str,
        "to": str,
        "weeks": list[WeekOut],
        "thresholds": PerKind,
        "children": list[ChildParticipationOut],
        "below": BelowOut,
        "judged": int,
        "incomplete": bool,
        "versions": RuleVersions,
    },
)


class ParticipationRulesOut(TypedDict):
    version: str
    source: SentenceOut
    min_enrolled_weekdays: int
    min_counted_weeks: int
    min_completed_share: float


class PhaseIO(TypedDict):
    title: TextIO
    years: int


class PhaseOut(TypedDict):
    number: int
    title: TextOut
    years: int


class PracticeEvaluationOut(TypedDict):
    id: str
    room_id: str
    kind: Literal["individual", "joint"]
    rater_id: str | None
    first_week: str
    last_week: str
    form_key: str
    form_version: int
    state: Literal["draft", "final"]
    answers: dict[str, int | None]
    comments: dict[str, str]
    agreements: list[AgreementIO]
    scores: list[ElementScoreOut]
    created_at: str
    updated_at: str
    revision: int


class PracticeItemIO(TypedDict):
    key: str
    element: str
    text: TextIO


class PracticeOut(TypedDict):
    """
    A room's practice over its last periods with a final joint evaluation, the oldest first.
    """

    room_id: str
    periods: list[EvaluatedPeriodOut]
    elements: list[ElementTrendOut]
    rules_version: str


class ProgressOut(TypedDict):
    """
    `answered` is null of a closed round where its results hide how many there are.
    """

    invited: int | None
    answered: int | None
    units: list[UnitProgress]


class PromptIO(TypedDict):
    """
    A question for the talk between leader and staff, asked always or when a component stands out so.
    """

    occasion: Literal["always", "driver", "barrier", "spread"]
    component: NotRequired[str | None]
    text: TextIO


class PublishedSummary(TypedDict):
    """
    `published_at` is null for the version that comes along and that nobody has used yet.
    """

    key: str
    version: int
    title: TextIO
    items: int
    published_at: str | None


class RatingScaleIO(TypedDict):
    min: NotRequired[int]
    max: NotRequired[int]
    labels: NotRequired[list[TextIO]]


class RecordOut(TypedDict):
    """
    Everything that is recorded about a child as it stands now, the oldest first. `deleted_at` where it was deleted;
    withdrawn activities and assessments are still recorded, and say when they were withdrawn.
    """

    child: ChildOut
    deleted_at: str | None
    activities: list[RecordedActivityOut]
    weeks: list[RecordedWeekOut]
    development: list[RecordedAssessmentOut]


ReportBatchOut = TypedDict(
    "ReportBatchOut",
    {
        "id": str,
        "kind": Literal["readiness", "room"],
        "survey_round_id": str | None,
        "from": str | None,
        "to": str | None,
        "scope": str,
        "language": Literal["da", "en"],
        "format": Literal["pdf", "png", "svg", "html", "json", "csv"],
        "version": Literal["full", "wall"],
        "status": Literal["queued", "running", "done", "failed"],
        "total": int,
        "done": int,
        "issues": list[BatchIssue],
        "created_at": str,
        "finished_at": str | None,
        "expires_at": str | None,
    },
)


class ReportOut(TypedDict):
    created: int
    updated: int
    unchanged: int
    rejected: int
    removed: int
    tables: dict[str, CountsOut]
    issues: int
    notes: list[IssueOut]


class ResultExplanationOut(TypedDict):
    """
    One number of a closed round. Nothing is told that is not published.

    `value` is a number, a word, a truth, or a list for an interval (low, high) and a distribution; null where
    `why_empty` says why. `left_out` answered something, but too few of the statements for a score here.
    """

    round_id: str
    closed_at: str
    scope: ScopeOut
    by: Literal["setting_type", "role"] | None
    group: str | None
    merged: bool
    component: str | None
    item: str | None
    measure: str
    level: Literal["cell", "component", "item"]
    value: bool | int | float | str | list[int | float] | None
    why_empty: WhyEmptyOut | None
    title: SentenceOut
    how: SentenceOut
    formula: str
    source: str
    inputs: list[InputOut]
    items: list[ExplainedItemOut]
    missing_rule: MissingRuleOut | None
    n: int | None
    left_out: int | None
    invited: int | None
    thresholds: list[ThresholdOut]
    since: EarlierRound | None
    versions: VersionsOut


class RoomWeekIn(TypedDict):
    """
    The week as it stands. A tally replaces what was there for its child; children not named keep theirs.

    `closed` and `completed` stay as they were when left out, so a late tally does not reopen a completed week; a week
    is not both, so saying one ends the other.
    """

    closed: NotRequired[bool | None]
    completed: NotRequired[bool | None]
    tallies: NotRequired[list[TallyIn]]


class RoomWeekOut(TypedDict):
    room_id: str
    week: str
    state: Literal["completed", "closed", "not_recorded"]
    closed: bool
    completed: bool
    tallies: list[TallyOut]
    revision: int


class ScaleIO(TypedDict):
    min: int
    max: int
    labels: NotRequired[list[TextIO]]


class ShareChangeOut(TypedDict):
    """
    The share of age-appropriate children then and now. `verdict` is about the matched children; only without any
    child in common about two groups, and then `difference` is given. It says nothing about causes.
    """

    before: ShareOut | None
    now: ShareOut | None
    matched: MatchedOut | None
    arrivals: ShareOut | None
    leavers: ShareOut | None
    difference: ShareDifferenceOut | None
    verdict: Literal["up", "down", "within_chance", "too_few"]
    sentence: TextIO


class TaskIO(TypedDict):
    """
    A leadership task for places at `position` on the readiness map: first primary component, then second.
    """

    position: Literal["over_over", "over_under", "under_over", "under_under"]
    text: TextIO


class ThresholdsIO(TypedDict):
    """
    The dashed line for each kind: one for all setting types, and those of single ones beside it.
    """

    source: NotRequired[SourceIO]
    lines: list[LineIO]
    rules: NotRequired[RulesIO]
    patterns: NotRequired[PatternsIO]


class VocabularyIO(TypedDict):
    """
    What staff choose among when they record.
    """

    source: NotRequired[SourceIO]
    learning_areas: list[WordIO]
    strategies: list[WordIO]


class YearOut(TypedDict):
    """
    The coming year. `report_opens` is the first day of room data reports; null: they are open, or no theme of the
    calendar opens them (`report_open` says which).
    """

    unit_id: str | None
    version: str
    starts: str | None
    report_opens: str | None
    report_open: bool
    phases: list[PhaseOut]
    periods: list[ThemeOut]
    weeks: list[CalendarWeekOut]


class AreaDevelopmentOut(TypedDict):
    """
    Children with a final joint assessment by band; `without` have no band. `change` is null where the half-year
    before was assessed with another version of the instrument.
    """

    area: str
    title: TextIO
    counts: BandCounts
    n: int
    without: int
    change: ShareChangeOut | None


class AskedComponent(TypedDict):
    key: str
    title: TextIO
    scale: ScaleIO


class CalendarIO(TypedDict):
    """
    Closed weeks, themes of so many open weeks, phases of so many years from a unit's start, and the windows in which
    children's development is assessed. Without `starts` a unit has no themes and phases, and its reports are open.
    """

    source: NotRequired[SourceIO]
    starts: NotRequired[str | None]
    units: NotRequired[list[UnitStartIO]]
    themes: list[TextIO]
    weeks_per_theme: NotRequired[int]
    report_from_theme: NotRequired[int]
    phases: NotRequired[list[PhaseIO]]
    closed_days: NotRequired[list[ClosedDaysIO]]
    closed_every_year: NotRequired[list[YearlyClosedIO]]
    min_closed_weekdays: NotRequired[int]
    spring_window: NotRequired[WindowIO]
    autumn_window: NotRequired[WindowIO]


class ChangeCell(TypedDict):
    key: str
    components: list[ComponentChangeOut]
    readiness: ReadinessChangeOut | None
    response: ResponseShiftOut


class ChangeOut(TypedDict):
    """
    What has changed in one place since an earlier round; made of what both rounds published and nothing else.

    `comparable` is false where the line is broken for every component. `new_units` belong to the place now only,
    `gone_units` then only: where there are any, it is not quite the same place. `groups` are the categories of `by`
    that both rounds had, null without it.
    """

    round_id: str
    instrument_key: str
    instrument_version: int
    closed_at: str
    scope: ScopeOut
    since: EarlierRound
    comparable: bool
    new_units: int
    gone_units: int
    components: list[ComponentChangeOut]
    readiness: ReadinessChangeOut | None
    response: ResponseShiftOut
    rules: ChangeRulesOut
    by: Literal["setting_type", "role"] | None
    groups: list[ChangeCell] | None


class ComponentIO(TypedDict):
    key: str
    kind: Literal["primary", "contextual"]
    title: TextIO
    min_answered_share: NotRequired[float]
    scale: NotRequired[ScaleIO | None]


class ComponentResultOut(TypedDict):
    """
    `mean`, `sd`, `ci_*`, `fpc_ci_*` are on the component's scale; `score*` on 0-100. Intervals are 95 %.
    """

    key: str
    kind: Literal["primary", "contextual"]
    n: int | None
    invited: int | None
    response_rate: float | None
    mean: float | None
    sd: float | None
    score: float | None
    ci_low: float | None
    ci_high: float | None
    score_ci_low: float | None
    score_ci_high: float | None
    fpc_ci_low: float | None
    fpc_ci_high: float | None
    unit_mean: float | None
    positive_share: float | None
    negative_share: float | None
    rwg_j: float | None
    icc1: float | None
    icc2: float | None
    alpha: float | None
    alpha_standardised: float | None
    omega: float | None
    agreement_band: Literal["none", "weak", "moderate", "strong", "very_strong"] | None
    icc1_band: Literal["none", "small", "medium", "large"] | None
    icc2_band: Literal["low", "moderate", "adequate", "high"] | None
    classification: Literal["driver", "barrier", "mixed"] | None
    spread: bool | None
    suppressed: SuppressionOut | None
    items: list[ItemResultOut]


class DevelopmentInstrumentIO(TypedDict):
    """
    A version of the instrument with its norms. Published once; other norms are another version.

    A joint rating becomes final after `ratings_before_joint` final individual ones: 2, or fewer where somebody works
    alone.
    """

    key: str
    version: int
    title: TextIO
    scale: NotRequired[RatingScaleIO]
    areas: list[AreaIO]
    items: list[DevelopmentItemIO]
    norms: NormsIO
    ratings_before_joint: NotRequired[int]
    source: NotRequired[SourceIO]
    licence: NotRequired[str]


class DevelopmentOut(TypedDict):
    """
    What a room's assessments of a half-year add up to. `final` children have a final joint assessment, `started` any
    rating at all.
    """

    room_id: str
    half_year: str
    window_opens: str
    window_closes: str
    instrument: UsedInstrumentOut | None
    started: int
    final: int
    areas: list[AreaDevelopmentOut]
    agreement: list[RaterAgreementOut]
    rules: DevelopmentRulesOut


class DevelopmentOverviewOut(TypedDict):
    """
    A place and what it consists of: a unit's rooms, an area's units, the municipality's areas and units, in the
    order of their names. No child is named or shown. `funnels` has the learning areas in which two units or more are
    shown.
    """

    half_year: str
    instrument: UsedInstrumentOut | None
    whole: DevelopmentPlaceOut
    parts: list[DevelopmentPlaceOut]
    funnels: list[FunnelOut]
    fewest: int


class ImportOut(TypedDict):
    """
    `status` of a check is what the status of a commit would have been; a check never changes anything.
    """

    id: str
    dataset: Literal["roster", "survey-answers", "instruments", "practice-evaluations", "development-assessments"]
    mode: Literal["check", "commit"]
    status: Literal["queued", "running", "done", "refused", "failed"]
    created_at: str
    finished_at: str | None
    report: ReportOut | None


class InstrumentIO(TypedDict):
    """
    A version of a questionnaire. Once published it never changes.
    """

    key: str
    version: int
    title: TextIO
    scale: ScaleIO
    components: list[ComponentIO]
    items: list[ItemIO]
    rules: NotRequired[ScoringRulesIO]
    tasks: NotRequired[list[TaskIO]]
    prompts: NotRequired[list[PromptIO]]
    equivalences: NotRequired[list[EquivalenceIO]]
    source: NotRequired[SourceIO]
    licence: NotRequired[str]


class InvitedOut(TypedDict):
    """
    `mail_problem` is what hinders e-mails at present, if anything does; they wait until it is over.
    """

    units: list[UnitInvitedOut]
    mail_problem: Obstacle | None


class PagePracticeEvaluationOut(TypedDict):
    items: list[PracticeEvaluationOut]
    next: str | None


class PagePublishedSummary(TypedDict):
    items: list[PublishedSummary]
    next: str | None


ParticipationExplanationOut = TypedDict(
    "ParticipationExplanationOut",
    {
        "room_id": str,
        "child_id": str,
        "external_id": str,
        "from": str,
        "to": str,
        "kind": Literal["immersion_activity", "focus_conversation"],
        "measure": Literal["participation"],
        "value": float | None,
        "why_empty": WhyEmptyOut | None,
        "title": SentenceOut,
        "how": SentenceOut,
        "formula": str,
        "source": str,
        "count": int,
        "counted_weeks": int,
        "too_early": bool,
        "below": bool | None,
        "weeks": list[CountedWeekOut],
        "line": LineOut,
        "rules": ParticipationRulesOut,
        "software": str,
    },
)


class PracticeFormIO(TypedDict):
    """
    A version of the form: the four core elements with three to six items each, rated 1-5. Published once.
    """

    key: str
    version: int
    title: TextIO
    labels: NotRequired[list[TextIO]]
    elements: list[ElementIO]
    items: list[PracticeItemIO]
    source: NotRequired[SourceIO]
    licence: NotRequired[str]


class PublishInCalendarIO(TypedDict):
    version: int
    valid_from: str
    content: CalendarIO


class PublishInThresholdsIO(TypedDict):
    version: int
    valid_from: str
    content: ThresholdsIO


class PublishInVocabularyIO(TypedDict):
    version: int
    valid_from: str
    content: VocabularyIO


class PublishedOutCalendarIO(TypedDict):
    version: int
    valid_from: str | None
    published_at: str | None
    content: CalendarIO


class PublishedOutThresholdsIO(TypedDict):
    version: int
    valid_from: str | None
    published_at: str | None
    content: ThresholdsIO


class PublishedOutVocabularyIO(TypedDict):
    version: int
    valid_from: str | None
    published_at: str | None
    content: VocabularyIO


class QuestionnaireOut(TypedDict):
    """
    What is asked, in both languages, and what was saved. `shared`: begin with a POST to get a link of your own.
    """

    state: Literal["shared", "new", "saved"]
    title: str
    municipality: str
    unit: str
    closes_on: str
    minimum: int
    instrument_key: str
    instrument_version: int
    instrument_title: TextIO
    components: list[AskedComponent]
    items: list[AskedItem]
    roles: list[AskedRole]
    answers: dict[str, int | None]
    role: Literal["leader", "educator", "assistant", "childminder", "other"] | None


class CellOut(TypedDict):
    """
    `position` is the place on the map, first primary component then second: `over_around`, `under_over`, ...;
    `around` where the interval straddles the line.
    """

    key: str
    n: int | None
    invited: int | None
    response_rate: float | None
    readiness: float | None
    readiness_by_rule: ReadinessByRule
    position: str | None
    suppressed: SuppressionOut | None
    components: list[ComponentResultOut]


class MergedOut(TypedDict):
    """
    The group in which a unit's answers are shown since it, or another unit of it, is too small to be shown alone.

    `units` counts the units in it; `setting_type` and `area_id` are what they have in common.
    """

    units: int
    setting_type: str | None
    area_id: str | None
    results: CellOut


class PagePublishedOutCalendarIO(TypedDict):
    items: list[PublishedOutCalendarIO]
    next: str | None


class PagePublishedOutThresholdsIO(TypedDict):
    items: list[PublishedOutThresholdsIO]
    next: str | None


class PagePublishedOutVocabularyIO(TypedDict):
    items: list[PublishedOutVocabularyIO]
    next: str | None


class ResultsOut(TypedDict):
    """
    What a closed round says about one place; `groups` are the categories of `by`, null without it.

    `bands_version` is the version of the limits behind `agreement_band`, `icc1_band` and `icc2_band`.
    """

    round_id: str
    instrument_key: str
    instrument_version: int
    closed_at: str
    scope: ScopeOut
    n: int | None
    invited: int | None
    response_rate: float | None
    readiness: float | None
    readiness_by_rule: ReadinessByRule
    position: str | None
    bands_version: str
    suppressed: SuppressionOut | None
    components: list[ComponentResultOut]
    by: Literal["setting_type", "role", "area"] | None
    groups: list[CellOut] | None
    merged: MergedOut | None
