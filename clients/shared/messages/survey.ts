import { speaker } from "../text.ts";

export const t = speaker({
  title: ["Spørgeskema", "Questionnaire"],
  codeTitle: ["Skriv din kode", "Enter your code"],
  codeHint: [
    "Koden står på den seddel, du har fået. Store og små bogstaver og bindestreger er lige meget.",
    "The code is on the slip you were given. Capitals and hyphens do not matter.",
  ],
  code: ["Kode", "Code"],
  go: ["Gå til spørgeskemaet", "Go to the questionnaire"],

  asked: ["{unit}, {municipality}", "{unit}, {municipality}"],
  closes: ["Svar senest {day}.", "Answer by {day}."],
  length: ["{items} spørgsmål om {components} emner.", "{items} questions on {components} topics."],
  minute: ["Det tager omkring et minut.", "It takes about a minute."],
  minutes: ["Det tager omkring {minutes} minutter.", "It takes about {minutes} minutes."],
  pauses: [
    "Du kan holde pause når som helst: det, du har svaret, er gemt bag dit link, også på en anden telefon eller computer.",
    "You can pause whenever you like: what you have answered is kept behind your link, on another telephone or computer too.",
  ],
  anonymous: ["Er det anonymt?", "Is it anonymous?"],
  promise: [
    "Ja. Når du har sendt, kan ingen se, hvad netop du har svaret – hverken din leder, forvaltningen eller dem, der passer systemet.",
    "Yes. Once you have sent, nobody can see what you answered – neither your leader, the administration, nor those who run the system.",
  ],
  promiseHow: [
    "Dine svar skilles fra dit link og lægges mellem dine kollegers i tilfældig orden, uden tidspunkt. Resultater vises først, når mindst {minimum} har svaret, og fordelingen af svar først ved flere.",
    "Your answers are parted from your link and laid among your colleagues' in random order, with no time. Results are shown only when at least {minimum} have answered, and the distribution of answers only with more.",
  ],
  promiseLimit: [
    "Hvad der ikke kan skjules: Hvor mange der har svaret, kan ses undervejs. Indtil du sender, kan den, der har dit link, åbne det, du har gemt. Har du fået linket personligt, og har nogen gemt det, kan de se, om det er brugt – men ikke hvad du svarede. Og har kun én i huset svaret, er der ingen at gemme sig imellem.",
    "What cannot be hidden: how many have answered can be seen along the way. Until you send, whoever has your link can open what you have saved. If your link was personal and somebody kept it, they can see whether it has been used – but not what you answered. And if only one person in the house has answered, there is nobody to hide among.",
  ],
  interrupted: [
    "Du trykkede på Send sidst, men svarene nåede ikke frem. De er her endnu: gå videre, og send dem igen.",
    "You pressed Send last time, but the answers did not get through. They are still here: go on, and send them again.",
  ],
  begin: ["Begynd", "Begin"],
  resume: ["Fortsæt, hvor du slap", "Go on where you left"],

  shared: [
    "Linket her er fælles for {unit}. Når du begynder, får du dit eget, som du kan vende tilbage til.",
    "This link is shared by all of {unit}. When you begin, you get one of your own that you can return to.",
  ],
  ownLink: [
    "Vil du fortsætte på en anden telefon eller computer, så gem dit eget link:",
    "To go on with another telephone or computer, keep your own link:",
  ],
  copy: ["Kopiér link", "Copy link"],
  copied: ["Kopieret", "Copied"],

  step: ["Side {step} af {steps}", "Page {step} of {steps}"],
  question: ["Spørgsmål {number} af {all}", "Question {number} of {all}"],
  unsure: ["Ved ikke / ikke relevant", "Don’t know / not relevant"],
  saved: ["Gemt", "Saved"],
  saving: ["Gemmer …", "Saving …"],
  waiting: [
    "Ingen forbindelse. Dine svar er gemt på denne enhed, og du kan svare videre.",
    "No connection. Your answers are kept on this device, and you can go on answering.",
  ],
  waitingUnkept: [
    "Ingen forbindelse. Lad siden være åben, til der igen står Gemt. Du kan svare videre.",
    "No connection. Leave the page open until it says Saved again. You can go on answering.",
  ],

  lastTitle: ["Send dine svar", "Send your answers"],
  role: ["Hvad er din rolle? (frivilligt)", "What is your role? (voluntary)"],
  roleWhy: [
    "Roller vises kun for grupper på mindst 10. Er du den eneste i din rolle, så spring over, hvis du er i tvivl.",
    "Roles are shown only for groups of at least 10. If you are the only one in your role, skip this when in doubt.",
  ],
  roleNone: ["Vil ikke oplyse", "Rather not say"],
  all: ["Du har svaret på alle {items} spørgsmål.", "You have answered all {items} questions."],
  some: ["Du har svaret på {answered} af {items} spørgsmål.", "You have answered {answered} of {items} questions."],
  someOk: [
    "Du må gerne sende alligevel. Her mangler der svar:",
    "You may send all the same. These have questions left:",
  ],
  none: ["Svar på mindst ét spørgsmål, før du sender.", "Answer at least one question before you send."],
  left: ["{component}: {left} tilbage", "{component}: {left} left"],
  once: ["Når du har sendt, kan svarene ikke ændres.", "Once sent, the answers cannot be changed."],
  send: ["Send svar", "Send answers"],
  sending: ["Sender …", "Sending …"],
  sendWaits: [
    "Der er ingen forbindelse. Lad siden være åben: svarene sendes, så snart der er net.",
    "There is no connection. Leave the page open: the answers are sent as soon as there is one.",
  ],

  thanks: ["Tak, dine svar er modtaget", "Thank you, your answers have been received"],
  thanksMore: [
    "De er talt med og kan ikke længere føres tilbage til dig eller dit link. Du kan lukke siden.",
    "They are counted and can no longer be traced to you or your link. You can close this page.",
  ],
  thanksNext: [
    "Når undersøgelsen er slut, taler I sammen om resultaterne i {unit}.",
    "When the survey has closed, you will talk about the results together in {unit}.",
  ],

  unknownTitle: ["Linket kendes ikke", "This link is not known"],
  unknown: [
    "Måske er det ikke kommet helt med. Prøv at åbne det igen fra beskeden, scan koden igen, eller skriv den her.",
    "Perhaps a part of it is missing. Try to open it from the message again, scan the code again, or enter it here.",
  ],
  earlyTitle: ["Undersøgelsen er ikke åbnet endnu", "The survey has not opened yet"],
  closedTitle: ["Undersøgelsen er lukket", "The survey has closed"],
  closed: [
    "Der kan ikke længere svares. Tak, fordi du ville. Svar, der ikke var sendt, tælles ikke med.",
    "It can no longer be answered. Thank you for wanting to. Answers that had not been sent are not counted.",
  ],
  usedTitle: ["Der er svaret med dette link", "This link has been used"],
  used: [
    "Hvert link kan bruges én gang. Var det dig, er dine svar talt med, og du behøver ikke gøre mere. Var det ikke, så bed din leder om et nyt link.",
    "Each link can be used once. If it was you, your answers are counted and there is nothing more to do. If it was not, ask your leader for a new link.",
  ],
  fullTitle: ["Linket er brugt op", "This link is used up"],
  busyTitle: ["Vi kan ikke hente spørgeskemaet lige nu", "We cannot get the questionnaire right now"],
});
