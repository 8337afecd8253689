"""The sentences of the room data report about practice and development."""

ASSESSED_PHRASES: dict[str, tuple[str, str]] = {
    "practice": ("Jeres praksis: de fire kerneelementer", "Your practice: the four core elements"),
    "practice_note": (
        "Det, I er blevet enige om i hver evaluering, fra {low} til {high}.",
        "What you agreed on in each evaluation, from {low} to {high}.",
    ),
    "practice_first": (
        "Det er den første evaluering, så der er ikke noget at sammenligne med endnu.",
        "This is the first evaluation, so there is nothing to compare with yet.",
    ),
    "practice_higher": ("Højere end sidst: {list}.", "Higher than last time: {list}."),
    "practice_lower": (
        "Lavere end sidst: {list}. Hvad har fyldt?",
        "Lower than last time: {list}. What took up your time?",
    ),
    "practice_steady": (
        "Omtrent som sidst i alle fire kerneelementer.",
        "About the same as last time in all four core elements.",
    ),
    "practice_broken": (
        "Skemaet er et andet end sidst, så tallene kan ikke lægges ved siden af hinanden.",
        "The form is another one than last time, so the numbers cannot be laid side by side.",
    ),
    "practice_highest": ("Højest lige nu: {title} ({score}).", "Highest right now: {title} ({score})."),
    "step_of": ("{title} ({before} → {now})", "{title} ({before} → {now})"),
    "seen_differently": (
        "I så forskelligt på »{item}« (fra {low} til {high}). Hvad så I hver især?",
        "You saw “{item}” differently (from {low} to {high}). What did each of you see?",
    ),
    "agreed": ("Det aftalte I ved evalueringen", "What you agreed at the evaluation"),
    "agreement_open": ("åben", "open"),
    "agreement_done": ("gjort", "done"),
    "agreement_dropped": ("droppet", "dropped"),
    "no_score": ("ikke besvaret", "not answered"),
    "development": ("Børnenes udvikling", "The children's development"),
    "development_note": (
        "Én prik er ét barn, som I har vurderet sammen i {half_year}.",
        "One dot is one child that you have assessed together in {half_year}.",
    ),
    "development_more": (
        "{n} er vurderet af en kollega, men ikke sammen endnu.",
        "{n} have been rated by a colleague, but not together yet.",
    ),
    "half_year_1": ("første halvår {year}", "the first half of {year}"),
    "half_year_2": ("andet halvår {year}", "the second half of {year}"),
    "age_appropriate": ("Som forventet for alderen", "As expected for the age"),
    "attention": ("Vær opmærksom", "Keep an eye on"),
    "focused": ("Fokuseret indsats", "Focused support"),
    "without_band": ("{area}: {n} uden resultat.", "{area}: {n} without a result."),
    "appropriate": (
        "Udvikling som forventet for alderen: {list} børn.",
        "Development as expected for the age: {list} children.",
    ),
    "appropriate_in": ("{area} {part}", "{area} {part}"),
    "change": ("Hvor mange har en udvikling som forventet?", "How many develop as expected?"),
    "change_note": (
        "Alle vurderede børn. Åben prik: sidste halvår. Udfyldt: nu. Stregen viser usikkerheden med så få børn (95 %).",
        "All assessed children. Open dot: last half-year. Filled: now. The bar shows the uncertainty with so few "
        "children (95%).",
    ),
    "change_joined": ("Ny siden sidst: {n}.", "New since last time: {n}."),
    "change_left": ("Rejst eller ikke vurderet nu: {n}.", "Left, or not assessed now: {n}."),
    "change_careful": (
        "Tallene siger, hvad der er anderledes, ikke hvorfor. Hvad tænker I selv?",
        "The numbers say what is different, not why. What do you think yourselves?",
    ),
    "change_broken": (
        "Skemaet er et andet end i sidste halvår, så de to kan ikke lægges ved siden af hinanden.",
        "The instrument is another one than last half-year, so the two cannot be laid side by side.",
    ),
    "norms_monolingual": (
        "Normerne er lavet blandt børn med ét sprog: læs dem varsomt for de flersprogede børn.",
        "The norms were made among children with one language: read them with care for multilingual children.",
    ),
    "norms_by_sex": (
        "Normerne er delt efter køn, så piger og drenge er set i forhold til hver deres.",
        "The norms differ by sex, so girls and boys are each seen against their own.",
    ),
    "talk_points": (
        "To kolleger var højst ét point fra hinanden i {share} af svarene. Tal om, hvad pointene betyder for jer.",
        "Two colleagues were at most one point apart in {share} of the answers. Talk about what the points mean.",
    ),
    "columns_area": ("Læringsområde", "Learning area"),
    "columns_element": ("Kerneelement", "Core element"),
    "columns_before": ("Sidste halvår", "Last half-year"),
    "columns_now": ("Nu", "Now"),
    "columns_without": ("Uden resultat", "Without a result"),
    "method_practice_term": ("Kerneelementer", "Core elements"),
    "method_practice": (
        "Gennemsnit af de punkter, I har besvaret sammen (1-5), når mindst den andel er besvaret, som skemaet kræver. "
        "Højere og lavere er mindst et halvt point. Skema: {form}, {versions}.",
        "The mean of the items you answered together (1-5), when at least the share the form asks for is answered. "
        "Higher and lower are half a point or more. Form: {form}, {versions}.",
    ),
    "method_development_term": ("Udvikling", "Development"),
    "method_development": (
        "Kun afsluttede fælles vurderinger tæller. Råscoren er set i forhold til normen for barnets alder i måneder. "
        "Usikkerheden er Wilsons interval; for de samme børn to gange er det McNemars eksakte test, uden børn til "
        "fælles Newcombes interval. Skema: {form}, {versions}.",
        "Only final joint assessments count. The raw score is seen against the norm for the child's age in months. The "
        "uncertainty is Wilson's interval; for the same children twice McNemar's exact test, without children in "
        "common Newcombe's interval. Instrument: {form}, {versions}.",
    ),
}  # fmt: skip
