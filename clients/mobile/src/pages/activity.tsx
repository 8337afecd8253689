/** An activity in three taps: what it was, about what, with whom. */

import { useState } from "preact/hooks";
import { Banner, Button, Choice, Field, Heading } from "../../../shared/components.tsx";
import { addDays } from "../../../shared/dates.ts";
import { t } from "../../../shared/messages/mobile.ts";
import { said } from "../../../shared/text.ts";
import type { Rows } from "../core/outbox.ts";
import { useLatest } from "../latest.ts";
import { type Activity, activityIn, correctActivity, saveActivity } from "../recording.ts";
import { snapshot, today } from "../state.ts";
import { Back, OnItsWay } from "./home.tsx";
import { reason } from "./ledger.tsx";

export const KINDS = ["immersion_activity", "focus_conversation"] as const;
const EMPTY = { kind: "", areas: [], strategies: [], children: [] };

/** `day` as somebody chose it, and when: a page that is left open is about the new day in the morning. */
type Begun = Activity & { chosenOn?: string };
const dayOfIt = ({ day, chosenOn }: Begun): string => (chosenOn === today() ? day : today());

/** A new activity; or one that the server would not have, with what it says, to be corrected. */
export function ActivityPage({ row }: { row: Rows[number] | null }) {
  const [refused] = useState(row); // also when another tab has sent it meanwhile: it must not become a second one
  const before = refused === null ? null : activityIn(refused.what);
  const {
    shown: made,
    held,
    change: setMade,
  } = useLatest<Begun>(() => (before === null ? { ...EMPTY, day: today() } : { ...before, chosenOn: today() }));
  const [missing, setMissing] = useState<string | null>(null);
  const [saved, setSaved] = useState(0);
  const known = snapshot.value;
  // Who has left the room since is named by nobody any more, but can be taken out.
  const gone = (before?.children ?? [])
    .filter((child) => !known?.children.some((each) => each.id === child))
    .map((child) => ({ key: child, title: t("notInRoom") }));
  const change = (what: Partial<Begun>) => {
    setMade((before) => ({ ...before, ...what }));
    setMissing(null);
  };
  const toggle = (list: "areas" | "strategies" | "children") => (key: string, chosen: boolean) => {
    setMade((before) => ({
      ...before,
      [list]: [...before[list].filter((each) => each !== key), ...(chosen ? [key] : [])],
    }));
    setMissing(null);
  };
  const save = async () => {
    const { chosenOn, ...begun } = held.current;
    const whole = { ...begun, day: dayOfIt(held.current) };
    const lacks = lacking(whole);
    setMissing(lacks);
    if (lacks !== null) return;
    if (refused !== null && before !== null) {
      if (await correctActivity(refused, whole)) location.hash = "#/ledger";
      return;
    }
    setMade(({ day, chosenOn }) => ({ ...EMPTY, day, ...(chosenOn && { chosenOn }) })); // at once, so that a second tap does not record it twice
    if (!(await saveActivity(whole))) {
      setMade(() => ({ ...whole, ...(chosenOn && { chosenOn }) }));
      return;
    }
    setSaved((many) => many + 1);
    window.scrollTo({ top: 0 });
  };
  return (
    <>
      <Back />
      <Heading of="activity">{t(before === null ? "activity" : "correctActivity")}</Heading>
      {refused !== null && before !== null && <Banner look>{reason(refused.what)}</Banner>}
      {saved > 0 && <Banner key={saved}>{t("another")}</Banner>}
      <fieldset>
        <legend>{t("kind")}</legend>
        <div class="choices halves">
          {KINDS.map((kind) => (
            <Choice key={kind} name="kind" checked={made.kind === kind} onChoose={() => change({ kind })}>
              {t(kind)}
            </Choice>
          ))}
        </div>
      </fieldset>
      <Several title={t("areas")} of={words(known?.areas)} chosen={made.areas} onToggle={toggle("areas")} />
      <Several
        title={t("strategies")}
        of={words(known?.strategies)}
        chosen={made.strategies}
        onToggle={toggle("strategies")}
      />
      <Several
        title={t("children")}
        of={[...(known?.children ?? []).map((child) => ({ key: child.id, title: child.name })), ...gone]}
        chosen={made.children}
        onToggle={toggle("children")}
      />
      <Field
        label={t("day")}
        type="date"
        max={today()}
        min={addDays(today(), -60)}
        value={dayOfIt(made)}
        onInput={(event) => change({ day: event.currentTarget.value || today(), chosenOn: today() })}
      />
      <div class="at-hand">
        {missing !== null && (
          <p class="wrong" role="alert">
            {t("need", { what: missing })}
          </p>
        )}
        <Button kind="main" onClick={() => void save()}>
          {t("save")}
        </Button>
        <OnItsWay />
      </div>
    </>
  );
}

function words(of: readonly { key: string; title: { da: string; en?: string | null } }[] | undefined) {
  return (of ?? []).map((word) => ({ key: word.key, title: said(word.title) }));
}

function lacking(made: Activity): string | null {
  if (made.kind === "") return t("needKind");
  if (made.areas.length === 0) return t("needArea");
  return made.children.length === 0 ? t("needChild") : null;
}

type SeveralProps = {
  title: string;
  of: { key: string; title: string }[];
  chosen: string[];
  onToggle: (key: string, chosen: boolean) => void;
};

function Several({ title, of, chosen, onToggle }: SeveralProps) {
  return (
    <fieldset>
      <legend>{title}</legend>
      <div class="choices many">
        {of.map((each) => (
          <Choice
            key={each.key}
            type="checkbox"
            checked={chosen.includes(each.key)}
            onChoose={(yes) => onToggle(each.key, yes)}
          >
            {each.title}
          </Choice>
        ))}
      </div>
    </fieldset>
  );
}
