"""Every fixed sentence of the overview, Danish and English side by side."""

from reporting.numbers import Language

_PHRASES: dict[str, tuple[str, str]] = {
    "title_unit": ("Enhedens datarapport", "Data report of the unit"),
    "title_area": ("Områdets datarapport", "Data report of the area"),
    "title_municipality": ("Kommunens datarapport", "Data report of the municipality"),
    "below": ("Hvor mange ligger under linjen?", "How many are below the line?"),
    "places_room": ("Stue for stue", "Room by room"),
    "places_area": ("Område for område", "Area by area"),
    "places_setting_type": ("Dagpleje, vuggestuer og børnehaver", "Childminding, nurseries and kindergartens"),
    "places_unit": ("Enhed for enhed", "Unit by unit"),
    "well": ("Det går godt", "What goes well"),
    "all_areas_covered": ("Der er arbejdet med alle læringsområder.", "Every learning area was worked with."),
    "all_weeks_accounted": (
        "Alle stuer har gjort rede for alle uger. Det gør, at tallene er til at stole på.",
        "Every room has accounted for every week. That is why the numbers can be trusted.",
    ),
    "keep": ("Hvordan holder vi fast i det?", "How do we hold on to that?"),
    "groups": ("Er der et mønster?", "Is there a pattern?"),
    "areas": ("Hvilke læringsområder er der arbejdet med?", "Which learning areas were worked with?"),
    "strategies": ("Hvilke strategier er brugt?", "Which strategies were used?"),
    "composition": ("Hvordan er grupperne sammensat?", "How were the groups composed?"),
    "practice": ("Stuernes egen praksis", "The rooms' own practice"),
    "development": ("Børnenes udvikling", "The children's development"),
    "half_year": ("Halvår", "Half-year"),
    "groups_note": (
        "Prikken er andelen under linjen; stregen viser, hvor langt tilfældigheder alene kan flytte den (95 %). En "
        "oplysning vises kun, hvor der er mindst {fewest} børn på begge sider, og hvor den ikke kan afsløre færre.",
        "The dot is the share below the line; the stroke shows how far chance alone can move it (95 %). A trait is "
        "shown only where at least {fewest} children are on both sides, and where it cannot give fewer away.",
    ),
    "groups_hidden": (
        "Grupperne vises ikke her: der er færre end {fewest} børn i en af dem, eller de kunne afsløre så få et andet "
        "sted.",
        "The groups are not shown here: one of them has fewer than {fewest} children, or they could give so few away "
        "elsewhere.",
    ),
    "areas_note": (
        "Aktiviteter i alt og uge for uge på de stuer, der har registreret dem med læringsområder, i uger, der er "
        "afsluttet. Stuer, der kun tæller op, er ikke med; det er ikke det samme som nul.",
        "Activities in all and week by week in the rooms that recorded them with learning areas, in completed weeks. "
        "Rooms that only tally are not included; that is not the same as zero.",
    ),
    "strategies_note": (
        "Så mange af {n} aktiviteter og samtaler brugte strategien. En aktivitet kan bruge flere.",
        "So many of {n} activities and conversations used the strategy. One can use several.",
    ),
    "composition_note": (
        "Andelen af grupperne, hvor børnene var blandet. Der var {groups} fordybelsesaktiviteter med mindst to børn, i "
        "gennemsnit {size} børn i hver.",
        "The share of the groups in which the children were mixed. There were {groups} immersion activities with two "
        "children or more, on average {size} children in each.",
    ),
    "practice_note": (
        "Gennemsnit af stuernes fælles evalueringer fra {low} til {high}: {list}. Stuer, der har brugt en anden udgave "
        "af skemaet, er ikke med. Færre end {fewest} stuer vises ikke.",
        "Means of the rooms' joint evaluations from {low} to {high}: {list}. Rooms that used another version of the "
        "form are not included. Fewer than {fewest} rooms are not shown.",
    ),
    "practice_rooms": ("{rooms} i uge {weeks}", "{rooms} in weeks {weeks}"),
    "development_note": (
        "Andelen af børn med en udvikling som forventet i {half_year}; stregen viser, hvor langt tilfældigheder alene "
        "kan flytte den (95 %).",
        "The share of children who develop as expected in {half_year}; the stroke shows how far chance alone can move "
        "it (95 %).",
    ),
    "development_before": (
        "Det er ikke helt de samme børn i de to halvår, så læs forskellen som et spørgsmål.",
        "They are not quite the same children in the two half-years, so read the difference as a question.",
    ),
    "ask_patterns": (
        "Er der grupper af børn, der deltager for lidt, på tværs af stuerne? Hvad kan det handle om?",
        "Are there groups of children who take part too little, across the rooms? What might that be about?",
    ),
    "weeks": ("Hvad bygger tallene på?", "What do the numbers rest on?"),
    "talk": ("Tal sammen om", "Talk about"),
    "agree": ("Vi aftaler", "We agree"),
    "method": ("Sådan er tallene lavet", "How the numbers were made"),
    "numbers": ("Tallene bag figuren", "The numbers behind the chart"),
    "table": ("Tabel", "Table"),
    "wider": (
        "Figuren er bredere end skærmen: rul til siden, eller åbn tallene bag den.",
        "The chart is wider than the screen: scroll sideways, or open the numbers behind it.",
    ),
    "childminding": ("Dagpleje", "Childminding"),
    "nursery": ("Vuggestuer", "Nurseries"),
    "kindergarten": ("Børnehaver", "Kindergartens"),
    "integrated": ("Integrerede institutioner", "Integrated institutions"),
    "immersion_activity": ("Fordybelsesaktiviteter", "Immersion activities"),
    "focus_conversation": ("Fokussamtaler", "Focus conversations"),
    "both": ("Begge dele", "Both"),
    "reach": (
        "{reach} børn når den stiplede linje i både fordybelsesaktiviteter og fokussamtaler. {both} ligger under i "
        "begge.",
        "{reach} children reach the dashed line in both immersion activities and focus conversations. {both} are below "
        "in both.",
    ),
    "hidden_too_few": (
        "Der er færre end {fewest} børn med uger nok, så tallene vises ikke.",
        "Fewer than {fewest} children have enough weeks, so the numbers are not shown.",
    ),
    "hidden_protects_others": (
        "Tallene vises ikke her, fordi de ellers kunne afsløre en mindre gruppe.",
        "The numbers are not shown here, since they could give a smaller group away.",
    ),
    "often": (
        "I gennemsnit var hvert barn med i {immersion} fordybelsesaktiviteter og {focus} fokussamtaler om ugen.",
        "On average each child took part in {immersion} immersion activities and {focus} focus conversations a week.",
    ),
    "state_of_weeks": (
        "På {rooms} er {completed} uger afsluttet, {closed} lukket og {not_recorded} ikke registreret.",
        "In {rooms}, {completed} weeks are completed, {closed} closed and {not_recorded} not recorded.",
    ),
    "one_room": ("1 stue", "1 room"),
    "rooms": ("{n} stuer", "{n} rooms"),
    "gaps": (
        "Mange uger mangler, så læs tallene med forbehold.",
        "Many weeks are missing, so read the numbers with care.",
    ),
    "places_note": (
        "Prikken er andelen under linjen i begge former for deltagelse; stregen viser, hvor langt tilfældigheder alene "
        "kan flytte den (95 %). Den lodrette linje er {place}. Rækkefølgen er alfabetisk: det er ikke en rangliste. "
        "Skraveret: vises ikke.",
        "The dot is the share below the line in both kinds of participation; the stroke shows how far chance alone can "
        "move it (95 %). The vertical line is {place}. The order is alphabetical: it is no league table. Hatched: not "
        "shown.",
    ),
    "suppressed": ("vises ikke", "not shown"),
    "place": ("Sted", "Place"),
    "kind": ("Form for deltagelse", "Kind of participation"),
    "below_line": ("Under linjen", "Below the line"),
    "below_both": ("Under i begge", "Below in both"),
    "of_judged": ("Af", "Of"),
    "weeks_completed": ("Uger afsluttet", "Weeks completed"),
    "ask_well": (
        "Hvor går det godt, og hvad kan andre lære af det?",
        "Where does it go well, and what can others learn from it?",
    ),
    "ask_support": (
        "Hvor er der brug for hjælp, og til hvad: tid, viden, organisering?",
        "Where is help needed, and with what: time, knowledge, organisation?",
    ),
    "ask_gaps": (
        "Hvor mangler der uger, og hvad gør det svært at registrere?",
        "Where are weeks missing, and what makes recording difficult?",
    ),
    "method_text": (
        "Et barn tæller på hver stue, hvor det har mindst {weeks} uger, der tæller; et sted er summen af sine stuer, "
        "som de hørte til på periodens sidste dag. Under linjen er strengt mindre end stuens egen linje. Grupper med "
        "færre end {fewest} børn vises ikke, og heller ikke det, der kunne afsløre dem. Linjer, udgave {version}. "
        "Data pr. {time}. Dokumentets kode {code} står for disse tal.",
        "A child counts in each room where it has at least {weeks} weeks that count; a place is the sum of its rooms "
        "as they belonged on the period's last day. Below the line is strictly less than the room's own line. Groups "
        "with fewer than {fewest} children are not shown, nor what could give them away. Lines, version {version}. "
        "Data as of {time}. The document's code {code} stands for these numbers.",
    ),
    "footer": ("Data pr. {time} · linje {line} · {n}", "Data as of {time} · line {line} · {n}"),
    "children": ("{n} børn", "{n} children"),
}  # fmt: skip


def say(key: str, language: Language, **values: str) -> str:
    """The phrase `key` in `language`.

    >>> say("rooms", "da", n="3")
    '3 stuer'
    """
    danish, english = _PHRASES[key]
    return (danish if language == "da" else english).format(**values)
