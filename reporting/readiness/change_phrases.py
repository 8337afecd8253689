"""The sentences about change since an earlier survey, Danish and English side by side.

They say what is different and how sure that is, never why: a survey cannot know.
"""

CHANGE_PHRASES: dict[str, tuple[str, str]] = {
    "since": ("Siden sidst", "Since last time"),
    # what is compared
    "since_intro": (
        "Sammenlignet med »{title}« (fra den {opens} til den {closes}).",
        "Compared with “{title}” (from {opens} to {closes}).",
    ),
    "since_answers": ("Dengang svarede {before}, nu {now}.", "{before} answered then, {now} now."),
    "since_count": ("{n} ({rate} af de inviterede)", "{n} ({rate} of those invited)"),
    "since_other_units": (
        "Det er ikke helt de samme enheder: {new} er kommet til, og {gone} er ikke med mere.",
        "The units are not quite the same: {new} have joined, and {gone} are no longer part of it.",
    ),
    "since_careful_up": (
        "Svarprocenten er steget {points} procentpoint. Det er så meget, at forskellene kan skyldes, at andre har "
        "svaret end sidst.",
        "The response rate has risen by {points} percentage points. That is so much that the differences may be due "
        "to others having answered than last time.",
    ),
    "since_careful_down": (
        "Svarprocenten er faldet {points} procentpoint. Det er så meget, at forskellene kan skyldes, at andre har "
        "svaret end sidst.",
        "The response rate has fallen by {points} percentage points. That is so much that the differences may be due "
        "to others having answered than last time.",
    ),
    # what is different
    "since_up": (" er steget fra {before} til {now}", " has risen from {before} to {now}"),
    "since_down": (" er faldet fra {before} til {now}", " has fallen from {before} to {now}"),
    "since_up_careful": (
        " ligger højere end sidst: fra {before} til {now}",
        " is higher than last time: {before} to {now}",
    ),
    "since_down_careful": (
        " ligger lavere end sidst: fra {before} til {now}",
        " is lower than last time: {before} to {now}",
    ),
    "since_clear": (
        " (forskel {difference}; 95 %-interval {span}). Det er mere, end tilfældigheder alene normalt giver.",
        " (difference {difference}; 95% interval {span}). That is more than chance alone usually gives.",
    ),
    "since_clear_too": (
        " (forskel {difference}; 95 %-interval {span}).",
        " (difference {difference}; 95% interval {span}).",
    ),
    "since_within": (
        " gik fra {before} til {now} (forskel {difference}; 95 %-interval {span}). Det er inden for, hvad "
        "tilfældigheder alene kan give.",
        " went from {before} to {now} (difference {difference}; 95% interval {span}). That is within what chance "
        "alone may give.",
    ),
    "since_same": (
        " lå på {now} begge gange (forskel {difference}; 95 %-interval {span}).",
        " was {now} both times (difference {difference}; 95% interval {span}).",
    ),
    "since_within_rest": (
        "Også inden for, hvad tilfældigheder alene kan give: {titles}.",
        "Also within what chance alone may give: {titles}.",
    ),
    "since_within_only": (
        "Inden for, hvad tilfældigheder alene kan give: {titles}.",
        "Within what chance alone may give: {titles}.",
    ),
    "since_from_to": ("{title} ({before} til {now})", "{title} ({before} to {now})"),
    "since_none": (
        "Ingen af forskellene er større end det, tilfældigheder alene kan give: hverken frem- eller tilbagegang kan "
        "siges.",
        "None of the differences is larger than what chance alone may give: neither progress nor decline can be said.",
    ),
    "since_too_few": (
        "For få svar til at sige, om noget har ændret sig (under {minimum} en af gangene): {titles}.",
        "Too few answers to say whether anything has changed (below {minimum} one of the times): {titles}.",
    ),
    "since_too_few_all": (
        "Der er for få svar til at sige, om noget har ændret sig: under {minimum} mindst en af gangene.",
        "There are too few answers to say whether anything has changed: below {minimum} at least one of the times.",
    ),
    "since_not_shown": (
        "Tallet er skjult mindst en af gangene af hensyn til anonymiteten, så der er intet at sammenligne: {titles}.",
        "The number is hidden at least one of the times for the sake of anonymity, so there is nothing to compare: "
        "{titles}.",
    ),
    "since_nothing_shown": (
        "Mindst en af gangene vises tallene ikke af hensyn til anonymiteten. Derfor er der intet at sammenligne.",
        "At least one of the times the numbers are not shown, for the sake of anonymity. So there is nothing to "
        "compare.",
    ),
    # the line is broken
    "broken_all": (
        "Linjen er brudt: »{title}« brugte version {then} af spørgeskemaet, og nu bruges version {now}. Tallene fra de "
        "to målinger kan ikke sammenlignes.",
        "The line is broken: “{title}” used version {then} of the questionnaire, and this survey version {now}. The "
        "numbers of the two surveys cannot be compared.",
    ),
    "broken_no-equivalence": (
        "Det er ikke angivet, hvilke udsagn der er de samme i de to versioner.",
        "It is not stated which statements are the same in the two versions.",
    ),
    "broken_items-not-mapped": (
        "Linjen er brudt, fordi der er kommet nye udsagn til: {titles}.",
        "The line is broken because there are new statements: {titles}.",
    ),
    "broken_other-items": (
        "Linjen er brudt, fordi der dengang var andre udsagn med: {titles}.",
        "The line is broken because other statements were in it then: {titles}.",
    ),
    "broken_scale-differs": (
        "Linjen er brudt, fordi svarskalaen er en anden: {titles}.",
        "The line is broken because the answer scale is another: {titles}.",
    ),
    "broken_missing-rule-differs": (
        "Linjen er brudt, fordi der kræves et andet antal svar for at få en score: {titles}.",
        "The line is broken because another number of answers is needed for a score: {titles}.",
    ),
    "broken_reversal-differs": (
        "Linjen er brudt, fordi udsagn er vendt om: {titles}.",
        "The line is broken because statements were turned round: {titles}.",
    ),
    # the finding
    "since_finding": ("Siden sidst er {parts}.", "Since last time {parts}."),
    "since_finding_up": (
        "{title} steget fra {before} til {now}",
        "{title} has risen from {before} to {now}",
    ),
    "since_finding_down": (
        "{title} faldet fra {before} til {now}",
        "{title} has fallen from {before} to {now}",
    ),
    # the chart
    "then": ("dengang", "then"),
    "today": ("nu", "now"),
    "then_now": ("dengang → nu", "then → now"),
    "mark_up": ("steget", "has risen"),
    "mark_down": ("faldet", "has fallen"),
    "mark_up_careful": ("højere", "higher"),
    "mark_down_careful": ("lavere", "lower"),
    "mark_within_chance": ("kan være tilfældigt", "may be chance"),
    "mark_too_few": ("for få svar til at sige det", "too few to say"),
    "mark_not_shown": ("vises ikke", "not shown"),
    "mark_line_broken": ("linjen er brudt", "line broken"),
    "since_note": (
        "Hul prik: dengang. Fyldt prik: nu. Bånd: usikkerheden (95 %-interval) på forskellen mellem dem. Når båndet "
        "når hen over den hule prik, kan forskellen være tilfældig.",
        "Hollow dot: then. Filled dot: now. Band: uncertainty (95% interval) of the difference between them. Where the "
        "band reaches over the hollow dot, the difference may be chance.",
    ),
    "since_ask": (
        "Målingen kan vise, at noget er anderledes, men ikke hvorfor. Hvad tror I selv, det handler om?",
        "The survey can show that something is different, but not why. What do you think it is about?",
    ),
    "alt_change": (
        "Komponenternes score dengang og nu, fra 0 til 100. {parts}.",
        "Scores of the components then and now, from 0 to 100. {parts}.",
    ),
    "alt_change_part": (
        "{title}: fra {before} til {now}, forskel {difference} (95 %-interval {span}), {verdict}",
        "{title}: from {before} to {now}, difference {difference} (95% interval {span}), {verdict}",
    ),
    "alt_change_bare": ("{title}: fra {before} til {now}, {verdict}", "{title}: from {before} to {now}, {verdict}"),
    # method
    "method_change_term": ("Ændring", "Change"),
    "method_change": (
        "Forskellen mellem de to gennemsnit med 95 % interval efter Welch (1947). Svarene er anonyme, så de samme "
        "personer kan ikke følges; målingerne sammenlignes som to uafhængige grupper, uden korrektion for endelig "
        "population. Færre end {minimum} svar en af gangene er for få til at sige noget; en svarprocent, der har "
        "flyttet sig mere end {shift} procentpoint, kræver forsigtighed. Jo flere forskelle I ser på, jo oftere ser "
        "en af dem tydelig ud ved et tilfælde. Regler: {version}.",
        "The difference of the two means with a 95% interval after Welch (1947). Answers are anonymous, so the same "
        "people cannot be followed; the surveys are compared as two independent groups, without finite population "
        "correction. Fewer than {minimum} answers one of the times are too few to say; a response rate that moved by "
        "more than {shift} percentage points calls for care. The more differences you look at, the more often one of "
        "them looks clear by chance. Rules: {version}.",
    ),
}
