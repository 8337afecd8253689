"""The sentences of explanations, Danish and English side by side."""

from collections.abc import Mapping

from domain.text import Text

TITLES: Mapping[str, Text] = {
    "n": Text("Antal svar", "Number of answers"),
    "invited": Text("Antal inviterede", "Number invited"),
    "response_rate": Text("Svarprocent", "Response rate"),
    "readiness": Text("Parathed", "Readiness"),
    "readiness_mean": Text("Parathed, gennemsnit", "Readiness, mean"),
    "readiness_min": Text("Parathed, det svageste led", "Readiness, the weakest link"),
    "readiness_geometric_mean": Text("Parathed, geometrisk gennemsnit", "Readiness, geometric mean"),
    "position": Text("Plads på parathedskortet", "Place on the readiness map"),
    "mean": Text("Gennemsnit", "Mean"),
    "sd": Text("Standardafvigelse", "Standard deviation"),
    "score": Text("Score fra 0 til 100", "Score from 0 to 100"),
    "ci": Text("Usikkerhed om gennemsnittet", "Uncertainty of the mean"),
    "score_ci": Text("Usikkerhed om scoren", "Uncertainty of the score"),
    "fpc_ci": Text("Usikkerhed for netop de inviterede", "Uncertainty for exactly those invited"),
    "unit_mean": Text("Gennemsnit af enhedernes gennemsnit", "Mean of the units' means"),
    "positive_share": Text("Andel positive svar", "Share of positive answers"),
    "negative_share": Text("Andel negative svar", "Share of negative answers"),
    "distribution": Text("Fordeling af svarene", "Distribution of the answers"),
    "rwg": Text("Enighed om udsagnet, rwg", "Agreement on the statement, rwg"),
    "rwg_j": Text("Enighed, rwg(j)", "Agreement, rwg(j)"),
    "agreement_band": Text("Grad af enighed", "Degree of agreement"),
    "spread": Text("Spredte svar", "Spread answers"),
    "icc1": Text("Forskel mellem enheder, ICC(1)", "Difference between units, ICC(1)"),
    "icc2": Text("Pålidelighed af enhedernes gennemsnit, ICC(2)", "Reliability of the units' means, ICC(2)"),
    "icc1_band": Text("Ord for forskellen mellem enheder", "Word for the difference between units"),
    "icc2_band": Text(
        "Ord for pålideligheden af enhedernes gennemsnit", "Word for the reliability of the units' means"
    ),
    "alpha": Text("Pålidelighed, Cronbachs alfa", "Reliability, Cronbach's alpha"),
    "alpha_standardised": Text("Pålidelighed, standardiseret alfa", "Reliability, standardised alpha"),
    "omega": Text("Pålidelighed, omega total", "Reliability, omega total"),
    "classification": Text("Drivkraft, barriere eller blandet", "Driver, barrier or mixed"),
    "change": Text("Ændring siden en tidligere måling", "Change since an earlier survey"),
    "response_shift": Text("Ændring i svarprocenten", "Change in the response rate"),
    "participation": Text("Deltagelse pr. talt uge", "Participation per counted week"),
}

HOW: Mapping[str, Text] = {
    "n_cell": Text(
        "De personer, der har svaret på mindst ét udsagn. Et tomt skema tæller ikke.",
        "The people who answered at least one statement. An empty form does not count.",
    ),
    "n_component": Text(
        "De personer, der har svaret på så mange af komponentens udsagn, at de har en score (se missing_rule).",
        "The people who answered enough of the component's statements to have a score (see missing_rule).",
    ),
    "n_item": Text(
        "De personer, der har svaret på udsagnet. »Ved ikke« er et manglende svar.",
        "The people who answered the statement. “Don't know” is a missing answer.",
    ),
    "invited": Text(
        "Summen af de inviterede i alle enheder, når antallet er oplyst for dem alle; aldrig efter stilling.",
        "The sum of those invited in all units, when the number is known of each of them; never by role.",
    ),
    "response_rate": Text("Antal, der har svaret, divideret med antal inviterede.", "Answered divided by invited."),
    "readiness_mean": Text(
        "Gennemsnittet af de primære komponenters score. De øvrige komponenter tæller aldrig med.",
        "The mean of the scores of the primary components. The other components never count.",
    ),
    "readiness_min": Text(
        "Den laveste af de primære komponenters score: det svageste led. De øvrige komponenter tæller aldrig med.",
        "The lowest score of the primary components: the weakest link. The other components never count.",
    ),
    "readiness_geometric_mean": Text(
        "Det geometriske gennemsnit af de primære komponenters score. De øvrige komponenter tæller aldrig med.",
        "The geometric mean of the scores of the primary components. The other components never count.",
    ),
    "position": Text(
        "Hver af de to primære komponenter er over eller under midten, når hele usikkerheden er det; ellers omkring. "
        "Midten ligger midt mellem grænsen for barriere og for drivkraft.",
        "Each of the two primary components is over or under the middle when its whole interval is; otherwise around. "
        "The middle is halfway between the limits for barrier and driver.",
    ),
    "mean_component": Text(
        "Vendte udsagn vendes først. Hver persons score er gennemsnittet af de udsagn, personen har besvaret; "
        "tallet er gennemsnittet af personernes score. Hver person tæller lige meget.",
        "Reversed statements are turned first. Each person's score is the mean of the statements the person answered; "
        "the number is the mean of the people's scores. Each person counts the same.",
    ),
    "mean_item": Text(
        "Gennemsnittet af svarene på udsagnet; et vendt udsagn er vendt først.",
        "The mean of the answers to the statement; a reversed statement is turned first.",
    ),
    "sd": Text(
        "Hvor meget personernes score spreder sig om gennemsnittet, med n − 1 i nævneren.",
        "How much the people's scores spread around the mean, with n − 1 below.",
    ),
    "score": Text(
        "Gennemsnittet flyttet til en skala fra 0 (det mindst gunstige svar) til 100 (det mest gunstige).",
        "The mean moved to a scale from 0 (the least favourable answer) to 100 (the most favourable).",
    ),
    "ci": Text(
        "95 % t-interval om gennemsnittet, på komponentens egen skala, for arbejdspladsen i almindelighed.",
        "95% t interval around the mean, on the component's own scale, about the workplace in general.",
    ),
    "score_ci": Text(
        "95 % t-interval om gennemsnittet, på 0–100, for arbejdspladsen i almindelighed.",
        "95% t interval around the mean, on 0–100, about the workplace in general.",
    ),
    "fpc_ci": Text(
        "95 % t-interval med korrektion for endelig population: det handler om netop de inviterede og er nul bredt, "
        "når alle har svaret.",
        "95% t interval with finite population correction: it is about exactly those invited, and has no width when "
        "everybody answered.",
    ),
    "unit_mean": Text(
        "Gennemsnittet af de viste enheders gennemsnit, så hver enhed tæller lige meget, hvor stor den end er.",
        "The mean of the means of the units shown, so that each unit counts the same, whatever its size.",
    ),
    "positive_share": Text(
        "Andelen af svar over skalaens midte, efter vending. Svar på midten tæller i nævneren, men til ingen side.",
        "The share of answers above the middle of the scale, after reversal. Answers on the middle count in the "
        "denominator and on neither side.",
    ),
    "negative_share": Text(
        "Andelen af svar under skalaens midte, efter vending. Svar på midten tæller i nævneren, men til ingen side.",
        "The share of answers below the middle of the scale, after reversal. Answers on the middle count in the "
        "denominator and on neither side.",
    ),
    "distribution": Text(
        "Hvor mange der gav hvert svar, fra skalaens laveste til højeste, som svarene blev givet (ikke vendt).",
        "How many gave each answer, from the scale's lowest to its highest, as they were given (not turned).",
    ),
    "rwg": Text(
        "Hvor enige personerne er om udsagnet: svarenes varians sammenlignet med den, svar strøet helt jævnt ud ville "
        "have. 1 er fuld enighed; 0 er som tilfældigt.",
        "How much people agree on the statement: the variance of the answers compared with that of answers strewn "
        "evenly. 1 is full agreement; 0 is as by chance.",
    ),
    "rwg_j": Text(
        "Hvor enige personerne er: udsagnenes gennemsnitlige varians sammenlignet med den, svar strøet helt jævnt ud "
        "ville have. 1 er fuld enighed; 0 er som tilfældigt.",
        "How much people agree: the mean variance of the statements compared with that of answers strewn evenly. 1 is "
        "full agreement; 0 is as by chance.",
    ),
    "agreement_band": Text(
        "Ordet for rwg(j), af et udsagn rwg, efter grænserne i thresholds.",
        "The word for rwg(j), of a statement rwg, by the limits in thresholds.",
    ),
    "spread": Text(
        "Om rwg(j) er under grænsen: så skjuler gennemsnittet, at det opleves forskelligt.",
        "Whether rwg(j) is below the limit: then the mean hides that people see it differently.",
    ),
    "icc1": Text(
        "Hvor stor en del af forskellene mellem personer der ligger mellem enhederne. Kun viste enheder er med, ellers "
        "kunne en skjult enheds gennemsnit regnes ud.",
        "How much of the differences between people lies between the units. Only units that are shown are in it, else "
        "the mean of a hidden unit could be worked out.",
    ),
    "icc2": Text(
        "Hvor pålideligt enhedernes gennemsnit kan skelnes fra hinanden. Kun viste enheder er med.",
        "How reliably the units' means can be told apart. Only units that are shown are in it.",
    ),
    "icc1_band": Text(
        "Ordet for ICC(1) efter grænserne i thresholds.", "The word for ICC(1), by the limits in thresholds."
    ),
    "icc2_band": Text(
        "Ordet for ICC(2) efter grænserne i thresholds.", "The word for ICC(2), by the limits in thresholds."
    ),
    "alpha": Text(
        "Hvor godt udsagnene følges ad, når de antages at måle komponenten lige godt. Parvis fuldstændige svar, efter "
        "vending.",
        "How well the statements go together, assuming that each measures the component equally well. Pairwise "
        "complete answers, after reversal.",
    ),
    "alpha_standardised": Text(
        "Alfa, som om alle udsagn havde samme varians: af korrelationerne.",
        "Alpha as if all statements had the same variance: from the correlations.",
    ),
    "omega": Text(
        "Som alfa, men hvert udsagn må måle komponenten forskelligt godt: ladningerne på én fælles faktor (minres).",
        "Like alpha, but each statement may measure the component differently well: the loadings on one common factor "
        "(minres).",
    ),
    "classification": Text(
        "Drivkraft, når scoren er høj og de fleste svar er positive; barriere, når scoren er lav eller mange svar er "
        "negative; ellers blandet. Hvor andelene er skjult, afgør scoren alene.",
        "Driver when the score is high and most answers are positive; barrier when the score is low or many answers "
        "are negative; otherwise mixed. Where the shares are hidden, the score decides alone.",
    ),
    "change": Text(
        "Scoren nu minus scoren dengang, kun af det begge målinger viser. Svarene er anonyme, så de samme personer kan "
        "ikke følges: de to målinger sammenlignes som to uafhængige grupper (Welchs t).",
        "The score now minus the score then, only from what both surveys show. Answers are anonymous, so the same "
        "people cannot be followed: the two surveys are compared as two independent groups (Welch's t).",
    ),
    "change_cell": Text(
        "Paratheden nu minus paratheden dengang, efter samme regel og kun hvor begge målinger viser den. Der er intet "
        "interval: hvordan dens dele varierer sammen, bliver ikke gemt.",
        "Readiness now minus readiness then, by the same rule and only where both surveys show it. There is no "
        "interval: how its parts vary together is not kept.",
    ),
    "response_shift": Text(
        "Svarprocenten nu minus svarprocenten dengang. Har den flyttet sig meget, er det måske andre, der har svaret.",
        "The response rate now minus the response rate then. Where it moved much, others may have answered.",
    ),
    "participation": Text(
        "Antal deltagelser i de uger, der tæller, divideret med antallet af de uger. En uge tæller, når stuen har "
        "afsluttet den, den ikke var lukket, barnet var indmeldt det meste af den og ikke var fraværende. Ikke "
        "registreret er ikke nul. Aktiviteter og ugens optælling lægges aldrig sammen: det største af de to tæller.",
        "Participations in the weeks that count, divided by the number of those weeks. A week counts when the room "
        "completed it, it was not closed, the child was enrolled for most of it and was not absent. Not recorded is "
        "not zero. Activities and the weekly tally are never added up: the larger of the two counts.",
    ),
}

EMPTY: Mapping[str, Text] = {
    "too_few_answers": Text(
        "Der er færre end {minimum} svar, og så vises tallet ikke.",
        "There are fewer than {minimum} answers, and then the number is not shown.",
    ),
    "protects_others": Text(
        "Tallet er skjult, for at en gruppe med færre end {minimum} svar ikke kan regnes ud af det.",
        "The number is hidden so that a group with fewer than {minimum} answers cannot be worked out from it.",
    ),
    "invited-unknown": Text("Det er ikke kendt, hvor mange der blev inviteret.", "How many were invited is not known."),
    "no-primary-components": Text(
        "Skemaet har ingen primære komponenter.", "The instrument has no primary components."
    ),
    "no-map": Text(
        "Kun et skema med netop to primære komponenter har et kort.",
        "Only an instrument with exactly two primary components has a map.",
    ),
    "items-hidden": Text(
        "Mindst ét af udsagnene eller dets fordeling er skjult, og tallet ville røbe det.",
        "At least one of the statements, or its distribution, is hidden, and the number would give it away.",
    ),
    "study-level-only": Text(
        "Pålidelighed gælder hele undersøgelsen og vises kun for kommunen som helhed.",
        "Reliability belongs to the study and is shown for the municipality as a whole only.",
    ),
    "too-few-for-reliability": Text(
        "Der er færre end {minimum} svar, og så er tallet for usikkert.",
        "There are fewer than {minimum} answers, and then the number is too uncertain.",
    ),
    "too-few-items": Text("Komponenten har for få udsagn.", "The component has too few statements."),
    "between-units-only": Text(
        "Tallet sammenligner enheder og findes kun for områder og kommunen som helhed.",
        "The number compares units and exists for areas and the municipality as a whole only.",
    ),
    "too-few-units": Text(
        "Der er færre end to enheder, der vises, eller ingen forskelle at regne på.",
        "There are fewer than two units that are shown, or no differences to compute from.",
    ),
    "not-computable": Text(
        "Det kan ikke beregnes af disse svar (ingen variation).",
        "It cannot be computed from these answers (no variation).",
    ),
    "line-broken": Text(
        "Linjen er brudt: komponenten er ikke den samme i de to versioner af skemaet.",
        "The line is broken: the component is not the same in the two versions of the instrument.",
    ),
    "not-shown-both-times": Text(
        "Mindst en af de to målinger viser ikke tallet.", "At least one of the two surveys does not show the number."
    ),
    "no-counted-weeks": Text("Ingen uge tæller for barnet.", "No week counts for the child."),
}
