/** An activity in three taps: what it was, about what, with whom. */

import { useState } from "preact/hooks";
import { Banner, Button, Choice, Field, Heading } from "../../../shared/components.tsx";
import { t } from "../../../shared/messages/mobile.ts";
import { said } from "../../../shared/text.ts";
import { addDays } from "../core/dates.ts";
import { type Activity, saveActivity, snapshot, today } from "../state.ts";
import { Back, OnItsWay } from "./home.tsx";

export const KINDS = ["immersion_activity", "focus_conversation"] as const;
const empty = (day: string): Activity => ({ day, kind: "", areas: [], strategies: [], children: [] });

export function ActivityPage() {
  const [made, setMade] = useState(() => empty(today()));
  const [missing, setMissing] = useState<string | null>(null);
  const [saved, setSaved] = useState(0);
  const known = snapshot.value;
  const change = (what: Partial<Activity>) => {
    setMade({ ...made, ...what });
    setMissing(null);
  };
  const save = async () => {
    const lacks = lacking(made);
    setMissing(lacks);
    if (lacks !== null || !(await saveActivity(made))) return;
    setSaved(saved + 1);
    setMade(empty(made.day));
    window.scrollTo({ top: 0 });
  };
  return (
    <>
      <Back />
      <Heading of="activity">{t("activity")}</Heading>
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
      <Several
        title={t("areas")}
        of={words(known?.areas)}
        chosen={made.areas}
        onChange={(areas) => change({ areas })}
      />
      <Several
        title={t("strategies")}
        of={words(known?.strategies)}
        chosen={made.strategies}
        onChange={(strategies) => change({ strategies })}
      />
      <Several
        title={t("children")}
        of={(known?.children ?? []).map((child) => ({ key: child.id, title: child.name }))}
        chosen={made.children}
        onChange={(children) => change({ children })}
      />
      <Field
        label={t("day")}
        type="date"
        max={today()}
        min={addDays(today(), -60)}
        value={made.day}
        onInput={(event) => change({ day: event.currentTarget.value || today() })}
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
  onChange: (chosen: string[]) => void;
};

function Several({ title, of, chosen, onChange }: SeveralProps) {
  return (
    <fieldset>
      <legend>{title}</legend>
      <div class="choices many">
        {of.map((each) => (
          <Choice
            key={each.key}
            type="checkbox"
            checked={chosen.includes(each.key)}
            onChoose={(yes) => onChange(yes ? [...chosen, each.key] : chosen.filter((key) => key !== each.key))}
          >
            {each.title}
          </Choice>
        ))}
      </div>
    </fieldset>
  );
}
