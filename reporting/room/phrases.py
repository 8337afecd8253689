"""Every fixed sentence of the room data report, Danish and English side by side, addressed to the team.

A sentence and its translation are read, changed and reviewed together. The questions are the programme's own ("Børns
deltagelse", "Drøftelse af relevante justeringer").
"""

from reporting.numbers import Language
from reporting.room.assessed_phrases import ASSESSED_PHRASES
from reporting.room.method_phrases import METHOD_PHRASES
from reporting.room.table_phrases import TABLE_PHRASES
from reporting.room.together_phrases import TOGETHER_PHRASES

_PHRASES: dict[str, tuple[str, str]] = {
    "title": ("Stuens datarapport", "Room data report"),
    # headings
    "participation": ("Børnenes deltagelse", "The children's participation"),
    "well": ("Det går godt", "What goes well"),
    "below": ("Hvor mange ligger under linjen?", "How many are below the line?"),
    "groups": ("Er der et mønster?", "Is there a pattern?"),
    "areas": ("Hvilke læringsområder har I arbejdet med?", "Which learning areas have you worked with?"),
    "weeks": ("Hvad bygger tallene på?", "What do the numbers rest on?"),
    "talk": ("Tal sammen om børnenes deltagelse", "Talk about the children's participation"),
    "adjust": ("Tal sammen om, hvad I vil justere", "Talk about what you want to adjust"),
    "agree": ("Vi aftaler", "We agree"),
    "method": ("Sådan er tallene lavet", "How the numbers were made"),
    # kinds
    "immersion_activity": ("Fordybelsesaktiviteter i lille gruppe", "Small-group immersion activities"),
    "focus_conversation": ("Fokussamtaler", "Focus conversations"),
    "inside_immersion_activity": ("fordybelsesaktiviteter", "immersion activities"),
    "inside_focus_conversation": ("fokussamtaler", "focus conversations"),
    "short_immersion_activity": ("Fordybelsesaktiviteter", "Immersion activities"),
    "short_focus_conversation": ("Fokussamtaler", "Focus conversations"),
    "short_both": ("Begge dele", "Both"),
    # the finding
    "no_weeks": (
        "Der er endnu ikke afsluttet nogen uge, så der er ikke noget at vise om børnenes deltagelse.",
        "No week has been completed yet, so there is nothing to show about the children's participation.",
    ),
    "no_weeks_next": (
        "Afslut ugen, når I har registreret den. Så tæller den med her. Det, I allerede har registreret, er ikke "
        "tabt: det kommer med, så snart ugen er afsluttet.",
        "Complete each week when you have recorded it. Then it counts here. What you have already recorded is not "
        "lost: it is included as soon as the week is completed.",
    ),
    "closed_weeks": (
        "Stuen har haft lukket i hele perioden, så der er ikke noget at vise om børnenes deltagelse.",
        "The room has been closed for the whole period, so there is nothing to show about participation.",
    ),
    "no_children": (
        "Der har ikke været indskrevet børn på stuen i perioden.",
        "No children have been enrolled in the room in the period.",
    ),
    "no_children_next": (
        "Passer det ikke, så se efter, om børnene er knyttet til den rigtige stue.",
        "If that is not right, check that the children belong to the right room.",
    ),
    "all_too_early": (
        "Det er for tidligt at sige, hvem der når den stiplede linje.",
        "It is too early to say who reaches the dashed line.",
    ),
    "all_too_early_next": (
        "Et barn skal have mindst {weeks} uger, der tæller. I har afsluttet {done} indtil nu. Bliv ved med at afslutte "
        "ugerne, så kommer billedet.",
        "A child needs at least {weeks} weeks that count. You have completed {done} so far. Keep completing the weeks, "
        "and the picture will come.",
    ),
    "one_reaches": (
        "Barnet når den stiplede linje i begge former for deltagelse.",
        "The child reaches the dashed line in both kinds of participation.",
    ),
    "one_mixed": (
        "Barnet når den stiplede linje i den ene form for deltagelse.",
        "The child reaches the dashed line in one kind of participation.",
    ),
    "one_below": (
        "Barnet ligger under den stiplede linje i begge former for deltagelse.",
        "The child is below the dashed line in both kinds of participation.",
    ),
    "all_reach": (
        "Alle {n} børn når den stiplede linje i begge former for deltagelse.",
        "All {n} children reach the dashed line in both kinds of participation.",
    ),
    "none_reach": (
        "Ingen af de {n} børn når den stiplede linje i begge former for deltagelse.",
        "None of the {n} children reach the dashed line in both kinds of participation.",
    ),
    "some_reach": (
        "{reach} børn når den stiplede linje i begge former for deltagelse.",
        "{reach} children reach the dashed line in both kinds of participation.",
    ),
    "nobody_low": ("Ingen ligger under i begge.", "Nobody is below in both."),
    "one_low": ("1 barn ligger under i begge.", "1 child is below in both."),
    "some_low": ("{n} børn ligger under i begge.", "{n} children are below in both."),
    "incomplete": (
        "Kun {part} uger er afsluttet, så læs tallene med forbehold.",
        "Only {part} weeks are completed, so read the numbers with care.",
    ),
    "early_one": (
        "For 1 barn er det for tidligt at sige (færre end {weeks} uger, der tæller).",
        "For 1 child it is too early to say (fewer than {weeks} weeks that count).",
    ),
    "early_some": (
        "For {n} børn er det for tidligt at sige (færre end {weeks} uger, der tæller).",
        "For {n} children it is too early to say (fewer than {weeks} weeks that count).",
    ),
    "few": (
        "Det er få børn, så brug tallene som et spørgsmål, ikke som et svar.",
        "These are few children, so take the numbers as a question, not as an answer.",
    ),
    "most_below": (
        "I {kind} ligger {more} under linjen mod {less}.",
        "In {kind}, {more} are below the line against {less}.",
    ),
    # what goes well
    "all_reach_both": (
        "Alle børn når den stiplede linje i både fordybelsesaktiviteter og fokussamtaler.",
        "Every child reaches the dashed line in both immersion activities and focus conversations.",
    ),
    "most_reach_both": (
        "{part} børn når den stiplede linje i både fordybelsesaktiviteter og fokussamtaler.",
        "{part} children reach the dashed line in both immersion activities and focus conversations.",
    ),
    "all_reach_kind": ("Alle børn når den stiplede linje i {kind}.", "Every child reaches the dashed line in {kind}."),
    "everyone_seen": (
        "Alle børn har været med i mindst én aktivitet eller samtale.",
        "Every child has taken part in at least one activity or conversation.",
    ),
    "all_areas_covered": ("I har været omkring alle læringsområder.", "You have worked with every learning area."),
    "all_weeks_accounted": (
        "I har gjort rede for alle uger. Det gør, at I kan stole på tallene.",
        "You have accounted for every week. That is why you can trust the numbers.",
    ),
    "nothing_stands_out": (
        "Tallene fremhæver ikke noget af sig selv endnu. Hvad ser I selv, der fungerer godt?",
        "The numbers do not point anything out yet. What do you see that works well?",
    ),
    "keep": ("Hvordan holder I fast i det?", "How do you hold on to it?"),
    # words in the charts
    "per_week": ("{n} om ugen", "{n} a week"),
    "in_weeks": ("{count} på {weeks} uger", "{count} in {weeks} weeks"),
    "in_week": ("{count} på 1 uge", "{count} in 1 week"),
    "no_week": ("ingen uger", "no weeks"),
    "section_reach_both": ("Når linjen i begge", "Reach the line in both"),
    "section_below_one": ("Under i den ene", "Below in one"),
    "section_below_both": ("Under i begge", "Below in both"),
    "section_too_early": ("For tidligt at sige", "Too early to say"),
    "completed": ("afsluttet", "completed"),
    "closed": ("lukket", "closed"),
    "not_recorded": ("ikke registreret", "not recorded"),
    "week": ("uge {n}", "week {n}"),
    "multilingual": ("Flersprogede", "Multilingual"),
    "not_multilingual": ("Øvrige", "Others"),
    "under_3": ("Under {age}", "Under {age}"),
    "from_3": ("{age} og derover", "{age} and over"),
    "boy": ("Drenge", "Boys"),
    "girl": ("Piger", "Girls"),
    "support_need": ("Med støttebehov", "Support needs"),
    "no_support_need": ("Øvrige", "Others"),
    "children_multilingual": ("flersprogede børn", "multilingual children"),
    "children_not_multilingual": ("øvrige", "others"),
    "children_under_3": ("børn under {age}", "children under {age}"),
    "children_from_3": ("børn på {age} og derover", "children aged {age} and over"),
    "children_boy": ("drenge", "boys"),
    "children_girl": ("piger", "girls"),
    "children_support_need": ("børn med støttebehov", "children with support needs"),
    "children_no_support_need": ("øvrige", "others"),
    # under the charts
    "participation_note": (
        "Søjlerne viser, hvor mange gange om ugen barnet har været med i de uger, hvor det var til stede. Tallene ved "
        "søjlen er antal gange og antal uger.",
        "The bars show how many times a week the child took part in the weeks when it was present. The figures at the "
        "bar are the number of times and of weeks.",
    ),
    "orange": (" Orange og fed", " Orange and bold"),
    "orange_is": (": under den stiplede linje.", ": below the dashed line."),
    "hollow_is": (" Åben søjle: for tidligt at sige.", " Open bar: too early to say."),
    "below_note": (
        "Én prik er ét barn. Udfyldt: under linjen.",
        "One dot is one child. Filled: below the line.",
    ),
    "low_on_both": ("Under linjen i begge: {codes}.", "Below the line in both: {codes}."),
    "unobserved": (
        "Ikke set i de seneste {weeks} uger, der tæller: {codes}. Hvad skal der til, for at de kommer med?",
        "Not seen in the last {weeks} weeks that count: {codes}. What would it take for them to join in?",
    ),
    "and_more": ("{n} andre", "{n} more"),
    "pattern_question": (
        "I {kind} ligger {more} under linjen mod {less}. Hvad kan det hænge sammen med?",
        "In {kind}, {more} are below the line against {less}. What might that be about?",
    ),
    "no_pattern": (
        "Ingen af grupperne skiller sig tydeligt ud. Ser I selv andre mønstre?",
        "None of the groups stands out clearly. Do you see other patterns yourselves?",
    ),
    "few_for_pattern": (
        "Der er for få børn til, at tallene kan vise et mønster. Ser I selv et?",
        "There are too few children for the numbers to show a pattern. Do you see one yourselves?",
    ),
    "unknown": ("Uden oplysning og derfor ikke med: {list}.", "Not stated and therefore left out: {list}."),
    "unknown_multilingual": ("flersproget ({n})", "multilingual ({n})"),
    "unknown_age": ("alder ({n})", "age ({n})"),
    "unknown_sex": ("køn ({n})", "sex ({n})"),
    "unknown_support_need": ("støttebehov ({n})", "support needs ({n})"),
    "areas_note": (
        "Aktiviteter i alt og uge for uge. En aktivitet kan høre til flere områder. Skraveret: Læringsområderne er "
        "ikke registreret den uge, for eksempel fordi I kun har talt op. Det er ikke det samme som nul.",
        "Activities in all and week by week. An activity can belong to several areas. Hatched: the learning areas were "
        "not recorded that week, for example since you only tallied. That is not the same as zero.",
    ),
    "areas_unknown": (
        "Det kan vi ikke se. I har talt op, hvor ofte børnene var med, og en optælling siger ikke noget om "
        "læringsområder. Vil I kunne se dem her, så registrér aktiviteterne med deres læringsområder.",
        "That we cannot see. You tallied how often the children took part, and a tally says nothing about learning "
        "areas. To see them here, record the activities with their learning areas.",
    ),
    "weeks_note_short": (
        "Kun afsluttede uger tæller med. Ikke registreret er ikke det samme som nul.",
        "Only completed weeks count. Not recorded is not the same as zero.",
    ),
    "weeks_note": (
        "Kun afsluttede uger tæller med. Ikke registreret er ikke det samme som nul. Under ugen står, hvor mange af "
        "de børn, der var til stede, I har set i en aktivitet eller samtale.",
        "Only completed weeks count. Not recorded is not the same as zero. Under each week stands how many of the "
        "children present you have seen in an activity or a conversation.",
    ),
    "nobody_present": ("ingen til stede", "nobody present"),
    "seen": ("{part} set", "{part} seen"),
    "start": ("Tal sammen om at komme i gang", "Talk about getting started"),
    "ask_record": (
        "Hvad skal der til, for at I kan afslutte ugen hver fredag? Hvem gør det?",
        "What would it take to complete the week every Friday? Who does it?",
    ),
    "ask_obstacles": (
        "Hvad gør det svært at registrere, og hvem kan hjælpe?",
        "What makes recording difficult, and who can help?",
    ),
    # the programme's questions
    "ask_below": (
        "Hvor mange børn ligger under den stiplede linje?",
        "How many children are below the dashed line?",
    ),
    "ask_both": (
        "Hvor mange børn har deltaget i for få smågruppeaktiviteter og for få fokussamtaler?",
        "How many children have taken part in too few small-group activities and too few focus conversations?",
    ),
    "ask_pattern": (
        "Er der et mønster i, hvilke børn der har for lav deltagelsesgrad? Fx de yngste, de flersprogede, drengene.",
        "Is there a pattern in which children take part too little? For example the youngest, the multilingual, "
        "the boys.",
    ),
    "ask_well": (
        "Hvad fungerer godt, og hvordan fastholder I det?",
        "What works well, and how do you hold on to it?",
    ),
    "ask_more": (
        "Er der børn, der vil have gavn af flere fordybelsesaktiviteter i små grupper eller fokussamtaler? Hvordan "
        "kan I organisere det?",
        "Are there children who would gain from more immersion activities in small groups or focus conversations? "
        "How can you organise it?",
    ),
    "ask_areas": (
        "Er der nogle af læringsområderne, som I skal arbejde mere systematisk med?",
        "Are there learning areas you should work with more systematically?",
    ),
    "ask_grouping": (
        "Hvordan kan I i højere grad sammensætte grupper med en blanding af børn, der har behov for ekstra "
        "understøttelse, og børn med en alderssvarende udvikling?",
        "How can you more often compose groups that mix children who need extra support with children whose "
        "development is as expected for their age?",
    ),
    "ask_strategies": (
        "Hvordan kan I få flere af de understøttende strategier i spil og bruge dem mere bevidst differentieret?",
        "How can you bring more of the supportive strategies into play and use them differently for different "
        "children?",
    ),
}  # fmt: skip


def say(key: str, language: Language, **values: str) -> str:
    """The phrase `key` in `language`, with `values` put in as they are.

    >>> say("per_week", "da", n="2")
    '2 om ugen'
    """
    danish, english = _ALL[key]
    return (danish if language == "da" else english).format(**values)


_ALL = _PHRASES | METHOD_PHRASES | TABLE_PHRASES | ASSESSED_PHRASES | TOGETHER_PHRASES
