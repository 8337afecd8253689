import { speaker } from "../text.ts";

export const t = speaker({
  back: ["Tilbage", "Back"],
  next: ["Næste", "Next"],
  cancel: ["Annullér", "Cancel"],
  close: ["Luk", "Close"],
  retry: ["Prøv igen", "Try again"],
  loading: ["Henter …", "Loading …"],
  skip: ["Gå til indholdet", "Go to the content"],
  unreachable: ["Der er ingen forbindelse lige nu.", "There is no connection right now."],
  failed: ["Det lykkedes ikke.", "It did not succeed."],
  broken: ["Siden kunne ikke vises.", "The page could not be shown."],
  reopen: ["Åbn siden igen", "Open the page again"],
  reference: ["Oplys dette nummer, hvis du beder om hjælp: {id}", "Give this number when you ask for help: {id}"],
});
