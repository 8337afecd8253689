"""What can be wrong with an instrument and with the sheets that hold one, in words."""

from domain.cells import CELL_CODES
from domain.issues import CODES, Catalogue, Entry, entry
from domain.tabular import TABULAR_CODES

WORDING_CODES: dict[str, Entry] = {
    "key-characters": entry(
        "Nøglen »{key}« har tegn, der ikke kan bruges.",
        "The key “{key}” holds characters that cannot be used.",
        "Brug bogstaverne a–z, cifre, punktum, _ og -, højst 64 tegn; det første skal være et bogstav eller et ciffer.",
        "Use the letters a–z, digits, full stop, _ and -, at most 64; the first must be a letter or a digit.",
    ),
    "version-out-of-range": entry(
        "Versionen er {version}; den skal være et helt tal fra 1 til {limit}.",
        "The version is {version}; it must be a whole number from 1 to {limit}.",
        "Giv den første version nummer 1 og den næste nummer 2.",
        "Number the first version 1 and the next one 2.",
    ),
    "text-too-long": entry(
        "Teksten har {length} tegn; der må højst være {limit}.",
        "The text has {length} characters; {limit} is the most.",
        "Forkort teksten.",
        "Shorten the text.",
    ),
    "too-many": entry(
        "Der er {count}; der må højst være {limit}.",
        "There are {count}; {limit} is the most.",
        "Kontrollér, om noget står dobbelt, eller del spørgeskemaet i to.",
        "See whether something is there twice, or split the questionnaire.",
    ),
    "prompt-unknown-component": entry(
        "Dialogspørgsmålet hører til komponenten »{component}«, som ikke findes.",
        "The prompt belongs to the component “{component}”, which does not exist.",
        "Ret komponentens nøgle, eller lad den være tom, hvis spørgsmålet gælder alle komponenter.",
        "Correct the component key, or leave it empty if the prompt is for any component.",
    ),
    "equivalence-not-earlier": entry(
        "Der henvises til version {version}, men den skal være tidligere end denne ({own}).",
        "Version {version} is referred to, but it must be earlier than this one ({own}).",
        "Ret versionens nummer.",
        "Correct the number of the version.",
    ),
    "duplicate-equivalence": entry(
        "Version {version} står der mere end én gang.",
        "Version {version} is there more than once.",
        "Saml alt, hvad der er ens med version {version}, ét sted.",
        "Put all that is the same as in version {version} in one place.",
    ),
    "equivalence-without-items": entry(
        "Der er ingen spørgsmål, som er ens med version {version}.",
        "No items are given that are the same as in version {version}.",
        "Angiv mindst ét spørgsmål, eller slet henvisningen.",
        "Name at least one item or remove the reference.",
    ),
    "equivalence-unknown-item": entry(
        "Spørgsmålet »{key}« findes ikke i denne version.",
        "The item “{key}” does not exist in this version.",
        "Ret spørgsmålets nøgle.",
        "Correct the item key.",
    ),
    "equivalence-item-twice": entry(
        "Spørgsmålet »{key}« er sat lig flere spørgsmål i version {version}.",
        "The item “{key}” is said to equal several items of version {version}.",
        "Behold det spørgsmål, der er det samme.",
        "Keep the item that is the same.",
    ),
    "equivalence-target-twice": entry(
        "Spørgsmålet »{earlier}« i version {version} er sat lig flere spørgsmål her.",
        "The item “{earlier}” of version {version} is said to equal several items here.",
        "Behold det spørgsmål, der er det samme.",
        "Keep the item that is the same.",
    ),
    "equivalence-not-published": entry(
        "Version {version} er ikke udgivet.",
        "Version {version} is not published.",
        "Udgiv version {version} først, eller ret nummeret.",
        "Publish version {version} first, or correct the number.",
    ),
    "equivalence-unknown-earlier-item": entry(
        "Spørgsmålet »{earlier}« findes ikke i version {version}.",
        "The item “{earlier}” does not exist in version {version}.",
        "Brug den nøgle, spørgsmålet har i version {version}.",
        "Use the key the item has in version {version}.",
    ),
    "equivalence-other-scale": entry(
        "»{key}« besvares på skalaen {scale}, men »{earlier}« i version {version} blev besvaret på {earlier_scale}.",
        "“{key}” is answered on the scale {scale}, but “{earlier}” of version {version} was on {earlier_scale}.",
        "Svar på to skalaer kan ikke sammenlignes. Slet linjen; så vises ingen udvikling over bruddet.",
        "Answers on two scales cannot be compared. Remove the line; then no change is shown across the break.",
    ),
    "version-published": entry(
        "»{key}« version {version} er udgivet med et andet indhold og kan ikke ændres.",
        "“{key}” version {version} is published with other content and cannot change.",
        "Skriv det næste versionsnummer, og udgiv det som en ny version.",
        "Write the next version number and publish it as a new version.",
    ),
}

SHEET_CODES: dict[str, Entry] = {
    "missing-sheet": entry(
        "Arket »{name}« mangler.",
        "The sheet “{name}” is missing.",
        "Hent en udgave som XLSX, og skriv i den; så er alle ark der.",
        "Export a version as XLSX and write in that; then all the sheets are there.",
    ),
    "sheet-not-read": entry(
        "Arket »{name}« kendes ikke og er ikke læst.",
        "The sheet “{name}” is not known and was not read.",
        "I behøver ikke gøre noget, hvis arket er jeres egne noter. Arkene hedder {names}.",
        "There is nothing you need to do if the sheet is your own notes. The sheets are called {names}.",
    ),
    "missing-field": entry(
        "»{field}« mangler.",
        "“{field}” is missing.",
        "Tilføj feltet, og udfyld det.",
        "Add the field and fill it in.",
    ),
    "unknown-field": entry(
        "Feltet »{field}« kendes ikke.",
        "The field “{field}” is not known.",
        "Ret navnet, eller slet feltet. Felter, der ligner: {close}.",
        "Correct the name or remove the field. Fields like it: {close}.",
    ),
    "duplicate-field": entry(
        "Feltet »{field}« er der mere end én gang.",
        "The field “{field}” is there more than once.",
        "Behold det rigtige, og slet de andre.",
        "Keep the right one and remove the others.",
    ),
    "not-a-number": entry(
        "»{value}« i kolonnen »{column}« er ikke et tal.",
        "“{value}” in the column “{column}” is not a number.",
        "Skriv fx 0,5 eller 0.5 eller 2/3.",
        "Write for example 0.5 or 0,5 or 2/3.",
    ),
    "not-a-plain-whole-number": entry(
        "»{value}« i kolonnen »{column}« er ikke et helt tal.",
        "“{value}” in the column “{column}” is not a whole number.",
        "Skriv et helt tal uden punktum, fx 1000.",
        "Write a whole number without separators, such as 1000.",
    ),
    "cell-not-used": entry(
        "»{column}« bruges ikke i en række af denne slags.",
        "“{column}” is not used in a row of this kind.",
        "Tøm cellen, eller ret rækkens kind.",
        "Empty the cell or correct the kind of the row.",
    ),
    "label-off-scale": entry(
        "Skalaen {min}–{max} har ikke noget trin {point}.",
        "The scale {min}–{max} has no point {point}.",
        "Ret trinnet, eller slet rækken.",
        "Correct the point or remove the row.",
    ),
    "duplicate-label": entry(
        "Trin {point} har allerede en tekst i række {first_row}.",
        "Point {point} has a label already in row {first_row}.",
        "Behold den rigtige, og slet den anden.",
        "Keep the right one and remove the other.",
    ),
    "label-without-scale": entry(
        "Komponenten »{component}« har ikke sin egen skala.",
        "The component “{component}” has no scale of its own.",
        "Udfyld scale_min og scale_max på arket components, eller lad component være tom.",
        "Fill in scale_min and scale_max on the sheet components, or leave component empty.",
    ),
}

INSTRUMENT_CATALOGUE: Catalogue = CODES | TABULAR_CODES | CELL_CODES | WORDING_CODES | SHEET_CODES
