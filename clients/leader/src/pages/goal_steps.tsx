/** One goal: where it started, how far it has come, and its next step: begin, evaluate, decide, and begin again. */

import { useState } from "preact/hooks";
import type { Schemas } from "../../../shared/api.ts";
import { Button, Failure, Heading, Loading } from "../../../shared/components.tsx";
import { t } from "../../../shared/messages/leader.ts";
import { language, locale } from "../../../shared/text.ts";
import { useLoaded } from "../loaded.ts";
import { asked, client } from "../session.ts";
import { forgetUnsaved, keepUnsaved, unsaved } from "../unsaved.ts";
import { Pick } from "./goal.tsx";

type Goal = Schemas["GoalOut"];
type Step = Goal["step"];
const STEPS: readonly Step[] = ["chosen", "started", "evaluated", "decided"];
const DECISIONS = ["go_on", "adjust", "stop"] as const;
type Submitted = SubmitEvent & { currentTarget: HTMLFormElement };

export function GoalPage({ id }: { id: string }) {
  const { value, error, reload } = useLoaded(id, () =>
    asked(client.GET("/v1/goals/{id}", { params: { path: { id } } })),
  );
  if (error !== null) return <Failure error={error} onRetry={reload} />;
  if (value === null) return <Loading />;
  const week = (written: string) => Number(written.slice(6));
  return (
    <>
      <Heading of={id}>{value.title}</Heading>
      {value.room_id !== null && <a href={`#/rooms/${value.room_id}`}>{t("backToRoom")}</a>}
      <p class="muted">{t("goalWeeks", { first: week(value.first_week), last: week(value.last_week) })}</p>
      <ol class="steps">
        {STEPS.map((step) => (
          <li key={step} aria-current={step === value.step ? "step" : undefined}>
            {t(`step_${step}`)}
          </li>
        ))}
      </ol>
      <dl>
        <dt>{t("baseline")}</dt>
        <dd>{measured(value, value.baseline.value)}</dd>
        <dt>{t("aim")}</dt>
        <dd>{measured(value, value.target)}</dd>
        <dt>{t("now")}</dt>
        <dd>{measured(value, value.follow_up.reading?.value ?? null)}</dd>
      </dl>
      <p>{value.follow_up.sentence[language.value]}</p>
      {value.initiative !== "" && <Told title={t("initiative")} text={value.initiative} />}
      {value.evaluation !== "" && <Told title={t("evaluationSaid")} text={value.evaluation} />}
      {value.decision !== null && <Told title={t("decision")} text={t(`decision_${value.decision}`)} />}
      {value.next_steps
        .filter((step) => STEPS.indexOf(step) > STEPS.indexOf(value.step) || value.step === "decided")
        .map((step) => (
          <NextStep key={step} goal={value} step={step} onDone={reload} />
        ))}
    </>
  );
}

function Told({ title, text }: { title: string; text: string }) {
  return (
    <section>
      <h2>{title}</h2>
      <p>{text}</p>
    </section>
  );
}

/** A share in per cent, anything else as it is; a dash where nothing could be read. */
function measured(goal: Goal, value: number | null): string {
  if (value === null) return "–";
  const share = goal.measure.startsWith("children") || goal.measure === "age_appropriate";
  const shown = (share ? value * 100 : value).toLocaleString(locale(), { maximumFractionDigits: share ? 0 : 1 });
  return share ? `${shown}\u00a0%` : shown;
}

type StepProps = { goal: Goal; step: Step; onDone: () => void };

function NextStep({ goal, step, onDone }: StepProps) {
  const name = `${step} of ${goal.id}`;
  const [typed] = useState(() => unsaved<string>(name));
  const [error, setError] = useState<unknown>(null);
  const send = async (event: Submitted) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "");
    const said = {
      started: { initiative: text("initiative") },
      evaluated: { evaluation: text("evaluation") },
      decided: { decision: text("decision") as (typeof DECISIONS)[number] },
      chosen: {},
    }[step];
    const header = { "if-match": `"${goal.revision}"` };
    try {
      const params = { path: { id: goal.id }, header };
      await asked(client.PATCH("/v1/goals/{id}", { params, body: { step, ...said } }));
      forgetUnsaved(name);
      onDone();
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <form onSubmit={(event) => void send(event)}>
      <h2>{t(`next_${step}`)}</h2>
      {step === "started" && (
        <Words name="initiative" label={t("initiative")} value={typed ?? goal.initiative} of={name} />
      )}
      {step === "evaluated" && <Words name="evaluation" label={t("evaluationSaid")} value={typed ?? ""} of={name} />}
      {step === "decided" && (
        <Pick label={t("decision")} name="decision" of={DECISIONS.map((each) => [each, t(`decision_${each}`)])} />
      )}
      {error !== null && <Failure error={error} />}
      <Button type="submit" kind="main">
        {t("save")}
      </Button>
    </form>
  );
}

/** What somebody is in the middle of writing is kept as theirs `of` the step. */
function Words({ name, label, value, of }: { name: string; label: string; value: string; of: string }) {
  return (
    <label class="field">
      <span>{label}</span>
      <textarea
        name={name}
        rows={3}
        maxLength={4000}
        required
        defaultValue={value}
        onInput={(event) => keepUnsaved(of, event.currentTarget.value)}
      />
    </label>
  );
}
