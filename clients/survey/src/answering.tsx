/** The questionnaire itself: a welcome, a page for each component, and the page that sends. */

import { useEffect, useState } from "preact/hooks";
import { Banner, Button, Failure, Heading, Said } from "../../shared/components.tsx";
import { t as common } from "../../shared/messages/common.ts";
import { t } from "../../shared/messages/survey.ts";
import { day } from "../../shared/text.ts";
import { usePage } from "./pages.ts";
import { firstOpen, minutes, type Questionnaire, settled } from "./questionnaire.ts";
import { Questions } from "./questions.tsx";
import type { Saving } from "./saving.ts";
import { Sending } from "./sending.tsx";

type Props = { asked: Questionnaire; saving: Saving; own: boolean; onStart: () => Promise<void> };

/** The pages are numbered from 0, one a component, and then the one that sends; -1 is the welcome. */
export function Answering({ asked, saving, own, onStart }: Props) {
  const [page, turn] = usePage(-1);
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (saving.unsent.value && (!saving.onDevice.value || saving.state.value === "sending")) event.preventDefault();
    };
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [saving]);

  if (page === -1) return <Welcome asked={asked} saving={saving} own={own} onStart={onStart} onBegin={turn} />;
  const component = asked.components[page];
  const steps = asked.components.length + 1;
  return (
    <>
      <div class="along">
        <progress value={page + 1} max={steps} aria-label={t("step", { step: page + 1, steps })} />
        <p class="row apart muted small unspaced">
          <span>{t("step", { step: page + 1, steps })}</span>
          <Kept saving={saving} />
        </p>
      </div>
      <Heading of={String(page)}>{component === undefined ? t("lastTitle") : <Said text={component.title} />}</Heading>
      {component === undefined ? (
        <Sending asked={asked} saving={saving} onGo={turn} />
      ) : (
        <Questions asked={asked} component={component} saving={saving} />
      )}
      <nav class="row apart steps" aria-label={t("title")}>
        <Button onClick={() => turn(page - 1)}>{common("back")}</Button>
        {component !== undefined && (
          <Button kind="main" onClick={() => turn(page + 1)}>
            {common("next")}
          </Button>
        )}
      </nav>
    </>
  );
}

function Kept({ saving }: { saving: Saving }) {
  const begun = Object.keys(saving.answers.value).length > 0;
  const unkept = saving.onDevice.value ? t("waiting") : t("waitingUnkept");
  const words = {
    saved: begun ? t("saved") : "",
    saving: t("saving"),
    waiting: unkept,
    sending: t("sending"),
    sent: "",
  };
  return (
    <span role="status" class={saving.state.value === "waiting" ? "look" : undefined}>
      {words[saving.state.value]}
    </span>
  );
}

type WelcomeProps = Props & { onBegin: (page: number) => void };

function Welcome({ asked, saving, own, onStart, onBegin }: WelcomeProps) {
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const shared = asked.state === "shared";
  const begun = settled(asked.items, saving.answers.value) > 0;
  const begin = async () => {
    if (!shared) return onBegin(begun ? firstOpen(asked, saving.answers.value) : 0);
    setBusy(true);
    try {
      await onStart();
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  return (
    <>
      <Heading of="welcome">
        <span lang="da">{asked.title}</span>
      </Heading>
      <p class="strong">{t("asked", { unit: asked.unit, municipality: asked.municipality })}</p>
      <p>
        {t("length", { items: asked.items.length, components: asked.components.length })}{" "}
        {minutes(asked) === 1 ? t("minute") : t("minutes", { minutes: minutes(asked) })}{" "}
        {t("closes", { day: day(asked.closes_on) })}
      </p>
      <p>{shared ? t("shared", { unit: asked.unit }) : t("pauses")}</p>
      {own && <OwnLink />}
      {saving.interrupted && <Banner look>{t("interrupted")}</Banner>}
      <h2>{t("anonymous")}</h2>
      <p>{t("promise")}</p>
      <p>{t("promiseHow", { minimum: asked.minimum })}</p>
      <p class="muted small">{t("promiseLimit")}</p>
      {error !== null && <Failure error={error} />}
      <p>
        <Button kind="main" disabled={busy} onClick={() => void begin()}>
          {begun ? t("resume") : t("begin")}
        </Button>
      </p>
    </>
  );
}

/** Only a browser with a clipboard can copy; the address bar has the link anyhow. */
function OwnLink() {
  const [copied, setCopied] = useState(false);
  if (navigator.clipboard === undefined) return null;
  const copy = async () => {
    await navigator.clipboard.writeText(location.href);
    setCopied(true);
  };
  return (
    <Banner>
      <p>{t("ownLink")}</p>
      <Button onClick={() => void copy()}>{copied ? t("copied") : t("copy")}</Button>
    </Banner>
  );
}
