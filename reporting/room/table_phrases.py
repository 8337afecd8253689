"""The headings of the tables behind the charts of the web page."""

TABLE_PHRASES: dict[str, tuple[str, str]] = {
    "numbers": ("Tallene bag figuren", "The numbers behind the chart"),
    "table": ("Tabel", "Table"),
    "wider": (
        "Figuren er bredere end skærmen: rul til siden, eller åbn tallene bag den.",
        "The chart is wider than the screen: scroll sideways, or open the numbers behind it.",
    ),
    "child": ("Barn", "Child"),
    "group": ("Gruppe", "Group"),
    "counted_weeks": ("Uger, der tæller", "Weeks that count"),
    "times": ("{kind}: gange", "{kind}: times"),
    "rate": ("{kind}: om ugen", "{kind}: a week"),
    "verdict": ("{kind}: linjen", "{kind}: the line"),
    "reached": ("når linjen", "reaches the line"),
    "under": ("under linjen", "below the line"),
    "undecided": ("for tidligt at sige", "too early to say"),
    "kind": ("Form for deltagelse", "Kind of participation"),
    "below_line": ("Under linjen", "Below the line"),
    "of_judged": ("Af", "Of"),
    "week_column": ("Uge", "Week"),
    "state": ("Tilstand", "State"),
    "seen_column": ("Børn set", "Children seen"),
    "area": ("Læringsområde", "Learning area"),
    "total": ("I alt", "In all"),
}
