"""What can be wrong with a roster, in words."""

from domain.cells import CELL_CODES
from domain.issues import CODES, Catalogue, Entry, entry
from domain.tabular import TABULAR_CODES

ROSTER_CODES: dict[str, Entry] = {
    "looks-like-cpr": entry(
        "Cellen i »{column}« ligner et CPR-nummer. CPR-numre gemmes aldrig her.",
        "The cell in “{column}” looks like a CPR number. CPR numbers are never stored here.",
        "Brug en anden nøgle, fx et løbenummer fra jeres eget system, og slet CPR-numre fra filen.",
        "Use another key, such as a serial number of your own system, and remove CPR numbers from the file.",
    ),
    "duplicate-external-id": entry(
        "»{value}« står også i række {first_row}.",
        "“{value}” is also in row {first_row}.",
        "Hvert external_id må kun stå én gang i filen. Behold den rigtige række.",
        "Each external_id may be in the file only once. Keep the right row.",
    ),
    "unknown-area": entry(
        "Området »{value}« findes ikke.",
        "The area “{value}” does not exist.",
        "Brug områdets external_id, som det står i areas.csv eller allerede er indlæst.",
        "Use the area's external_id as it is in areas.csv or was imported before.",
    ),
    "unknown-room": entry(
        "Stuen »{value}« findes ikke.",
        "The room “{value}” does not exist.",
        "Brug stuens external_id, som det står i rooms.csv eller allerede er indlæst.",
        "Use the room's external_id as it is in rooms.csv or was imported before.",
    ),
    "room-in-other-unit": entry(
        "Stuen »{room}« hører ikke til enheden »{unit}«.",
        "The room “{room}” does not belong to the unit “{unit}”.",
        "Ret stuen eller enheden. Arbejder medarbejderen på flere stuer, så lad stuen være tom.",
        "Correct the room or the unit. If the person works in several rooms, leave the room empty.",
    ),
    "conflicting-rows": entry(
        "Barnet »{value}« står også i række {first_row} med andre oplysninger i {columns}.",
        "The child “{value}” is also in row {first_row} with other values in {columns}.",
        "Et barn må have flere rækker, én for hver periode; resten af rækken skal være ens.",
        "A child may have several rows, one for each period; the rest of the row must be the same.",
    ),
    "overlapping-periods": entry(
        "Barnet »{value}« har en periode, der overlapper med perioden i række {first_row}.",
        "The child “{value}” has a period that overlaps the one in row {first_row}.",
        "Udfyld valid_to i den første periode med dagen før, den næste begynder.",
        "Fill in valid_to of the first period with the day before the next one starts.",
    ),
    "ends-before-start": entry(
        "Perioden slutter {valid_to}, før den begynder {valid_from}.",
        "The period ends {valid_to}, before it starts {valid_from}.",
        "Ret datoerne. Er valid_from tom, så udfyld den.",
        "Correct the dates. If valid_from is empty, fill it in.",
    ),
    "date-out-of-range": entry(
        "Datoen »{value}« ligger uden for 1990–2100.",
        "The date “{value}” lies outside 1990–2100.",
        "Ret årstallet. Varer perioden stadig, så lad valid_to være tom.",
        "Correct the year. If the period still lasts, leave valid_to empty.",
    ),
    "birth-month-in-future": entry(
        "Fødselsmåneden »{value}« ligger i fremtiden.",
        "The birth month “{value}” lies in the future.",
        "Ret måneden. Børn kan først indlæses, når de er født.",
        "Correct the month. Children can be imported once they are born.",
    ),
    "birth-month-too-early": entry(
        "Fødselsmåneden »{value}« er over 20 år siden.",
        "The birth month “{value}” is more than 20 years ago.",
        "Ret årstallet.",
        "Correct the year.",
    ),
    "not-an-institution-number": entry(
        "»{value}« er ikke et institutionsnummer; det har 6 cifre eller store bogstaver.",
        "“{value}” is not an institution number; it has 6 digits or capital letters.",
        "Se efter, om Excel har fjernet nuller foran.",
        "See whether Excel has removed leading zeros.",
    ),
    "not-a-p-number": entry(
        "»{value}« er ikke et P-nummer; det har 10 cifre.",
        "“{value}” is not a P-number; it has 10 digits.",
        "Brug produktionsenhedens nummer fra CVR, ikke CVR-nummeret.",
        "Use the production unit's number in the CVR register, not the CVR number.",
    ),
    "not-an-email": entry(
        "»{value}« er ikke en e-mailadresse.",
        "“{value}” is not an e-mail address.",
        "Ret adressen, eller lad cellen være tom.",
        "Correct the address or leave the cell empty.",
    ),
    "absent-left-alone": entry(
        "{count} i systemet står ikke i {file}. De er ikke ændret.",
        "{count} in the system are not in {file}. They were left as they are.",
        "En fil fjerner aldrig nogen. Er et barn stoppet, så udfyld valid_to.",
        "A file never removes anybody. If a child has left, fill in valid_to.",
    ),
}

ROSTER_CATALOGUE: Catalogue = CODES | TABULAR_CODES | CELL_CODES | ROSTER_CODES
