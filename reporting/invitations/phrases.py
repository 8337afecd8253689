"""Every fixed sentence of an invitation, Danish and English side by side.

What is said of anonymity has to be true of docs/anonymity.md, word for word.
"""

from reporting.numbers import Language

_PHRASES: dict[str, tuple[str, str]] = {
    # the sheet
    "title": ("Links til spørgeskemaet", "Links to the questionnaire"),
    "for_unit": ("Spørgeskema til {unit}", "Questionnaire for {unit}"),
    "strips_one": ("1 link til én medarbejder", "1 link for one member of staff"),
    "strips_many": ("{n} links, ét til hver medarbejder", "{n} links, one for each member of staff"),
    "hand_out": (
        "Klip strimlerne fra hinanden, bland dem, og lad hver medarbejder trække én. Skriv ikke op, hvem der får "
        "hvilken. Et link virker én gang; kast dem, der bliver tilovers, væk.",
        "Cut the strips apart, mix them and let each member of staff draw one. Do not note who gets which. A link "
        "works once; throw away those that are left over.",
    ),
    "shared": ("Fælles link med plads til {cap} svar", "Shared link with room for {cap} answers"),
    "hang_up": (
        "Hæng arket op i personalerummet. Alle åbner det samme link og får hver sit eget svar.",
        "Hang this up in the staff room. Everybody opens the same link and gets an answer of their own.",
    ),
    "scan": ("Scan koden, eller skriv adressen:", "Scan the code or type the address:"),
    "qr_alt": ("QR-kode, der åbner {link}", "QR code that opens {link}"),
    # what everybody should know
    "anonymous": (
        "Linket husker kun, at det er brugt. Svaret gemmes uden navn, link og tidspunkt.",
        "The link only remembers that it was used. The answer is kept without name, link or time.",
    ),
    "groups": (
        "Ingen ser enkelte svar. Gennemsnit vises kun, når mindst {n} har svaret.",
        "Nobody is shown single answers. Averages are shown only when at least {n} have answered.",
    ),
    "voluntary": (
        "Det er frivilligt. Du kan gemme, holde pause og fortsætte på en anden enhed.",
        "It is voluntary. You can save, pause and go on with another device.",
    ),
    "until": ("Svar senest den {day}.", "Answer by {day}."),
    "about": ("{round} · {municipality} · svar senest den {day}", "{round} · {municipality} · answer by {day}"),
    # the letter
    "subject": ("Spørgeskema: {round}", "Questionnaire: {round}"),
    "subject_reminder": ("Påmindelse om spørgeskema: {round}", "Reminder, questionnaire: {round}"),
    "greeting": ("Hej", "Hello"),
    "invited": (
        "Du er inviteret til at svare på spørgeskemaet »{round}« for {unit}, {municipality}.",
        "You are invited to answer the questionnaire “{round}” for {unit}, {municipality}.",
    ),
    "reminded": (
        "Dit link til spørgeskemaet »{round}« for {unit}, {municipality}, er ikke brugt endnu. Linket er det samme "
        "som sidst, og det, du har gemt, er der stadig.",
        "Your link to the questionnaire “{round}” for {unit}, {municipality}, has not been used yet. The link is the "
        "same as before, and what you have saved is still there.",
    ),
    "your_link": ("Åbn dit eget link:", "Open your own link:"),
    "not_on": (
        "Linket er dit eget og virker én gang; send det ikke videre.",
        "The link is your own and works once; do not pass it on.",
    ),
    "signature": ("Vi lærer sammen, {municipality}", "Vi lærer sammen, {municipality}"),
}


def say(key: str, language: Language, **values: str) -> str:
    """The phrase `key` in `language`, with `values` put in as they are.

    >>> say("until", "da", day="30. september 2026")
    'Svar senest den 30. september 2026.'
    """
    danish, english = _PHRASES[key]
    return (danish if language == "da" else english).format(**values)
