"""The catalogue of problems: each permanent code with its status and a sentence in Danish and English."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem. The sentences are templates over the problem's `params`."""

    status: int
    da: str
    en: str


CATALOGUE: Mapping[str, Kind] = {
    "malformed-request": Kind(400, "Forespørgslen kan ikke læses.", "The request cannot be read."),
    "not-utf-8": Kind(400, "Teksten er ikke UTF-8.", "The text is not UTF-8."),
    "not-authenticated": Kind(
        401, "Der mangler et gyldigt adgangstegn (bearer token).", "A valid bearer token is missing."
    ),
    "token-expired": Kind(401, "Adgangstegnet er udløbet; hent et nyt.", "The token has expired; get a new one."),
    "link-expired": Kind(
        401,
        "Linket er udløbet eller ændret; bed om et nyt.",
        "The link has expired or was changed; ask for a new one.",
    ),
    "device-revoked": Kind(
        401,
        "Tabletten er ikke tilmeldt længere. Bed om en ny kode; det, der ikke er sendt endnu, er der stadig.",
        "The tablet is not enrolled any more. Ask for a new code; what has not been sent yet is still there.",
    ),
    "unknown-enrol-code": Kind(
        404,
        "Koden kendes ikke. Den er udløbet, brugt eller skrevet forkert; bed om en ny.",
        "The code is not known. It has expired, been used, or was mistyped; ask for a new one.",
    ),
    "not-a-member": Kind(
        403,
        "Du er logget ind, men har ingen rolle eller intet sted her. Bed kommunen om adgang.",
        "You are signed in, but have no role or no place here. Ask the municipality for access.",
    ),
    "issuer-unavailable": Kind(
        503,
        "Login kan ikke kontrolleres lige nu; prøv igen om lidt.",
        "The sign-in cannot be verified right now; try again in a moment.",
    ),
    "not-allowed": Kind(
        403,
        "Din rolle giver ikke adgang til dette ({needed}).",
        "Your role does not give access to this ({needed}).",
    ),
    "outside-your-place": Kind(
        403,
        "Det ligger uden for det sted, du har adgang til.",
        "It lies outside the place you have access to.",
    ),
    "not-found": Kind(404, "Det findes ikke, eller du har ikke adgang.", "It does not exist, or you have no access."),
    "method-not-allowed": Kind(405, "Metoden findes ikke her.", "The method does not exist here."),
    "same-id-other-content": Kind(
        409,
        "Dette id er brugt før med et andet indhold ({fields}). Intet er ændret.",
        "This id was used before with other content ({fields}). Nothing was changed.",
    ),
    "external-id-taken": Kind(
        409, "external_id bruges allerede af en anden.", "The external_id already belongs to another one."
    ),
    "version-published": Kind(
        409,
        "Versionen er udgivet med et andet indhold og kan ikke ændres; udgiv en ny version.",
        "The version is published with other content and cannot change; publish a new version.",
    ),
    "round-state": Kind(
        409,
        "Runden er {state}; det kræver en anden tilstand.",
        "The round is {state}; this needs another state.",
    ),
    "round-over": Kind(
        409,
        "Sidste dag for at svare var {closes_on}; flyt den (PATCH), før nogen bliver mindet om at svare.",
        "The last day to answer was {closes_on}; move it (PATCH) before anybody is reminded to answer.",
    ),
    "results-were-read": Kind(
        409,
        "Resultaterne er set, så runden kan ikke åbnes igen. Lav en ny runde.",
        "The results have been seen, so the round cannot be opened again. Make a new round.",
    ),
    "unknown-link": Kind(
        404,
        "Linket virker ikke. Se efter, om du har fået det hele med, eller bed din leder om et nyt.",
        "The link does not work. See whether all of it was copied, or ask your leader for a new one.",
    ),
    "round-not-open-yet": Kind(
        409,
        "Tak, fordi du vil svare. Spørgeskemaet er ikke åbnet endnu; det åbner efter planen {opens_da}.",
        "Thank you for wanting to answer. The questionnaire is not open yet; it is planned to open on {opens_en}.",
    ),
    "round-closed": Kind(
        409,
        "Tak, fordi du ville svare. Spørgeskemaet lukkede {closed_da}, så det kan desværre ikke besvares mere.",
        "Thank you for wanting to answer. The questionnaire closed on {closed_en}, so it can no longer be answered.",
    ),
    "already-answered": Kind(
        409,
        "Tak, dit svar er modtaget. Et link kan kun bruges én gang, og svaret kan ikke ses eller ændres.",
        "Thank you, your answer has been received. A link works once, and the answer can be neither seen nor changed.",
    ),
    "not-a-shared-link": Kind(
        409,
        "Linket er dit eget og kan bruges, som det er.",
        "This link is your own and can be used as it is.",
    ),
    "shared-link": Kind(
        409,
        "Linket er fælles for hele enheden. Begynd på et svar for at få dit eget.",
        "The whole unit shares this link. Start an answer to get one of your own.",
    ),
    "shared-link-exhausted": Kind(
        409,
        "Alle {cap} svar på det fælles link er taget i brug. Bed din leder om et link til.",
        "All {cap} answers of the shared link are in use. Ask your leader for another link.",
    ),
    "version-not-newer": Kind(
        409,
        "Der er allerede udgivet en nyere version; giv denne et højere nummer.",
        "A newer version has been published already; give this one a higher number.",
    ),
    "valid-from-passed": Kind(
        422,
        "Det kan ikke gælde fra en dag, der er gået: det ville ændre, hvad tidligere rapporter bygger på.",
        "It cannot hold from a day that is over: that would change what earlier reports rest on.",
    ),
    "unknown-word": Kind(
        422,
        "{field} bruger ord, kommunen ikke har på sin liste: {words}.",
        "{field} uses words that are not on the municipality's list: {words}.",
    ),
    "report-not-open": Kind(
        409,
        "Stuens datarapport kan trækkes fra og med {opens_on}.",
        "The room data report can be made from {opens_on} on.",
    ),
    "mail-not-configured": Kind(
        409,
        "Systemet kan ikke sende e-mails endnu; den driftsansvarlige skal sætte en mailserver op (VLS_SMTP_*).",
        "E-mails cannot be sent yet; whoever operates the system has to set up a mail server (VLS_SMTP_*).",
    ),
    "mail-server-away": Kind(
        503,
        "Mailserveren svarer ikke. Intet er tabt: e-mails venter og sendes, når den svarer igen.",
        "The mail server does not answer. Nothing is lost: e-mails wait and are sent once it answers again.",
    ),
    "mail-server-not-trusted": Kind(
        503,
        "Forbindelsen til mailserveren er ikke sikker: dens certifikat kan ikke godkendes. Intet er sendt, og intet er "
        "tabt: e-mails venter, til den driftsansvarlige har rettet det (VLS_SMTP_*).",
        "The connection to the mail server is not secure: its certificate cannot be verified. Nothing was sent and "
        "nothing is lost: e-mails wait until whoever operates the system has put it right (VLS_SMTP_*).",
    ),
    "mail-server-refused": Kind(
        503,
        "Mailserveren vil ikke sende for os; måske er brugernavn, adgangskode eller afsender forkert (VLS_SMTP_*). "
        "Intet er tabt: e-mails venter og sendes, når det er rettet.",
        "The mail server will not send for us; perhaps the user name, password or sender is wrong (VLS_SMTP_*). "
        "Nothing is lost: e-mails wait and are sent once that is put right.",
    ),
    "mail-secret-differs": Kind(
        503,
        "E-mails er låst med en anden nøgle end serverens (VLS_SECRET_KEY). Intet er tabt: de venter og sendes, når "
        "den driftsansvarlige har givet alle processer den samme nøgle.",
        "E-mails are sealed with another key than the server's (VLS_SECRET_KEY). Nothing is lost: they wait and are "
        "sent once whoever operates the system has given every process the same key.",
    ),
    "results-not-frozen": Kind(
        409,
        "Resultaterne er ikke klar. De vises, når runden er lukket og regnet ud; det kan tage et par minutter.",
        "The results are not ready. They are shown once the round is closed and computed, which may take minutes.",
    ),
    "no-earlier-round": Kind(
        404,
        "Der er ingen tidligere lukket runde med det samme skema for dette sted.",
        "There is no earlier closed round with the same instrument for this place.",
    ),
    "earlier-round-not-closed": Kind(
        409,
        "Runden, der skal sammenlignes med, er ikke lukket.",
        "The round to compare with is not closed.",
    ),
    "other-instrument": Kind(
        409,
        "Runderne bruger hvert sit skema ({now} og {earlier}) og kan ikke sammenlignes.",
        "The rounds use different instruments ({now} and {earlier}) and cannot be compared.",
    ),
    "round-not-earlier": Kind(
        422,
        "Runden, der skal sammenlignes med, ligger ikke før denne.",
        "The round to compare with is not before this one.",
    ),
    "already-rated": Kind(
        409,
        "Der er allerede en vurdering her; ret den i stedet for at lave en ny.",
        "There is a rating already; correct it instead of making another.",
    ),
    "ratings-first": Kind(
        409,
        "Den fælles vurdering afsluttes, når {needed} kolleger har afsluttet deres egen; der er {there} nu.",
        "The joint rating becomes final once {needed} colleagues have made their own final; there are {there} now.",
    ),
    "already-final": Kind(
        409,
        "Vurderingen er afsluttet. Den kan rettes, men ikke blive til en kladde igen.",
        "The rating is final. It can be corrected, but it does not become a draft again.",
    ),
    "periods-overlap": Kind(
        409,
        "Stuen har allerede en evaluering af {first} til {last}; perioderne må ikke overlappe.",
        "The room has an evaluation of {first} to {last} already; periods must not overlap.",
    ),
    "batch-not-done": Kind(
        409,
        "Pakken er ikke færdig (den er {state}); følg den, til den er færdig.",
        "The batch is not finished (it is {state}); follow it until it is done.",
    ),
    "files-removed": Kind(
        410,
        "Filerne er fjernet igen; bestil en ny pakke.",
        "The files have been removed again; order a new batch.",
    ),
    "place-deleted": Kind(
        409,
        "Stedet, det hørte til ({field}), er slettet; genskab det først.",
        "Its place ({field}) is deleted; restore that first.",
    ),
    "still-in-use": Kind(409, "Det bruges stadig af noget andet.", "Something else still uses it."),
    "conflict": Kind(409, "Det strider mod noget, der allerede findes.", "It conflicts with something that exists."),
    "stale-version": Kind(
        412,
        "En anden har ændret det i mellemtiden; hent det igen.",
        "Somebody changed it meanwhile; get it again.",
    ),
    "body-too-large": Kind(
        413, "Indholdet er for stort (over {limit} byte).", "The body is too large (over {limit} bytes)."
    ),
    "unsupported-media-type": Kind(
        415,
        "Indholdstypen understøttes ikke; brug {expected}.",
        "The content type is not supported; use {expected}.",
    ),
    "invalid-input": Kind(422, "Indholdet er ikke gyldigt; se errors.", "The content is not valid; see errors."),
    "unknown-reference": Kind(422, "Henvisningen {field} findes ikke.", "The reference {field} does not exist."),
    "unit-not-in-round": Kind(
        422,
        "Enheden ({field}) er ikke med i runden.",
        "The unit ({field}) is not part of the round.",
    ),
    "invalid-answers": Kind(
        422, "Svarene kan ikke gemmes sådan; se errors.", "The answers cannot be saved like this; see errors."
    ),
    "looks-like-cpr": Kind(
        422,
        "{field} ligner et CPR-nummer. CPR-numre må aldrig gemmes her; brug en anden nøgle.",
        "{field} looks like a CPR number. CPR numbers are never stored here; use another key.",
    ),
    "invalid-instrument": Kind(
        422, "Skemaet kan ikke udgives; se errors.", "The instrument cannot be published; see errors."
    ),
    "invalid-week": Kind(
        422, "Ugen findes ikke; skriv fx 2026-W35.", "There is no such week; write for example 2026-W35."
    ),
    "future-date": Kind(422, "Datoen ligger i fremtiden.", "The date lies in the future."),
    "child-not-in-room": Kind(
        422,
        "Mindst ét barn var ikke på stuen på det tidspunkt; se errors.",
        "At least one child was not in the room at that time; see errors.",
    ),
    "birth-month-unknown": Kind(
        422,
        "Barnets fødselsmåned er ikke kendt, så alderen kan ikke regnes ud. Ret det i børnelisten først.",
        "The child's month of birth is not known, so there is no age. Correct it in the roster first.",
    ),
    "outside-age-range": Kind(
        422,
        "Barnet er {months} måneder; skemaet er for børn fra {first} til {last} måneder.",
        "The child is {months} months old; the instrument is for children from {first} to {last} months.",
    ),
    "period-too-long": Kind(
        422, "Perioden er for lang (højst {weeks} uger).", "The period is too long (at most {weeks} weeks)."
    ),
    "unknown-chart": Kind(404, "Den figur findes ikke i rapporten.", "The report has no such chart."),
    "precondition-required": Kind(
        428, "Send If-Match med den version, du har set.", "Send If-Match with the version you have seen."
    ),
    "too-many-attempts": Kind(429, "For mange forsøg; vent lidt.", "Too many attempts; wait a little."),
    "internal-error": Kind(
        500, "Der skete en fejl hos os. Den er noteret.", "Something failed on our side. It is noted."
    ),
    "busy": Kind(503, "Der er travlt lige nu; prøv igen om lidt.", "It is busy right now; try again in a moment."),
    "rendering-too-slow": Kind(
        503,
        "Dokumentet kunne ikke laves inden for tiden; prøv igen.",
        "The document could not be made in time; try again.",
    ),
}
