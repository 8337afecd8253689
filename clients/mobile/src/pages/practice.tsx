/** The team looks at its own practice: each alone, then together, with what it agrees to do. */

import { useState } from "preact/hooks";
import { Button, Field, Heading } from "../../../shared/components.tsx";
import { addWeeks } from "../../../shared/dates.ts";
import { t } from "../../../shared/messages/mobile.ts";
import type { Evaluation, Snapshot } from "../core/snapshot.ts";
import { saveRating } from "../recording.ts";
import { snapshot, thisWeek } from "../state.ts";
import { type Draft, SendBar, useDraft } from "./draft.tsx";
import { Back } from "./home.tsx";
import { answeredOf, Items, Pick, Rater, raterOf, TOGETHER } from "./rating.tsx";
import { weekName } from "./week.tsx";

type Agreement = { text: string; responsible: string; due_on: string | null; status: "open" | "done" | "dropped" };
type PracticeDraft = Draft & { agreements: Agreement[] };
type Period = { first: string; last: string };
const PERIOD_WEEKS = 8;

export function PracticePage() {
  const [period, setPeriod] = useState("");
  const [who, setWho] = useState("");
  const known = snapshot.value;
  const periods = known === null ? [] : periodsOf(known);
  const chosen = periods.find((each) => each.first === period) ?? null;
  return (
    <>
      <Back />
      <Heading of="practice">{t("practice")}</Heading>
      <p class="muted small">
        {t("alone")} {t("ownWork")}
      </p>
      <Pick
        label={t("period")}
        value={period}
        onPick={setPeriod}
        of={periods.map((each) => ({ value: each.first, title: `${weekName(each.first)}–${each.last.slice(6)}` }))}
      />
      <Rater staff={known?.staff ?? []} value={who} onPick={setWho} />
      {known !== null && chosen !== null && who !== "" && (
        <Form key={`${period} ${who}`} known={known} period={chosen} who={who} />
      )}
    </>
  );
}

/** What is due, what was begun, and the eight weeks that end now. */
export function periodsOf(known: Snapshot): Period[] {
  const now = thisWeek();
  const found: Period[] = [
    ...known.due.evaluations.map((each) => ({ first: each.first_week, last: each.last_week })),
    ...known.evaluations.map((each) => ({ first: each.first_week, last: each.last_week })),
  ];
  if (found.length === 0) found.push({ first: addWeeks(now, 1 - PERIOD_WEEKS), last: now });
  const distinct = new Map(found.map((each) => [each.first, each]));
  return [...distinct.values()].sort((a, b) => b.first.localeCompare(a.first)).slice(0, 6);
}

function Form({ known, period, who }: { known: Snapshot; period: Period; who: string }) {
  const name = `draft practice ${period.first} ${who}`;
  const before = known.evaluations.find(
    (each) => each.first_week === period.first && (each.rater_id ?? TOGETHER) === who,
  );
  const rating = useDraft<PracticeDraft>(
    name,
    before,
    () => begun(before),
    ({ answers, agreements }, existing, final) => {
      const rater = raterOf(who);
      return saveRating({ form: "practice", existing, draft: name, rater, period, final, answers, agreements });
    },
  );
  const { draft, change } = rating;
  const { form } = known;
  const items = form.items.map((item) => ({ ...item, group: item.element }));
  return (
    <>
      <Items
        groups={form.elements}
        items={items}
        scale={{ min: 1, max: 5, labels: form.labels ?? [] }}
        answers={draft.answers}
        onAnswer={(item, value) => change(({ answers }) => ({ answers: { ...answers, [item]: value } }))}
      />
      {raterOf(who) === null && (
        <Agreements of={draft.agreements} onChange={(agreements) => change(() => ({ agreements }))} />
      )}
      <SendBar rating={rating} answered={answeredOf(items, draft.answers)} items={items.length} />
    </>
  );
}

function begun(before: Evaluation | undefined): PracticeDraft {
  const agreements = (before?.agreements ?? []).map((each) => ({
    text: each.text,
    responsible: each.responsible ?? "",
    due_on: each.due_on ?? null,
    status: each.status ?? "open",
  }));
  return { answers: before?.answers ?? {}, agreements };
}

function Agreements({ of, onChange }: { of: Agreement[]; onChange: (agreements: Agreement[]) => void }) {
  const change = (place: number, what: Partial<Agreement>) =>
    onChange(of.map((each, index) => (index === place ? { ...each, ...what } : each)));
  return (
    <section>
      <h2>{t("agreements")}</h2>
      {of.map((each, place) => (
        <div class="agreement" key={place}>
          <Field
            label={`${t("agreement")} ${place + 1}`}
            type="text"
            maxLength={2000}
            value={each.text}
            onInput={(event) => change(place, { text: event.currentTarget.value })}
          />
          <Field
            label={t("responsible")}
            type="text"
            maxLength={200}
            value={each.responsible}
            onInput={(event) => change(place, { responsible: event.currentTarget.value })}
          />
          <Field
            label={t("dueOn")}
            type="date"
            value={each.due_on ?? ""}
            onInput={(event) => change(place, { due_on: event.currentTarget.value || null })}
          />
          <Pick
            label={t("status")}
            value={each.status}
            onPick={(status) => change(place, { status: (status || "open") as Agreement["status"] })}
            of={(["open", "done", "dropped"] as const).map((value) => ({ value, title: t(value) }))}
          />
        </div>
      ))}
      <Button onClick={() => onChange([...of, { text: "", responsible: "", due_on: null, status: "open" }])}>
        {t("addAgreement")}
      </Button>
    </section>
  );
}
