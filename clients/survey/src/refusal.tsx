/** What is said instead of a questionnaire, kindly; and after it. */

import { useState } from "preact/hooks";
import type { Problem } from "../../shared/api.ts";
import { Button, Failure, Field, Heading } from "../../shared/components.tsx";
import { t } from "../../shared/messages/survey.ts";

export function Refusal({ problem, onEnter }: { problem: Problem; onEnter: (code: string) => void }) {
  switch (problem.code) {
    case "unknown-link":
      return (
        <Told title={t("unknownTitle")} text={t("unknown")}>
          <CodeForm onEnter={onEnter} />
        </Told>
      );
    case "round-not-open-yet":
      return <Told title={t("earlyTitle")} text={problem.message} />;
    case "round-closed":
      return <Told title={t("closedTitle")} text={t("closed")} />;
    case "already-answered":
      return <Told title={t("usedTitle")} text={t("used")} />;
    case "shared-link-exhausted":
      return <Told title={t("fullTitle")} text={problem.message} />;
    default:
      return (
        <>
          <Heading of="failed">{t("title")}</Heading>
          <Failure error={problem} />
        </>
      );
  }
}

function Told({ title, text, children }: { title: string; text: string; children?: preact.ComponentChildren }) {
  return (
    <>
      <Heading of={title}>{title}</Heading>
      <p>{text}</p>
      {children}
    </>
  );
}

export function CodeForm({ onEnter }: { onEnter: (code: string) => void }) {
  const [code, setCode] = useState("");
  const send = (event: Event) => {
    event.preventDefault();
    const typed = code.trim();
    if (typed !== "") onEnter(typed.slice(typed.lastIndexOf("#") + 1)); // a whole link may be pasted
  };
  return (
    <form onSubmit={send}>
      <Field
        label={t("code")}
        hint={t("codeHint")}
        type="text"
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        maxLength={200}
        required
        value={code}
        onInput={(event) => setCode(event.currentTarget.value)}
      />
      <Button type="submit" kind="main">
        {t("go")}
      </Button>
    </form>
  );
}

export function Thanks({ unit }: { unit: string | null }) {
  return (
    <>
      <Heading of="thanks">{t("thanks")}</Heading>
      <p>{t("thanksMore")}</p>
      {unit !== null && <p>{t("thanksNext", { unit })}</p>}
    </>
  );
}
