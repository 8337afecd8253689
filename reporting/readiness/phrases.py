"""Every fixed sentence of the readiness report, Danish and English side by side.

One table instead of gettext files: a sentence and its translation are read, changed and reviewed together,
nothing has to be compiled, and a sentence without its translation is a type error rather than a Danish line
in an English document.
"""

from reporting.numbers import Language
from reporting.readiness.change_phrases import CHANGE_PHRASES
from reporting.readiness.chart_phrases import CHART_PHRASES
from reporting.readiness.method_phrases import METHOD_PHRASES
from reporting.readiness.page_phrases import PAGE_PHRASES

_PHRASES: dict[str, tuple[str, str]] = {
    "title": ("Parathedsrapport", "Readiness report"),
    "answered": ("{part} har svaret", "{part} have answered"),
    # headings
    "where": ("Hvor står vi?", "Where do we stand?"),
    "drivers": ("Drivkræfter", "Drivers"),
    "barriers": ("Barrierer", "Barriers"),
    "talk": ("Tal sammen om", "Talk about"),
    "reading": ("Sådan læser I rapporten", "How to read this report"),
    "components": ("Komponenterne", "The components"),
    "answers": ("Hvad svarene siger", "What the answers say"),
    "setting_types": ("Dagpleje og børnehuse", "Childminding and daycare centres"),
    "setting_types_centres": ("Institutionstyper side om side", "Kinds of daycare centre side by side"),
    "method": ("Sådan er tallene lavet", "How the numbers were made"),
    "about": ("Om rapporten", "About this report"),
    "response": ("Hvem har svaret?", "Who has answered?"),
    # places
    "you_are_here": ("I er her", "you are here"),
    "municipality": ("kommunen", "municipality"),
    "area": ("området", "area"),
    "unit": ("enheden", "unit"),
    "childminding": ("Dagpleje", "Childminding"),
    "nursery": ("Vuggestue", "Nursery"),
    "kindergarten": ("Børnehave", "Kindergarten"),
    "integrated": ("Integreret institution", "Integrated centre"),
    # the finding
    "too_few_headline": (
        "Der er for få svar til, at vi kan vise et resultat.",
        "There are too few answers for a result to be shown.",
    ),
    "too_few_body": (
        "Vi viser kun tal, når mindst {minimum} har svaret. Det er et løfte til alle, der svarer: Ingen "
        "skal kunne genkendes i en rapport.",
        "Numbers are shown only when at least {minimum} people have answered. This is a promise to "
        "everybody who answers: nobody is to be recognised in a report.",
    ),
    "not_lost": (
        "Svarene er ikke tabt: De tæller med i {places} tal.",
        "The answers are not lost: they count in the numbers of {places}.",
    ),
    "area_and_municipality": ("områdets og kommunens", "the area and the municipality"),
    "area_or_municipality": ("Områdets eller kommunens", "The report of the area or the municipality"),
    "of_municipality": ("kommunens", "the municipality"),
    "report_of_municipality": ("Kommunens", "The report of the municipality"),
    "protects_headline": (
        "Resultatet vises ikke, for at andres svar kan forblive anonyme.",
        "The result is not shown, so that the answers of others can stay anonymous.",
    ),
    "protects_body": (
        "Hvis disse tal stod her, kunne man regne sig frem til svarene fra en gruppe med færre end {minimum} svar.",
        "If these numbers were shown, the answers of a group with fewer than {minimum} answers could be worked out.",
    ),
    "protected_next": (
        "Det handler ikke om, hvor mange af jer der har svaret: Jeres tal er skjult, for at en mindre gruppes svar "
        "ikke kan regnes ud.",
        "This is not about how many of you answered: your numbers are hidden so that those of a smaller group cannot "
        "be worked out.",
    ),
    "suppressed_next": (
        "Næste gang kan I hjælpe hinanden med at få flere med: Fortæl, hvad svarene bruges til, og giv tid til "
        "at svare.",
        "Next time you can help each other to reach more: tell what the answers are used for, and give time to answer.",
    ),
    "best_start": (
        "{report} rapport er indtil da det bedste udgangspunkt for samtalen.",
        "{report} is the best start for a conversation until then.",
    ),
    "vc_unit_over_over": ("I vil, og I kan.", "You are willing, and you are able."),
    "vc_unit_over_under": (
        "I vil gerne. Det, I mangler, er kapacitet.",
        "You are willing. What you lack is capacity.",
    ),
    "vc_unit_under_over": (
        "I kan. Men viljen er ikke med endnu.",
        "You are able. But the will is not there yet.",
    ),
    "vc_unit_under_under": (
        "Begynd med samtalen: Både vilje og kapacitet ligger under midten.",
        "Begin by talking: both willingness and capacity lie below the middle.",
    ),
    "vc_staff_over_over": ("Medarbejderne vil, og de kan.", "The staff are willing, and they are able."),
    "vc_staff_over_under": (
        "Medarbejderne vil gerne. Det, de mangler, er kapacitet.",
        "The staff are willing. What they lack is capacity.",
    ),
    "vc_staff_under_over": (
        "Medarbejderne kan. Viljen er endnu ikke helt med.",
        "The staff are able. The will is not quite there yet.",
    ),
    "vc_staff_under_under": (
        "Begynd med samtalen: Både vilje og kapacitet ligger under midten.",
        "Begin by talking: both willingness and capacity lie below the middle.",
    ),
    "position_same": ("{y} og {x} ligger begge {where}.", "{y} and {x} both lie {where}."),
    "position_differ": ("{y} ligger {where_y}, {x} {where_x}.", "{y} lies {where_y}, {x} {where_x}."),
    "over": ("over midten", "above the middle"),
    "under": ("under midten", "below the middle"),
    "around": ("omkring midten", "around the middle"),
    "highest_lowest": ("Højest ligger {high}, lavest {low}.", "Highest is {high}, lowest {low}."),
    "overlap": (
        "Usikkerheden på de to overlapper, så forskellen kan være tilfældig.",
        "Their uncertainties overlap, so the difference may be chance.",
    ),
    "only_component": ("{title} ligger på {score} af 100.", "{title} is at {score} of 100."),
    "few_answers": (
        "Der er kun få svar. Brug tallene som et spørgsmål, ikke som et svar.",
        "There are only a few answers. Use the numbers as a question, not as an answer.",
    ),
    "best": ("I kan bygge på {title} ({score}).", "You can build on {title} ({score})."),
    "worst": ("Se især på {title} ({score}).", "Look at {title} ({score}) in particular."),
    # response
    "response_known": (
        "{part} inviterede har svaret ({rate}). {missing} har ikke svaret, og de kan se anderledes på det.",
        "{part} invited people have answered ({rate}). {missing} have not, and they may see things differently.",
    ),
    "response_full": ("Alle {n} inviterede har svaret.", "All {n} invited people have answered."),
    "response_more": (
        "{n} har svaret, flere end de {invited}, der er oplyst som inviteret, så svarprocenten kendes ikke.",
        "{n} have answered, more than the {invited} recorded as invited, so the response rate is not known.",
    ),
    "response_unknown": (
        "{n} har svaret. Det er ikke oplyst, hvor mange der blev inviteret, så svarprocenten kendes ikke.",
        "{n} have answered. How many were invited is not recorded, so the response rate is not known.",
    ),
    "open_between": (
        "Målingen åbnede den {opens} og blev lukket den {closes}.",
        "The survey opened on {opens} and was closed on {closes}.",
    ),
    # drivers and barriers
    "positive": ("{part} svar trækker op: »{text}«", "{part} answers pull up: “{text}”"),
    "negative": ("{part} svar trækker ned: »{text}«", "{part} answers pull down: “{text}”"),
    "reversed": ("(vendt udsagn)", "(reversed statement)"),
    "spread_remark": (
        "Svarene er spredte: det opleves forskelligt.",
        "The answers are spread: people see it differently.",
    ),
    "statement_score": ("»{text}« ligger på {score}", "“{text}” is at {score}"),
    "mixed_but": ("blandet, {numbers}, men", "mixed, {numbers}, but"),
    "no_drivers": ("Ingen komponent er endnu en klar drivkraft.", "No component is a clear driver yet."),
    "no_barriers": ("Ingen komponent er en klar barriere.", "No component is a clear barrier."),
    "no_shown_drivers": (
        "Ingen af de komponenter, der vises, er endnu en klar drivkraft.",
        "None of the components that are shown is a clear driver yet.",
    ),
    "no_shown_barriers": (
        "Ingen af de komponenter, der vises, er en klar barriere.",
        "None of the components that are shown is a clear barrier.",
    ),
    "highlight_rule": (
        "Drivkraft: en score på mindst {driver}, og mindst {positive} af svarene trækker op. Barriere: en score "
        "under {barrier}, eller mindst {negative} af svarene trækker ned.",
        "Driver: a score of at least {driver}, and at least {positive} of the answers pull up. Barrier: a score "
        "below {barrier}, or at least {negative} of the answers pull down.",
    ),
    # questions
    "ask_driver": (
        "Hvad gør, at {title} er en styrke hos jer, og hvordan bruger I den?",
        "What makes {title} a strength here, and how do you use it?",
    ),
    "ask_barrier": (
        "{title}: Hvad er det første, I selv kan ændre, og hvad har I brug for hjælp til?",
        "{title}: What is the first thing you can change yourselves, and what do you need help with?",
    ),
    "ask_spread": (
        "{title}: Svarene er spredte. Hvornår lykkes det, og hvornår er det svært?",
        "{title}: The answers are spread. When does it go well, and when is it hard?",
    ),
    "ask_recognise": (
        "Kan I genkende billedet? Hvad overrasker jer?",
        "Do you recognise the picture? What surprises you?",
    ),
    "ask_next": (
        "Hvad vil I gøre anderledes inden næste måling, og hvordan opdager I, at det virker?",
        "What will you do differently before the next survey, and how will you notice that it works?",
    ),
    **CHART_PHRASES,
    **METHOD_PHRASES,
    **CHANGE_PHRASES,
    **PAGE_PHRASES,
}


def say(key: str, language: Language, **values: str) -> str:
    """The phrase `key` in `language`, with `values` put in as they are.

    >>> say("answered", "da", part="16 af 21")
    '16 af 21 har svaret'
    """
    danish, english = _PHRASES[key]
    return (danish if language == "da" else english).format(**values)


def known(key: str) -> bool:
    """Whether there is a phrase for `key` (a setting type of a municipality's own has none)."""
    return key in _PHRASES
