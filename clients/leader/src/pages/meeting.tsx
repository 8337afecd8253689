/** The meeting every eighth week: the report on one side, the questions and what the team agrees on beside it. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { Schemas } from "../../../shared/api.ts";
import { Banner, Button, Failure, Field, Heading, Loading } from "../../../shared/components.tsx";
import { dayOf } from "../../../shared/dates.ts";
import { uuid7 } from "../../../shared/ids.ts";
import { t } from "../../../shared/messages/leader.ts";
import { language } from "../../../shared/text.ts";
import { useLoaded } from "../loaded.ts";
import { asked, client, every, who } from "../session.ts";
import { forgetUnsaved, keepUnsaved, unsaved } from "../unsaved.ts";
import { fetched } from "./report.tsx";

type Adjustment = Schemas["AdjustmentIO"];
type Earlier = Schemas["EarlierAgreementOut"];
type Outcome = "done" | "going_on" | "dropped";
const KINDS = ["more_activities", "learning_areas", "group_composition", "strategies", "other"] as const;
const OUTCOMES = ["done", "going_on", "dropped"] as const;

export function MeetingPage({ room }: { room: string }) {
  const before = useLoaded(room, () => lastMeeting(room));
  const [kept, setKept] = useState(false);
  return (
    <>
      <Heading of={`meeting ${room}`}>{t("meetingNew")}</Heading>
      <p>
        <a href={`#/rooms/${room}`}>{t("backToRoom")}</a>
      </p>
      {kept && <Banner>{t("kept")}</Banner>}
      <div class="beside">
        <Report room={room} />
        {before.error !== null && <Failure error={before.error} onRetry={before.reload} />}
        {before.value !== null && !kept && who.value !== null && (
          <Minutes room={room} waiting={before.value.waiting} onKept={() => setKept(true)} />
        )}
      </div>
    </>
  );
}

/** What the last meeting agreed on, and what still waits from before it. */
async function lastMeeting(room: string): Promise<{ waiting: Earlier[] }> {
  const ofRoom = await every((query) => client.GET("/v1/meetings", { params: { query: { ...query, room_id: room } } }));
  const last = ofRoom.sort((a, b) => b.held_on.localeCompare(a.held_on))[0];
  if (last === undefined) return { waiting: [] };
  const whole = await asked(client.GET("/v1/meetings/{id}", { params: { path: { id: last.id } } }));
  const open = whole.earlier.filter((each) => each.status === "open" || each.status === "going_on");
  const fresh = whole.adjustments.map((adjustment) => ({
    adjustment,
    agreed_on: whole.held_on,
    status: "open" as const,
    note: "",
  }));
  return { waiting: [...open, ...fresh] };
}

/** The report's own pages; on a narrow screen above the rest. */
function Report({ room }: { room: string }) {
  const path = `/v1/rooms/${room}/report?format=pdf&language=${language.value}`;
  const { value, error, reload } = useLoaded(path, async () => URL.createObjectURL(await fetched(path)));
  useEffect(() => () => (value === null ? undefined : URL.revokeObjectURL(value)), [value]);
  if (error !== null) return <Failure error={error} onRetry={reload} />;
  return value === null ? <Loading /> : <iframe class="paper" src={value} title={t("meetingReport")} />;
}

type Props = { room: string; waiting: Earlier[]; onKept: () => void };
/** Minutes that somebody is in the middle of. */
type Begun = {
  id: string;
  fields: Partial<Record<"held_on" | "participants" | "interpretation", string>>;
  adjustments: Adjustment[];
  outcomes: Record<string, Outcome>;
};

function Minutes({ room, waiting, onKept }: Props) {
  const name = `meeting ${room}`;
  const [begun] = useState(
    () => unsaved<Begun>(name) ?? { id: uuid7(Date.now()), fields: {}, adjustments: [], outcomes: {} },
  );
  const { id, fields } = begun;
  const [adjustments, setAdjustments] = useState(begun.adjustments);
  const [outcomes, setOutcomes] = useState(begun.outcomes);
  const typed = useRef(fields);
  const keep = () => keepUnsaved(name, { id, fields: typed.current, adjustments, outcomes });
  useEffect(keep, [adjustments, outcomes]);
  const [error, setError] = useState<unknown>(null);
  const change = (which: string, what: Partial<Adjustment>) =>
    setAdjustments((all) => all.map((each) => (each.id === which ? { ...each, ...what } : each)));
  const send = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const body = {
      id,
      room_id: room,
      held_on: String(form.get("held_on")),
      participants: Number(form.get("participants")),
      interpretation: String(form.get("interpretation") ?? ""),
      adjustments: adjustments.filter((each) => each.text.trim() !== ""),
      followed_up: Object.entries(outcomes).map(([adjustment_id, status]) => ({ adjustment_id, status, note: "" })),
    };
    try {
      await asked(client.POST("/v1/meetings", { body }));
      forgetUnsaved(name);
      onKept();
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <form
      onSubmit={(event) => void send(event)}
      onInput={(event) => {
        typed.current = Object.fromEntries(new FormData(event.currentTarget)) as Begun["fields"];
        keep();
      }}
    >
      <Prompts />
      <Since
        waiting={waiting}
        outcomes={outcomes}
        onChoose={(which, what) => setOutcomes({ ...outcomes, [which]: what })}
      />
      <Field
        label={t("heldOn")}
        name="held_on"
        type="date"
        max={dayOf(new Date())}
        defaultValue={fields.held_on ?? dayOf(new Date())}
        required
      />
      <Field
        label={t("participants")}
        name="participants"
        type="number"
        min={1}
        max={500}
        defaultValue={fields.participants}
        required
      />
      <label class="field">
        <span>{t("interpretation")}</span>
        <textarea name="interpretation" rows={4} maxLength={6000} defaultValue={fields.interpretation} />
      </label>
      <h2>{t("adjustment")}</h2>
      {adjustments.map((each, place) => (
        <fieldset key={each.id} class="adjustment">
          <legend>{t("adjustmentNumber", { number: place + 1 })}</legend>
          <label class="field">
            <span>{t("kind")}</span>
            <select
              value={each.kind}
              onChange={(event) => change(each.id, { kind: event.currentTarget.value as Adjustment["kind"] })}
            >
              {KINDS.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`kind_${kind}`)}
                </option>
              ))}
            </select>
          </label>
          <Field
            label={t("what")}
            type="text"
            maxLength={2000}
            value={each.text}
            onInput={(event) => change(each.id, { text: event.currentTarget.value })}
          />
          <Field
            label={t("whoSees")}
            type="text"
            maxLength={200}
            value={each.responsible}
            onInput={(event) => change(each.id, { responsible: event.currentTarget.value })}
          />
          <Field
            label={t("byWhen")}
            type="date"
            value={each.due_on ?? ""}
            onInput={(event) => change(each.id, { due_on: event.currentTarget.value || null })}
          />
        </fieldset>
      ))}
      <p>
        <Button
          onClick={() =>
            setAdjustments([
              ...adjustments,
              { id: uuid7(Date.now()), kind: "more_activities", text: "", responsible: "", due_on: null },
            ])
          }
        >
          {t("add")}
        </Button>
      </p>
      {error !== null && <Failure error={error} />}
      <Button type="submit" kind="main">
        {t("save")}
      </Button>
    </form>
  );
}

function Prompts() {
  const prompts = [t("prompt_below"), t("prompt_pattern"), t("prompt_well"), t("prompt_change")];
  return (
    <section>
      <h2>{t("prompts")}</h2>
      <ol>
        {prompts.map((prompt) => (
          <li key={prompt}>{prompt}</li>
        ))}
      </ol>
    </section>
  );
}

type SinceProps = {
  waiting: Earlier[];
  outcomes: Record<string, Outcome>;
  onChoose: (which: string, what: Outcome) => void;
};

function Since({ waiting, outcomes, onChoose }: SinceProps) {
  if (waiting.length === 0) return null;
  return (
    <section>
      <h2>{t("since")}</h2>
      {waiting.map(({ adjustment }) => (
        <label class="field" key={adjustment.id}>
          <span>{adjustment.text}</span>
          <select
            value={outcomes[adjustment.id] ?? ""}
            onChange={(event) => onChoose(adjustment.id, event.currentTarget.value as Outcome)}
          >
            <option value="">{t("notDiscussed")}</option>
            {OUTCOMES.map((outcome) => (
              <option key={outcome} value={outcome}>
                {t(`outcome_${outcome}`)}
              </option>
            ))}
          </select>
        </label>
      ))}
    </section>
  );
}
