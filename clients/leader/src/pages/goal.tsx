/** Setting a goal: what is to be reached, measured by what, and by when. The baseline is the server's to compute. */

import { useState } from "preact/hooks";
import { Button, Failure, Field } from "../../../shared/components.tsx";
import { addWeeks, dayOf, weekOf } from "../../../shared/dates.ts";
import { uuid7 } from "../../../shared/ids.ts";
import { t } from "../../../shared/messages/leader.ts";
import { asked, client } from "../session.ts";

const MEASURES = ["children_at_line", "mean_rate"] as const;
const KINDS = ["immersion_activity", "focus_conversation"] as const;
const WEEKS = 16; // a goal has two periods unless somebody says otherwise

export function NewGoal({ room, onDone }: { room: string; onDone: () => void }) {
  const [id] = useState(() => uuid7(Date.now())); // the same when it is sent again
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
      onDone();
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <form onSubmit={(event) => void send(event)}>
      <Field label={t("goalTitle")} name="title" type="text" maxLength={200} required />
      <Pick label={t("measure")} name="measure" of={MEASURES.map((value) => [value, t(`measure_${value}`)])} />
      <Pick label={t("about")} name="about" of={KINDS.map((value) => [value, t(value)])} />
      <Field label={t("target")} name="target" type="text" inputMode="decimal" pattern="[0-9]+([.,][0-9]+)?" required />
      {error !== null && <Failure error={error} />}
      <Button type="submit" kind="main">
        {t("save")}
      </Button>
    </form>
  );
}

type PickProps = { label: string; name: string; of: readonly (readonly [value: string, title: string])[] };

export function Pick({ label, name, of }: PickProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <select name={name}>
        {of.map(([value, title]) => (
          <option key={value} value={value}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}
