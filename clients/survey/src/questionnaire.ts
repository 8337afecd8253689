/** What the questionnaire is made of, and how far one has come. No screen, no network. */

import type { Schemas } from "../../shared/api.ts";

export type Questionnaire = Schemas["QuestionnaireOut"];
export type Item = Questionnaire["items"][number];
export type Component = Questionnaire["components"][number];
export type Role = NonNullable<Questionnaire["role"]>;
/** A value, or null for "don't know"; an item that is not there has not been answered. */
export type Answers = Readonly<Record<string, number | null>>;

export function itemsOf(asked: Questionnaire, component: Component): Item[] {
  return asked.items.filter((item) => item.component === component.key);
}

/** How many of the items hold a value or a "don't know". */
export function settled(items: readonly Item[], answers: Answers): number {
  return items.filter((item) => item.key in answers).length;
}

/** How many of the items hold a value: what counts. */
export function valued(items: readonly Item[], answers: Answers): number {
  return items.filter((item) => typeof answers[item.key] === "number").length;
}

/** The first page with something left to answer, or the last page of all (the one that sends). */
export function firstOpen(asked: Questionnaire, answers: Answers): number {
  const open = asked.components.findIndex((component) => {
    const items = itemsOf(asked, component);
    return settled(items, answers) < items.length;
  });
  return open === -1 ? asked.components.length : open;
}

/** Minutes it takes, at some twelve seconds an item. */
export function minutes(asked: Questionnaire): number {
  return Math.max(1, Math.round((asked.items.length * 12) / 60));
}

/** The values of a scale with their labels; a scale may label every point, only its ends, or none. */
export function points(scale: Component["scale"]): { value: number; label: Schemas["TextIO"] | null }[] {
  const many = scale.max - scale.min + 1;
  return Array.from({ length: many }, (_, place) => ({ value: scale.min + place, label: labelAt(scale, place, many) }));
}

function labelAt(scale: Component["scale"], place: number, many: number) {
  if (scale.labels.length === many) return scale.labels[place] ?? null;
  if (scale.labels.length !== 2) return null;
  return (place === 0 ? scale.labels[0] : place === many - 1 ? scale.labels[1] : null) ?? null;
}
