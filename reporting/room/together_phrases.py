"""What is said of how the groups were composed, which strategies were used, and of the lines beside the dashed one."""

TOGETHER_PHRASES: dict[str, tuple[str, str]] = {
    "composition": ("Hvordan har I sammensat grupperne?", "How did you compose the groups?"),
    "strategies": ("Hvilke strategier har I brugt?", "Which strategies did you use?"),
    "mixed_support_need": ("Med og uden støttebehov sammen", "With and without support needs together"),
    "mixed_multilingual": ("Flersprogede og øvrige sammen", "Multilingual and others together"),
    "composition_note": (
        "Én prik er én fordybelsesaktivitet med mindst to børn. Udfyldt: børnene var blandet. I gennemsnit var der "
        "{size} børn med.",
        "One dot is one immersion activity with two children or more. Filled: the children were mixed. On average "
        "{size} children took part.",
    ),
    "strategies_note": (
        "Så mange af jeres {n} aktiviteter og samtaler brugte strategien. En aktivitet kan bruge flere.",
        "So many of your {n} activities and conversations used the strategy. One can use several.",
    ),
    "strategies_unused": ("Ikke brugt i perioden: {list}.", "Not used in the period: {list}."),
    "activities_column": ("Aktiviteter", "Activities"),
    "strategy": ("Strategi", "Strategy"),
    "grouping": ("Gruppe", "Group"),
    "mixed_column": ("Blandet", "Mixed"),
    "of_column": ("Af", "Of"),
    "lately": (
        "Under linjen i de seneste {weeks} uger, men ikke i hele perioden, i {kind}: {codes}. Hvad er ændret?",
        "Below the line in the last {weeks} weeks, but not in the whole period, in {kind}: {codes}. What has changed?",
    ),
    "median": (
        "Under {share} af stuens median i {kind}: {codes}. Det siger ikke, om stuen som helhed ligger højt eller lavt.",
        "Under {share} of the room's median in {kind}: {codes}. It does not say whether the room as a whole is high or "
        "low.",
    ),
}  # fmt: skip
