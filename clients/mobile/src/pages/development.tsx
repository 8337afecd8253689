/** How a child is seen in each learning area: by two colleagues alone, then together. */

import { useState } from "preact/hooks";
import { Heading } from "../../../shared/components.tsx";
import { t } from "../../../shared/messages/mobile.ts";
import { nameOf, type Snapshot } from "../core/snapshot.ts";
import { saveRating } from "../recording.ts";
import { snapshot } from "../state.ts";
import { type Draft, SendBar, useDraft } from "./draft.tsx";
import { Back } from "./home.tsx";
import { answeredOf, Items, Rater, raterOf, TOGETHER } from "./rating.tsx";

type DevelopmentDraft = Draft & { comment: string };

export function DevelopmentPage({ child }: { child: string | null }) {
  const known = snapshot.value;
  if (known === null) {
    return (
      <>
        <Back />
        <Heading of="development">{t("development")}</Heading>
        <p class="muted">{t("dueUnknown")}</p>
      </>
    );
  }
  return child === null ? <Children known={known} /> : <OneChild known={known} child={child} />;
}

function Children({ known }: { known: Snapshot }) {
  const due = new Set(known.due.assessments.map((each) => each.child_id));
  const states = (child: string) =>
    known.assessments
      .filter((each) => each.child_id === child)
      .map((each) => {
        const who = known.staff.find((person) => person.id === each.rater_id)?.name ?? t("together");
        return `${who}: ${each.state === "final" ? t("finalState") : t("draftState")}`;
      });
  return (
    <>
      <Back />
      <Heading of="development">{t("development")}</Heading>
      <p class="muted small">{t("alone")}</p>
      <ul class="due">
        {known.children.map((child) => (
          <li key={child.id}>
            <a href={`#/development/${child.id}`}>{child.name}</a>{" "}
            {due.has(child.id) && <span class="look small">{t("dueTitle").toLowerCase()}</span>}
            <span class="muted small block">{states(child.id).join(" · ")}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function OneChild({ known, child }: { known: Snapshot; child: string }) {
  const [who, setWho] = useState("");
  return (
    <>
      <p>
        <a class="button quiet" href="#/development">
          ‹ {t("development")}
        </a>
      </p>
      <Heading of={child}>{nameOf(known, child)}</Heading>
      <Rater staff={known.staff} value={who} onPick={setWho} />
      {who !== "" && <Form key={who} known={known} child={child} who={who} />}
    </>
  );
}

function Form({ known, child, who }: { known: Snapshot; child: string; who: string }) {
  const name = `draft development ${child} ${who}`;
  const before = known.assessments.find((each) => each.child_id === child && (each.rater_id ?? TOGETHER) === who);
  const rating = useDraft<DevelopmentDraft>(
    name,
    before,
    () => ({ answers: before?.answers ?? {}, comment: before?.comment ?? "" }),
    ({ answers, comment }, existing, final) => {
      const rater = raterOf(who);
      return saveRating({ form: "development", existing, draft: name, rater, child, final, answers, comment });
    },
  );
  const { draft, change } = rating;
  const { instrument } = known;
  const items = instrument.items.map((item) => ({ ...item, group: item.area }));
  const { min = 1, max = 5, labels = [] } = instrument.scale ?? {};
  return (
    <>
      <Items
        groups={instrument.areas}
        items={items}
        scale={{ min, max, labels }}
        answers={draft.answers}
        onAnswer={(item, value) => change(({ answers }) => ({ answers: { ...answers, [item]: value } }))}
      />
      <label class="field">
        <span>{t("comment")}</span>
        <textarea
          rows={3}
          maxLength={2000}
          value={draft.comment}
          onInput={(event) => {
            const comment = event.currentTarget.value;
            change(() => ({ comment }));
          }}
        />
      </label>
      <SendBar rating={rating} answered={answeredOf(items, draft.answers)} items={items.length} />
    </>
  );
}
