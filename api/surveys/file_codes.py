"""What can be wrong with the file that holds an instrument, in words."""

from domain.issues import Entry, entry

INSTRUMENT_FILE_CODES: dict[str, Entry] = {
    "file-too-large": entry(
        "Filen fylder over {limit} MB.",
        "The file takes more than {limit} MB.",
        "Kontrollér, at det er det rigtige dokument; et spørgeskema fylder meget lidt.",
        "See that this is the right document; a questionnaire takes very little.",
    ),
    "file-not-utf-8": entry(
        "Filen er ikke UTF-8: linjen har tegn, der ikke kan læses.",
        "The file is not UTF-8: the line holds bytes that cannot be read.",
        "Gem filen som UTF-8, så æ, ø og å bliver rigtige.",
        "Save the file as UTF-8, so that every letter comes out right.",
    ),
    "not-an-instrument": entry(
        "Filen indeholder ikke ét spørgeskema.",
        "The file does not hold one questionnaire.",
        "Hent en udgivet version som JSON, YAML eller XLSX, og brug den som forlæg.",
        "Export a published version as JSON, YAML or XLSX and use that as a pattern.",
    ),
    "unreadable-json": entry(
        "Filen er ikke gyldig JSON ({what}).",
        "The file is not valid JSON ({what}).",
        "Se efter et komma eller et anførselstegn, der mangler eller er for meget.",
        "Look for a comma or a quotation mark that is missing or too many.",
    ),
    "unreadable-yaml": entry(
        "Filen er ikke gyldig YAML ({what}).",
        "The file is not valid YAML ({what}).",
        "Se efter indrykningen, og sæt tekster med kolon i anførselstegn.",
        "Look at the indentation, and put texts that hold a colon in quotation marks.",
    ),
    "yaml-alias": entry(
        "Filen bruger YAML-henvisninger (*navn); de læses ikke.",
        "The file uses YAML aliases (*name); they are not read.",
        "Skriv indholdet ud, hvor det skal stå.",
        "Write the content out where it is wanted.",
    ),
    "yaml-tag": entry(
        "Filen bruger YAML-mærket {what}; mærker læses ikke.",
        "The file uses the YAML tag {what}; tags are not read.",
        "Slet mærket. Tekster kan sættes i anførselstegn.",
        "Remove the tag. Texts can be put in quotation marks.",
    ),
    "yaml-several-documents": entry(
        "Filen har flere dokumenter (---).",
        "The file holds several documents (---).",
        "Gem hvert spørgeskema i sin egen fil.",
        "Save each questionnaire in a file of its own.",
    ),
    "nested-too-deep": entry(
        "Filen er indlejret i mere end {limit} lag.",
        "The file is nested more than {limit} levels deep.",
        "Kontrollér, at det er det rigtige dokument.",
        "See that this is the right document.",
    ),
    "old-workbook": entry(
        "Filen er et ældre Excel-ark (.xls) eller låst med en adgangskode.",
        "The file is an older Excel workbook (.xls) or locked with a password.",
        "Gem den uden adgangskode som »Excel-projektmappe (.xlsx)«.",
        "Save it without a password as “Excel workbook (.xlsx)”.",
    ),
    "unreadable-workbook": entry(
        "Filen er ikke et Excel-ark (.xlsx), eller den er beskadiget.",
        "The file is not an Excel workbook (.xlsx), or it is damaged.",
        "Åbn den i et regneark, og gem den igen som .xlsx.",
        "Open it in a spreadsheet and save it again as .xlsx.",
    ),
    "unsafe-workbook": entry(
        "Excel-arket indeholder noget, som intet regneark skriver, og læses ikke.",
        "The workbook holds something no spreadsheet writes and is not read.",
        "Åbn det i et regneark, og gem det igen som .xlsx.",
        "Open it in a spreadsheet and save it again as .xlsx.",
    ),
    "workbook-too-large": entry(
        "Excel-arket fylder over {limit} MB, når det er pakket ud.",
        "The workbook takes more than {limit} MB when unpacked.",
        "Slet billeder og tomme, formaterede rækker, eller kopiér teksten til et nyt ark.",
        "Remove pictures and empty formatted rows, or copy the text to a new workbook.",
    ),
    "too-many-sheets": entry(
        "Excel-arket har mere end {limit} ark.",
        "The workbook has more than {limit} sheets.",
        "Behold kun spørgeskemaets ark.",
        "Keep only the sheets of the questionnaire.",
    ),
    "sheet-too-large": entry(
        "Arket har mere end {limit} rækker eller alt for mange kolonner.",
        "The sheet has more than {limit} rows or far too many columns.",
        "Slet celler langt nede og ude til højre; der kan stå noget usynligt.",
        "Remove cells far down and far to the right; something invisible may stand there.",
    ),
    "cell-is-formula": entry(
        "Cellen er en formel; det, der udgives, skal stå i cellen selv.",
        "The cell is a formula; what is published must stand in the cell itself.",
        "Kopiér cellen, og indsæt den som værdi. En tekst må gerne begynde med =, hvis cellen er formateret som tekst.",
        "Copy the cell and paste it as a value. A text may begin with = when the cell is formatted as text.",
    ),
    "cell-is-error": entry(
        "Cellen viser en fejl fra regnearket.",
        "The cell shows an error of the spreadsheet.",
        "Ret cellen.",
        "Correct the cell.",
    ),
    "field-not-text": entry(
        "»{field}« skal være tekst, men er {value}.",
        "“{field}” must be text but is {value}.",
        "Sæt teksten i anførselstegn.",
        "Put the text in quotation marks.",
    ),
    "field-not-a-number": entry(
        "»{field}« skal være et tal, men er {value}.",
        "“{field}” must be a number but is {value}.",
        "Skriv tallet med punktum og uden anførselstegn, fx 0.5.",
        "Write the number with a point and without quotation marks, such as 0.5.",
    ),
    "field-not-true-or-false": entry(
        "»{field}« skal være true eller false, men er {value}.",
        "“{field}” must be true or false but is {value}.",
        "Skriv true eller false uden anførselstegn.",
        "Write true or false without quotation marks.",
    ),
    "field-not-a-list": entry(
        "»{field}« skal være en liste.",
        "“{field}” must be a list.",
        "Skriv listen i kantede parenteser, eller i YAML med en streg foran hver linje.",
        "Write the list in square brackets, or in YAML with a dash before each line.",
    ),
    "field-not-an-object": entry(
        "»{field}« skal have felter under sig.",
        "“{field}” must have fields below it.",
        "Skriv felterne i krøllede parenteser, eller i YAML indrykket under navnet.",
        "Write the fields in braces, or in YAML indented below the name.",
    ),
    "field-out-of-range": entry(
        "»{field}« er {value}; det skal være {bound}.",
        "“{field}” is {value}; it must be {bound}.",
        "Ret tallet.",
        "Correct the number.",
    ),
    "field-wrong-length": entry(
        "»{field}« har {length}; grænsen er {limit}.",
        "“{field}” has {length}; the limit is {limit}.",
        "Tilføj det, der mangler, eller slet det overflødige.",
        "Add what is missing or remove what is too much.",
    ),
    "field-not-valid": entry(
        "»{field}« er ikke gyldig.",
        "“{field}” is not valid.",
        "Sammenlign med en udgivet version hentet som JSON eller YAML.",
        "Compare with a published version exported as JSON or YAML.",
    ),
}
