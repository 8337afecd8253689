"""The sentences of the wall version, of the suggested tasks, and of the tables behind the charts of the web page."""

PAGE_PHRASES: dict[str, tuple[str, str]] = {
    # suggested tasks
    "tasks": ("Forslag til lederens næste skridt", "Suggested next steps for the leader"),
    "tasks_note": (
        "Forslagene passer til jeres sted på kortet: {where}. Vælg det, der giver mening hos jer.",
        "The suggestions fit your place on the map: {where}. Choose what makes sense where you are.",
    ),
    "tasks_near_note": (
        "Usikkerheden rækker over midten, så stedet på kortet er ikke sikkert. Forslagene passer til det nærmeste: "
        "{where}. Tal om, hvorvidt I kan kende jer selv i det, før I vælger.",
        "The uncertainty reaches over the middle, so the place on the map is not certain. The suggestions fit the "
        "nearest one: {where}. Talk about whether you recognise yourselves before you choose.",
    ),
    "notes": ("Noter til samtalen", "Notes for the conversation"),
    # shown together with others
    "together": ("Sammen med andre", "Together with others"),
    "group": ("{n} {kind} i {where}", "{n} {kind} in {where}"),
    "units_childminding": ("dagplejeenheder", "childminding units"),
    "units_nursery": ("vuggestuer", "nurseries"),
    "units_kindergarten": ("børnehaver", "kindergartens"),
    "units_integrated": ("integrerede institutioner", "integrated centres"),
    "units_several": ("enheder", "units"),
    "counts_with": (
        "Jeres svar tæller med i det fælles tal for {group} og i {places} tal.",
        "Your answers count in the common number of {group}, and in the numbers of {places}.",
    ),
    "shown_together": (
        "Tallene her er fælles for {group}. De vises samlet, fordi mindst én af enhederne har for få svar til at blive "
        "vist alene.",
        "The numbers here are those of {group} in common. They are shown together, since at least one of the units "
        "has too few answers to be shown alone.",
    ),
    "group_hidden": (
        "Jeres svar lægges sammen med svarene fra {group}, men heller ikke det fælles tal kan vises uden at afsløre "
        "andres svar.",
        "Your answers are taken together with those of {group}, but the common number cannot be shown either without "
        "revealing others’ answers.",
    ),
    "common_start": (
        "Det fælles tal er indtil da det bedste udgangspunkt for samtalen.",
        "The common number is the best start for a conversation until then.",
    ),
    "response_hidden": (
        "Antallet af svar vises ikke af hensyn til anonymiteten.",
        "The number of answers is not shown, for the sake of anonymity.",
    ),
    "prompt_about": ("{title}: {text}", "{title}: {text}"),
    # the wall
    "wall_title": ("Parathed", "Readiness"),
    "wall_where_unit": ("Her står I", "Where you stand"),
    "wall_where_place": ("Her står medarbejderne", "Where the staff stand"),
    "build_on_unit": ("Det kan I bygge på", "What you can build on"),
    "build_on_place": ("Det kan der bygges på", "What can be built on"),
    "look_at_unit": ("Se især på", "Look at this in particular"),
    "look_at_place": ("Se især på", "Look at this in particular"),
    "we_do": ("Det gør vi nu", "What we do next"),
    "we_do_how": ("Hvad, hvem og hvornår?", "What, who and when?"),
    # the tables behind the charts
    "numbers": ("Tallene bag figuren", "The numbers behind the chart"),
    "table": ("Tabel", "Table"),
    "wider": (
        "Figuren er bredere end skærmen: rul til siden, eller åbn tallene bag den.",
        "The chart is wider than the screen: scroll sideways, or open the numbers behind it.",
    ),
    "place": ("Sted", "Place"),
    "other_unit": ("Enhed {n} (uden navn)", "Unit {n} (not named)"),
    "component": ("Komponent", "Component"),
    "statement": ("Udsagn", "Statement"),
    "interval": ("95 %-interval", "95% interval"),
    "difference": ("Forskel", "Difference"),
    "n_then": ("n dengang", "n then"),
    "n_now": ("n nu", "n now"),
    "remark": ("Bemærkning", "Remark"),
    "part": ("Hører til", "Belongs to"),
    "score_of": ("{place}: score", "{place}: score"),
    "answer": ("Svar {value}", "Answer {value}"),
}
