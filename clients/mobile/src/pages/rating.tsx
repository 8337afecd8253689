/** Items answered on a scale, for practice and development alike. What one is in the middle of is kept with every answer. */

import { Choice } from "../../../shared/components.tsx";
import { t } from "../../../shared/messages/mobile.ts";
import { said, type Text } from "../../../shared/text.ts";
import type { Person } from "../core/snapshot.ts";

export type Answers = Record<string, number | null>;
type Group = { key: string; title: Text };
type Item = { key: string; text: Text; group: string };

type Props = {
  groups: readonly Group[];
  items: readonly Item[];
  scale: { min: number; max: number; labels: readonly Text[] };
  answers: Answers;
  onAnswer: (item: string, value: number | null) => void;
};

export function Items({ groups, items, scale, answers, onAnswer }: Props) {
  return (
    <>
      {groups.map((group) => (
        <section key={group.key}>
          <h2>{said(group.title)}</h2>
          {items
            .filter((item) => item.group === group.key)
            .map((item) => (
              <fieldset key={item.key}>
                <legend>{said(item.text)}</legend>
                <div class="choices scale">
                  {values(scale).map(({ value, label }) => (
                    <Choice
                      key={value}
                      name={item.key}
                      checked={answers[item.key] === value}
                      onChoose={() => onAnswer(item.key, value)}
                    >
                      {label === null ? value : said(label)}
                    </Choice>
                  ))}
                  <Choice
                    name={item.key}
                    checked={(answers[item.key] ?? null) === null}
                    onChoose={() => onAnswer(item.key, null)}
                  >
                    <span class="muted">{t("unanswered")}</span>
                  </Choice>
                </div>
              </fieldset>
            ))}
        </section>
      ))}
    </>
  );
}

function values(scale: Props["scale"]): { value: number; label: Text | null }[] {
  const many = scale.max - scale.min + 1;
  const labelled = scale.labels.length === many;
  return Array.from({ length: many }, (_, place) => ({
    value: scale.min + place,
    label: labelled ? (scale.labels[place] ?? null) : null,
  }));
}

export function answeredOf(items: readonly { key: string }[], answers: Answers): number {
  return items.filter((item) => typeof answers[item.key] === "number").length;
}

type PickProps = {
  label: string;
  value: string;
  onPick: (value: string) => void;
  of: readonly { value: string; title: string }[];
};

export function Pick({ label, value, onPick, of }: PickProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value} onChange={(event) => onPick(event.currentTarget.value)}>
        <option value="">{t("choose")}</option>
        {of.map((each) => (
          <option key={each.value} value={each.value}>
            {each.title}
          </option>
        ))}
      </select>
    </label>
  );
}

export const TOGETHER = "together";

/** A colleague, or the team together. */
export function Rater({
  staff,
  value,
  onPick,
}: {
  staff: readonly Person[];
  value: string;
  onPick: (value: string) => void;
}) {
  const people = staff.map((person) => ({ value: person.id, title: person.name }));
  return (
    <Pick label={t("who")} value={value} onPick={onPick} of={[...people, { value: TOGETHER, title: t("together") }]} />
  );
}

export const raterOf = (value: string): string | null => (value === TOGETHER ? null : value);
