/** What people read, in Danish and English. Each app has its part of the catalogue in messages/. */

import { signal } from "@preact/signals";

export type Language = "da" | "en";
export type Catalogue = Readonly<Record<string, readonly [da: string, en: string]>>;
/** A text that comes from the API. */
export type Text = { da: string; en?: string | null };
export type Params = Readonly<Record<string, string | number>>;

const KEPT = "vls-language";

export const language = signal<Language>(kept() ?? "da");

export function speak(chosen: Language): void {
  language.value = chosen;
  document.documentElement.lang = chosen;
  try {
    localStorage.setItem(KEPT, chosen);
  } catch {
    // a browser that keeps nothing asks again next time
  }
}

function kept(): Language | null {
  try {
    const found = localStorage.getItem(KEPT);
    return found === "da" || found === "en" ? found : null;
  } catch {
    return null;
  }
}

/** A function that says a message of the catalogue in the language chosen, with `{name}` filled in. */
export function speaker<C extends Catalogue>(catalogue: C) {
  return (key: keyof C & string, params: Params = {}): string => {
    const [da, en] = catalogue[key] as readonly [string, string];
    return filled(language.value === "da" ? da : en, params);
  };
}

export function filled(text: string, params: Params): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? shown(params[name]) : whole));
}

function shown(value: string | number | undefined): string {
  return typeof value === "number" ? value.toLocaleString(locale()) : (value ?? "");
}

/** Where a text has no words in the language chosen, those of the other are shown. */
export function said(text: Text): string {
  return text[tongue(text)] ?? "";
}

/** The language in which a text is said: what reads aloud must know. */
export function tongue(text: Text): Language {
  const other = language.value === "da" ? "en" : "da";
  return !text[language.value] && text[other] ? other : language.value;
}

export function locale(): string {
  return language.value === "da" ? "da-DK" : "en-GB";
}

/** A day (`2026-09-30`) in words; the day is the same in every time zone. */
export function day(iso: string): string {
  const format = new Intl.DateTimeFormat(locale(), { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  return format.format(new Date(`${iso}T00:00:00Z`));
}
