"""The sentences that say how a room's numbers were made."""

METHOD_PHRASES: dict[str, tuple[str, str]] = {
    "method_count_term": ("Hvad tæller", "What counts"),
    "method_count": (
        "En uge tæller for et barn, når stuen har afsluttet ugen, barnet var indskrevet mindst {days} af ugens fem "
        "hverdage og ikke var fraværende. Lukkede uger tæller ikke. Aktiviteter og ugens optælling lægges ikke "
        "sammen: for hver uge gælder det største af de to tal. Et barn, der er meldt fraværende, men alligevel har "
        "været med, var til stede.",
        "A week counts for a child when the room has completed it, the child was enrolled at least {days} of its five "
        "weekdays and was not absent. Closed weeks do not count. Activities and the weekly tally are not added up: "
        "for each week the larger of the two counts. A child marked absent who took part all the same was present.",
    ),
    "method_rate_term": ("Deltagelse", "Participation"),
    "method_rate": (
        "Gange barnet har været med, delt med barnets tællende uger. Der afrundes ikke, før der sammenlignes.",
        "Times the child took part, divided by the child's weeks that count. Nothing is rounded before comparing.",
    ),
    "method_line_term": ("Den stiplede linje", "The dashed line"),
    "method_line": (
        "Fordybelsesaktiviteter: {immersion} om ugen. Fokussamtaler: {focus} om ugen. Under linjen er strengt mindre. "
        "Udgave {version}: {source}",
        "Immersion activities: {immersion} a week. Focus conversations: {focus} a week. Below the line is strictly "
        "less. Version {version}: {source}",
    ),
    "method_early_term": ("For tidligt at sige", "Too early to say"),
    "method_early": (
        "Færre end {weeks} tællende uger for barnet. Er under {share} af periodens uger afsluttet, siger rapporten "
        "det. Regler, udgave {version}.",
        "Fewer than {weeks} weeks that count for the child. When under {share} of the weeks are completed, the report "
        "says so. Rules, version {version}.",
    ),
    "method_pattern_term": ("Mønstre", "Patterns"),
    "method_pattern": (
        "En gruppe fremhæves, når dens andel under linjen er mindst {points} procentpoint større end de øvriges, "
        "og det svarer til mindst {children} børn flere, end de øvriges andel ville give. Begge grupper har mindst "
        "{group} børn. Der regnes ikke på tilfældighed: det er jeres stue, ikke en stikprøve. Alderen er den på "
        "periodens sidste dag. Regler, udgave {version}.",
        "A group is pointed out when its share below the line is at least {points} percentage points larger than that "
        "of the others, and this amounts to at least {children} more children than the others' share would give. "
        "Both groups have {group} children or more. There are no significance tests: this is your room, not a sample. "
        "Age is that on the last day of the period. Rules, version {version}.",
    ),
    "method_versions_term": ("Data og udgaver", "Data and versions"),
    "method_versions": (
        "Data pr. {time}. {versions}Dokumentets kode {code} står for disse tal.",
        "Data as of {time}. {versions}The document's code {code} stands for these numbers.",
    ),
    "software": ("System", "System"),
    "footer": (
        "Data pr. {time} · linje {line} · {children} · {shown}",
        "Data as of {time} · line {line} · {children} · {shown}",
    ),
    "shows_codes": ("koder i stedet for navne", "codes instead of names"),
    "shows_names": ("med børnenes navne", "with the children's names"),
    "one_child": ("1 barn", "1 child"),
    "children": ("{n} børn", "{n} children"),
}  # fmt: skip
