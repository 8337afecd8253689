"""What can be wrong with a table of ratings, in words."""

from domain.issues import Entry, entry

RATING_CODES: dict[str, Entry] = {
    "not-a-week": entry(
        "»{value}« i kolonnen »{column}« er ikke en uge.",
        "“{value}” in the column “{column}” is not a week.",
        "Skriv ugen som 2026-W35.",
        "Write the week as 2026-W35.",
    ),
    "week-in-future": entry(
        "Perioden begynder i {value}, som ikke er kommet endnu.",
        "The period begins in {value}, which has not come yet.",
        "Ret ugen.",
        "Correct the week.",
    ),
    "week-before-first": entry(
        "Perioden slutter i {value}, før den begynder.",
        "The period ends in {value}, before it begins.",
        "Ret ugerne, eller lad last_week være tom: så er perioden på otte uger.",
        "Correct the weeks, or leave last_week empty for a period of eight weeks.",
    ),
    "periods-overlap": entry(
        "Perioden fra {value} overlapper med {there}, som stuen har en evaluering af.",
        "The period from {value} overlaps {there}, which the room has an evaluation of.",
        "En stues perioder er de samme eller adskilte. Ret ugerne.",
        "The periods of a room are the same or apart. Correct the weeks.",
    ),
    "joint-has-no-rater": entry(
        "En fælles vurdering har ingen vurderer.",
        "A joint rating has no rater.",
        "Lad rater_external_id være tom, eller skriv individual i kind.",
        "Leave rater_external_id empty, or write individual in kind.",
    ),
    "unknown-rater": entry(
        "Medarbejderen »{value}« findes ikke i stuens enhed.",
        "The member of staff “{value}” is not in the room's unit.",
        "Brug medarbejderens external_id fra staff.csv.",
        "Use the external_id of the member of staff from staff.csv.",
    ),
    "unknown-child": entry(
        "Barnet »{value}« findes ikke.",
        "The child “{value}” does not exist.",
        "Brug barnets external_id fra children.csv.",
        "Use the child's external_id from children.csv.",
    ),
    "child-not-in-room": entry(
        "Barnet »{value}« var ikke på stuen den {day}.",
        "The child “{value}” was not in the room on {day}.",
        "Ret datoen eller stuen, eller indlæs barnets ophold først.",
        "Correct the date or the room, or import the child's stays first.",
    ),
    "date-in-future": entry(
        "Datoen {value} ligger i fremtiden.",
        "The date {value} lies in the future.",
        "Ret datoen.",
        "Correct the date.",
    ),
    "birth-month-unknown": entry(
        "Barnet »{value}« har ingen fødselsmåned, så alderen kan ikke regnes ud.",
        "The child “{value}” has no month of birth, so there is no age.",
        "Indlæs fødselsmåneden med children.csv først.",
        "Import the month of birth with children.csv first.",
    ),
    "outside-age-range": entry(
        "Barnet er {months} måneder; skemaet er for børn fra {first} til {last} måneder.",
        "The child is {months} months old; the instrument is for children from {first} to {last} months.",
        "Ret datoen, eller brug et skema til alderen.",
        "Correct the date, or use an instrument for that age.",
    ),
    "ratings-first": entry(
        "Den fælles vurdering kræver {needed} afsluttede individuelle; der er {there}.",
        "The joint rating needs {needed} final individual ones; there are {there}.",
        "Tag de individuelle vurderinger med i filen, eller brug et skema, der ikke kræver dem.",
        "Put the individual ratings into the file too, or use an instrument that does not ask for them.",
    ),
    "nothing-answered": entry(
        "Rækken har ingen svar, men er afsluttet.",
        "The row has no answers but is final.",
        "Udfyld svarene, skriv draft i state, eller slet rækken.",
        "Fill in the answers, write draft in state, or remove the row.",
    ),
    "already-final": entry(
        "Vurderingen er afsluttet og kan ikke blive en kladde igen.",
        "The rating is final and does not become a draft again.",
        "Skriv final i state, eller lad cellen være tom.",
        "Write final in state, or leave the cell empty.",
    ),
    "rated-twice": entry(
        "Den samme vurdering står også i række {first_row}.",
        "The same rating is also in row {first_row}.",
        "Behold den rigtige række.",
        "Keep the right row.",
    ),
}
