/** Setting a goal: what is to be reached, measured by what, and by when. The baseline is the server's to compute. */

import { useState } from "preact/hooks";
import { Button, Failure, Field } from "../../../shared/components.tsx";
import { addWeeks, dayOf, weekOf } from "../../../shared/dates.ts";
import { uuid7 } from "../../../shared/ids.ts";
import { t } from "../../../shared/messages/leader.ts";
import { asked, client } from "../session.ts";
import { forgetUnsaved, keepUnsaved, unsaved } from "../unsaved.ts";

const MEASURES = ["children_at_line", "mean_rate"] as const;
const KINDS = ["immersion_activity", "focus_conversation"] as const;
const WEEKS = 16; // a goal has two periods unless somebody says otherwise

/** A goal that somebody is in the middle of; the id is the same when it is sent again. */
type Begun = { id: string; typed: Partial<Record<"title" | "measure" | "about" | "target", string>> };

/** What a goal of the room is kept as while somebody is in the middle of it. */
export const goalOf = (room: string): string => `goal of ${room}`;

export function NewGoal({ room, onDone }: { room: string; onDone: () => void }) {
  const name = goalOf(room);
  const [{ id, typed }] = useState(() => unsaved<Begun>(name) ?? { id: uuid7(Date.now()), typed: {} });
  const [error, setError] = useState<unknown>(null);
  const send = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "");
    const measure = text("measure") as (typeof MEASURES)[number];
    const target = Number(text("target").replace(",", "."));
    const first = weekOf(dayOf(new Date()));
    const body = {
      id,
      room_id: room,
      title: text("title"),
      measure,
      about: text("about"),
      target: measure === "children_at_line" ? target / 100 : target,
      first_week: first,
      last_week: addWeeks(first, WEEKS - 1),
      responsible: "",
      initiative: "",
    };
    try {
      await asked(client.POST("/v1/goals", { body }));
      forgetUnsaved(name);
      onDone();
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <form
      onSubmit={(event) => void send(event)}
      onInput={(event) => keepUnsaved(name, { id, typed: Object.fromEntries(new FormData(event.currentTarget)) })}
    >
      <Field label={t("goalTitle")} name="title" type="text" maxLength={200} defaultValue={typed.title} required />
      <Pick
        label={t("measure")}
        name="measure"
        of={MEASURES.map((value) => [value, t(`measure_${value}`)])}
        chosen={typed.measure}
      />
      <Pick label={t("about")} name="about" of={KINDS.map((value) => [value, t(value)])} chosen={typed.about} />
      <Field
        label={t("target")}
        name="target"
        type="text"
        inputMode="decimal"
        pattern="[0-9]+([.,][0-9]+)?"
        defaultValue={typed.target}
        required
      />
      {error !== null && <Failure error={error} />}
      <Button type="submit" kind="main">
        {t("save")}
      </Button>
    </form>
  );
}

type PickProps = {
  label: string;
  name: string;
  of: readonly (readonly [value: string, title: string])[];
  chosen?: string | undefined;
};

export function Pick({ label, name, of, chosen }: PickProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <select name={name}>
        {of.map(([value, title]) => (
          <option key={value} value={value} selected={value === chosen}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}
