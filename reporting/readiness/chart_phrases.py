"""The words in the charts, what stands under them, and what stands in the place of what is hidden."""

CHART_PHRASES: dict[str, tuple[str, str]] = {
    # charts
    "score": ("score", "score"),
    "n": ("n", "n"),
    "driver": ("drivkraft", "driver"),
    "barrier": ("barriere", "barrier"),
    "spread": ("spredte svar", "spread"),
    "primary": ("Parathed", "Readiness"),
    "contextual": ("Det, der påvirker paratheden", "What influences readiness"),
    "too_few": ("færre end {minimum} svar", "fewer than {minimum} answers"),
    "protected": ("vises ikke: kunne afsløre andres svar", "not shown: could reveal others’ answers"),
    "no_answers": ("ingen svar", "no answers"),
    "no_distribution": (
        "fordelingen vises fra {minimum} svar",
        "the distribution is shown from {minimum} answers",
    ),
    "unfavourable": ("trækker ned", "pulls down"),
    "favourable": ("trækker op", "pulls up"),
    "reversed_mark": ("vendt udsagn", "reversed statement"),
    "key_reversed": (
        "I et vendt udsagn er rækkefølgen omvendt.",
        "In a reversed statement the order is turned round.",
    ),
    "quadrant_vc_over_over": ("klar", "ready"),
    "quadrant_vc_over_under": ("vil, men mangler kapacitet", "willing, but lacks capacity"),
    "quadrant_vc_under_over": ("kan, men vil ikke endnu", "able, but not willing yet"),
    "quadrant_vc_under_under": ("begynd med samtalen", "begin by talking"),
    "quadrant_over_over": ("begge høje", "both high"),
    "quadrant_over_under": ("mest {y}", "mostly {y}"),
    "quadrant_under_over": ("mest {x}", "mostly {x}"),
    "quadrant_under_under": ("begge lave", "both low"),
    # notes under charts
    "map_note": (
        "De grå prikker er de {count} andre enheder, vi kan vise tal for.",
        "The grey dots are the {count} other units we can show numbers of.",
    ),
    "map_note_inside": (
        "De grå prikker er de {count} enheder, vi kan vise tal for.",
        "The grey dots are the {count} units we can show numbers of.",
    ),
    "map_cross": ("Krydset viser usikkerheden (95 %-interval).", "The cross shows the uncertainty (95% interval)."),
    "map_cross_none": ("Alle inviterede har svaret.", "All people invited have answered."),
    "map_cross_hidden": (
        "Usikkerheden (95 %-interval) er mindre end prikken.",
        "The uncertainty (95% interval) is smaller than the dot.",
    ),
    "no_map": (
        "Kortet over {y} og {x} kan ikke tegnes, når ikke begge tal vises ({titles}).",
        "The map of {y} and {x} cannot be drawn unless both numbers are shown ({titles}).",
    ),
    "hidden_compared": (
        "{place}: Tallet for {titles} vises ikke til sammenligning af hensyn til anonymiteten.",
        "{place}: The number for {titles} is not shown for comparison, for the sake of anonymity.",
    ),
    "hidden_types": (
        "Sammenligningen vises ikke: Ingen af grupperne er så store, at deres tal kan vises, uden at nogens svar kunne "
        "regnes ud.",
        "The comparison is not shown: none of the groups is so large that its numbers could be shown without "
        "somebody’s answers being worked out.",
    ),
    "band_finite": (
        "Prik: gennemsnit. Bånd: usikkerhed (95 %-interval) for de {invited} inviterede.",
        "Dot: mean. Band: uncertainty (95% interval) for the {invited} people invited.",
    ),
    "band_full": (
        "Prik: gennemsnit. Alle {invited} inviterede har svaret, så for netop dem er tallene uden usikkerhed.",
        "Dot: mean. All {invited} people invited have answered, so about exactly them the numbers are certain.",
    ),
    "band_general": (
        "Prik: gennemsnit. Bånd: usikkerhed (95 %-interval) for arbejdspladsen i almindelighed.",
        "Dot: mean. Band: uncertainty (95% interval) for the workplace in general.",
    ),
    "diamond": ("Orange rude: barriere.", "Orange diamond: barrier."),
    "primary_apart": (
        "{primary} udgør paratheden. De andre komponenter tæller ikke med i den, men hjælper med at forklare den.",
        "{primary} make up readiness. The other components are not counted in it, but help to explain it.",
    ),
    "answers_note": (
        "Tallene i bjælkerne er procent af svarene. Til højre, i blåt, står altid det, der trækker op; til venstre, i "
        "skraveret orange, det, der trækker ned. I et vendt udsagn står »{low}« derfor yderst til højre.",
        "The numbers in the bars are per cent of the answers. What pulls up is always on the right, in blue; what "
        "pulls down is on the left, in hatched orange. In a reversed statement “{low}” is therefore outermost on the "
        "right.",
    ),
    "answers_note_plain": (
        "Tallene i bjælkerne er procent af svarene, fra »{low}« til venstre til »{high}« til højre.",
        "The numbers in the bars are per cent of the answers, from “{low}” on the left to “{high}” on the right.",
    ),
    "answers_few_note": (
        "Med færre end {minimum} svar vises gennemsnittet af hvert udsagn, men ikke hvordan svarene fordeler sig.",
        "With fewer than {minimum} answers the mean of each statement is shown, but not how the answers are spread.",
    ),
    "setting_note": (
        "Gennemsnit og usikkerhed (95 %-interval) for medarbejderne i {place}, efter hvor de arbejder.",
        "Mean and uncertainty (95% interval) for the staff in {place}, by where they work.",
    ),
}
