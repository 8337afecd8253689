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
