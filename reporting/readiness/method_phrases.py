"""The sentences for how to read the report, how its numbers were made, and its alternative texts."""

METHOD_PHRASES: dict[str, tuple[str, str]] = {
    # alternative texts
    "alt_interval": ("{score} (95 %-interval {span})", "{score} (95% interval {span})"),
    "alt_map": (
        "Kort med to akser fra 0 til 100. {y}: {y_score}. {x}: {x_score}. Andre, der ligger højt på begge: {peers}.",
        "Map with two axes from 0 to 100. {y}: {y_score}. {x}: {x_score}. Others that are high on both: {peers}.",
    ),
    "alt_components": (
        "Komponenternes score fra 0 til 100. {parts}.",
        "Scores of the components from 0 to 100. {parts}.",
    ),
    "alt_answers": (
        "Svar på udsagnene i {title}, procent fra laveste til højeste svar. {parts}.",
        "Answers to the statements of {title}, per cent from the lowest to the highest answer. {parts}.",
    ),
    "alt_setting_types": (
        "Komponenternes score fra 0 til 100 efter institutionstype. {parts}.",
        "Scores of the components from 0 to 100 by setting type. {parts}.",
    ),
    # how to read
    "read_score": (
        "Alle scorer går fra 0 (det mindst gunstige svar) til 100 (det mest gunstige).",
        "All scores run from 0 (the least favourable answer) to 100 (the most favourable).",
    ),
    "read_band": (
        "Prikken er gennemsnittet. Båndet er usikkerheden: Det rigtige tal ligger sandsynligvis et sted i båndet. Et "
        "bredt bånd betyder få svar eller uenighed; et smalt ses kun lige over og under prikken.",
        "The dot is the mean. The band is the uncertainty: the true number is probably somewhere in the band. A "
        "wide band means few answers or disagreement; a narrow one is seen only just above and below the dot.",
    ),
    "read_ticks": (
        "De små lodrette streger er kommunen (mørk) og området (lysere). De er til sammenligning, ikke et mål.",
        "The small vertical lines are the municipality (dark) and the area (lighter). They are for comparison, not a "
        "target.",
    ),
    "read_tick_municipality": (
        "Den lille lodrette streg er kommunen. Den er til sammenligning, ikke et mål.",
        "The small vertical line is the municipality. It is for comparison, not a target.",
    ),
    "read_tick_area": (
        "Den lille lodrette streg er området. Den er til sammenligning, ikke et mål.",
        "The small vertical line is the area. It is for comparison, not a target.",
    ),
    "read_minimum": (
        "Gennemsnit vises fra {mean} svar og fordelinger fra {distribution}, så ingen kan genkendes.",
        "Means are shown from {mean} answers and distributions from {distribution}, so that nobody can be recognised.",
    ),
    "read_talk": (
        "Rapporten er et udgangspunkt for samtale, ikke en karakter.",
        "The report is the start of a conversation, not a grade.",
    ),
    # method
    "method_score_term": ("Score", "Score"),
    "method_score": (
        "Vendte udsagn vendes først: x′ = min + max − x. En persons score på en komponent er gennemsnittet af "
        "de besvarede udsagn, når mindst {share} er besvaret. »Ved ikke« er et manglende svar og aldrig "
        "midten. På 0–100: (S − min) / (max − min) · 100.",
        "Reversed statements are turned first: x′ = min + max − x. A person's score on a component is the mean "
        "of the statements answered, when at least {share} are answered. “Don't know” is a missing answer "
        "and never the middle. On 0–100: (S − min) / (max − min) · 100.",
    ),
    "method_mean_term": ("Gennemsnit", "Mean"),
    "method_mean": (
        "Enhedens score er gennemsnittet af medarbejdernes scorer. I områdets og kommunens tal tæller hver person "
        "lige meget.",
        "The score of a unit is the mean of its people's. In the numbers of the area and the municipality each "
        "person counts the same.",
    ),
    "method_readiness_term": ("Parathed", "Readiness"),
    "method_readiness_mean": (
        "Gennemsnittet af de primære komponenter. De øvrige tæller aldrig med.",
        "The mean of the primary components. The others never count.",
    ),
    "method_readiness_min": (
        "Den laveste af de primære komponenter. De øvrige tæller aldrig med.",
        "The lowest of the primary components. The others never count.",
    ),
    "method_readiness_geometric_mean": (
        "Det geometriske gennemsnit af de primære komponenter. De øvrige tæller aldrig med.",
        "The geometric mean of the primary components. The others never count.",
    ),
    "method_rules_term": ("Parathed efter hver regel", "Readiness by each rule"),
    "method_rules": (
        "Gennemsnit {mean}, laveste {min}, geometrisk gennemsnit {geometric_mean}. Ligger de langt fra hinanden, er "
        "den ene primære komponent meget svagere end den anden.",
        "Mean {mean}, lowest {min}, geometric mean {geometric_mean}. Where they lie far apart, one primary component "
        "is much weaker than the other.",
    ),
    "alpha": ("alfa", "alpha"),
    "omega": ("omega", "omega"),
    "method_interval_term": ("Usikkerhed", "Uncertainty"),
    "method_interval": (
        "95 % t-interval om gennemsnittet, for arbejdspladsen i almindelighed.",
        "95% t interval around the mean, about the workplace in general.",
    ),
    "method_interval_finite": (
        "95 % t-interval om gennemsnittet med korrektion for endelig population: Det handler om netop de "
        "inviterede medarbejdere. Sammenligningen af institutionstyper er uden korrektionen.",
        "95% t interval around the mean with finite population correction: it is about exactly the staff who "
        "were invited. The comparison of setting types is without the correction.",
    ),
    "method_agreement_term": ("Enighed", "Agreement"),
    "method_agreement": (
        "rwg(j) (James, Demaree og Wolf 1984). Under {spread} mærkes komponenten »spredte svar«: Så skjuler "
        "gennemsnittet, at det opleves forskelligt.",
        "rwg(j) (James, Demaree and Wolf 1984). Below {spread} the component is marked “spread”: then the mean "
        "hides that people see it differently.",
    ),
    "method_classification_term": ("Drivkraft og barriere", "Driver and barrier"),
    "method_classification": (
        "Drivkraft: en score på mindst {driver}, og mindst {positive} af svarene trækker op (ligger på den gunstige "
        "side af skalaens midte). Barriere: en score under {barrier}, eller mindst {negative} af svarene trækker ned. "
        "Ellers blandet. Samme regel gælder for hvert udsagn.",
        "Driver: a score of at least {driver}, and at least {positive} of the answers pull up (lie on the favourable "
        "side of the middle of the scale). Barrier: a score below {barrier}, or at least {negative} of the answers "
        "pull down. Otherwise mixed. The same rule holds for each statement.",
    ),
    "method_split_term": ("Kortets midte", "Middle of the map"),
    "method_split": (
        "{split}, midt mellem grænsen for barriere og for drivkraft. Vi siger kun over eller under, når hele "
        "usikkerheden ligger på den side.",
        "{split}, halfway between the limits for barrier and driver. We say above or below only when the whole "
        "uncertainty lies on that side.",
    ),
    "method_reliability_term": ("Pålidelighed", "Reliability"),
    "method_reliability": (
        "Cronbachs alfa (1951) og omega total (McDonald 1999), fra {minimum} svar: {reliable}.",
        "Cronbach's alpha (1951) and omega total (McDonald 1999), from {minimum} answers: {reliable}.",
    ),
    "method_anonymity_term": ("Anonymitet", "Anonymity"),
    "method_anonymity": (
        "Gennemsnit kræver mindst {mean} svar, fordelinger og undergrupper mindst {distribution}. Flere tal "
        "kan være skjult, så et skjult tal ikke kan regnes ud af de viste. Svar kan ikke kobles til "
        "invitationen.",
        "Means need at least {mean} answers, distributions and subgroups at least {distribution}. More numbers "
        "may be hidden, so that a hidden one cannot be worked out from those shown. Answers cannot be linked "
        "to the invitation.",
    ),
    "method_versions_term": ("Versioner", "Versions"),
    "method_versions": (
        "Spørgeskema: {instrument} ({instrument_key}, version {version}). Regler: {rules}. Program: {software}. "
        "Målingen blev lukket {closed}. Dokumentets kode er {code}: Den samme kode betyder de samme tal.",
        "Questionnaire: {instrument} ({instrument_key}, version {version}). Rules: {rules}. Software: {software}. "
        "The survey closed on {closed}. The document's code is {code}: the same code means the same numbers.",
    ),
    "footer": (
        "Data pr. {moment} · spørgeskema {instrument} · regler {rules} · {n}",
        "Data as of {moment} · questionnaire {instrument} · rules {rules} · {n}",
    ),
    "footer_own_rules": (
        "Data pr. {moment} · spørgeskema og regler {instrument} · {n}",
        "Data as of {moment} · questionnaire and rules {instrument} · {n}",
    ),
    "few_n": ("antal svar vises ikke", "number of answers not shown"),
}
