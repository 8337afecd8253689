"""The period week by week: which weeks count, and the learning areas worked with. Report value -> Figure."""

from matplotlib.figure import Figure

from reporting import charts
from reporting.charts import Box, Scale
from reporting.numbers import Language, out_of, whole
from reporting.room.build import Activities, LearningArea, RoomReport
from reporting.room.phrases import say
from reporting.style import COLOUR, PAGE, SIZE
from reporting.style.fonts import text_width, wrap

BOX = 6.5
AREA_LABEL = 40.0
AREA_TOTAL = 12.0
AREA_HEIGHT = 11.0
MAX_WEEK = 24.0  # a box is never wider, so that a week looks like a week


def weeks_figure(report: RoomReport, *, language: Language) -> Figure:
    """A box a week: filled when completed, open when closed, hatched when nobody has said."""
    figure = charts.new_figure(PAGE.content, BOX + 10.0)
    step = _step(report)
    gap = min(1.2, step * 0.12)
    boxes = [(i * step + 0.3, 0.5, step - gap - 0.3, BOX) for i in range(len(report.weeks))]
    by_state: dict[str, list[Box]] = {"completed": [], "closed": [], "not_recorded": []}
    for room_week, box in zip(report.weeks, boxes, strict=True):
        by_state[room_week.state].append(box)
    charts.boxes(figure, by_state["completed"], colour=COLOUR.you)
    charts.boxes(figure, by_state["closed"], colour=COLOUR.paper, edge=COLOUR.rest)
    charts.hatched(figure, by_state["not_recorded"])
    _week_names(figure, report, [x + w / 2 for x, _, w, _ in boxes], y=BOX + 3.4, language=language)
    if counts_fit(report):
        for i, (x, _, w, _) in enumerate(boxes):
            charts.text(
                figure, x + w / 2, BOX + 7.4, _under(report, i, language),
                size=SIZE.chart_small, colour=COLOUR.muted, align="center",
            )  # fmt: skip
    return figure


def _step(report: RoomReport) -> float:
    return min(MAX_WEEK, PAGE.content / len(report.weeks))


def counts_fit(report: RoomReport) -> bool:
    """Whether each week is wide enough for a line of words under it; a longer period shows the boxes alone."""
    return _step(report) >= 17.0


def _under(report: RoomReport, index: int, language: Language) -> str:
    """How many of the children present were seen that week; a state word for a week that does not count."""
    state = report.weeks[index].state
    if state != "completed":
        return say(state, language)
    return seen_text(report, index, language)


def seen_text(report: RoomReport, index: int, language: Language) -> str:
    """As "16 af 18 set"."""
    seen, present = seen_in_week(report, index)
    if not present:
        return say("nobody_present", language)
    return say("seen", language, part=out_of(seen, present, language=language))


def seen_in_week(report: RoomReport, index: int) -> tuple[int, int]:
    """Children seen, of the children for whom the week counts."""
    states = [row.states[index] for row in report.children]
    seen = states.count("seen")
    return seen, seen + states.count("not_seen")


def _week_names(figure: Figure, report: Activities, middles: list[float], *, y: float, language: Language) -> None:
    """ "uge 35" under each week, or under every so manieth where they would touch."""
    names = [say("week", language, n=str(room_week.week.isocalendar().week)) for room_week in report.weeks]
    widest = max(text_width(name, size=SIZE.chart_small) for name in names) + 1.0
    step = middles[1] - middles[0] if len(middles) > 1 else widest
    every = max(1, -int(-widest // step))
    for middle, name in list(zip(middles, names, strict=True))[::every]:
        charts.text(
            figure,
            min(max(middle, widest / 2), PAGE.content - widest / 2),
            y,
            name,
            size=SIZE.chart_small,
            align="center",
        )


def areas_figure(report: Activities, *, language: Language) -> Figure:
    """Each learning area: activities in all, and a column a week on one scale for all areas."""
    height = AREA_HEIGHT * len(report.areas) + 5.0
    figure = charts.new_figure(PAGE.content, height)
    left = AREA_LABEL + AREA_TOTAL
    step = min(MAX_WEEK * 0.66, (PAGE.content - left) / len(report.weeks))
    most = max(1, *(max(count or 0 for count in area.counts) for area in report.areas))
    for number, area in enumerate(report.areas):
        _draw_area(figure, report, area, top=number * AREA_HEIGHT, step=step, most=most, language=language)
    middles = [left + (i + 0.5) * step for i in range(len(report.weeks))]
    _week_names(figure, report, middles, y=height - 2.2, language=language)
    return figure


def _draw_area(
    figure: Figure, report: Activities, area: LearningArea, *, top: float, step: float, most: int, language: Language
) -> None:
    floor, left = top + AREA_HEIGHT - 1.6, AREA_LABEL + AREA_TOTAL
    title = wrap(area.title.in_language(language) or area.key, width=AREA_LABEL - 3.0, size=SIZE.chart)
    charts.paragraph(figure, 0.0, top + AREA_HEIGHT / 2 + 0.6, title[:3])
    charts.text(
        figure, left - 4.0, top + AREA_HEIGHT / 2 + 0.6, whole(area.total, language=language),
        strong=True, align="right", colour=COLOUR.look if area.total == 0 else COLOUR.ink,
    )  # fmt: skip
    tall = Scale((0, most), (0.0, AREA_HEIGHT - 5.0))
    columns: list[Box] = []
    hatched: list[Box] = []
    for i, (room_week, count) in enumerate(zip(report.weeks, area.counts, strict=True)):
        x, width = left + i * step + step * 0.2, step * 0.6
        if count is not None:
            columns.append((x, floor - tall(count), width, tall(count)))
            if step >= 5.0:
                _number(figure, count, x + width / 2, floor - tall(count) - 1.7, language)
        elif room_week.state != "closed":  # nobody has said, or only how often, not with what
            hatched.append((x, floor - 3.0, width, 3.0))
    charts.boxes(figure, [box for box in columns if box[3]], colour=COLOUR.you)
    charts.hatched(figure, hatched)
    charts.lines(figure, [(left, floor, left + step * len(report.weeks), floor)])


def _number(figure: Figure, count: int, x: float, y: float, language: Language) -> None:
    colour = COLOUR.ink if count else COLOUR.muted
    charts.text(figure, x, y, whole(count, language=language), size=SIZE.chart_small, colour=colour, align="center")
