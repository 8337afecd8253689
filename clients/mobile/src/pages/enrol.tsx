/** Enrolling, and what a tablet says whose access was withdrawn. */

import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { Banner, Button, Failure, Field, Heading } from "../../../shared/components.tsx";
import { t } from "../../../shared/messages/mobile.ts";
import { OthersUnsent } from "../core/vault.ts";
import { enrolOver, enrolWith, lockedCount } from "../state.ts";

const scanned = signal("");

/** Takes the code of a QR link out of the address, where histories and screens would show it. */
export function codeInAddress(): void {
  const found = /^#enrol=([^&]+)/.exec(location.hash);
  if (found?.[1] === undefined) return;
  scanned.value = decodeURIComponent(found[1]);
  history.replaceState(null, "", "#/");
}

export function Enrol() {
  return (
    <>
      <Heading of="enrol">{t("enrolTitle")}</Heading>
      <p>{t("enrolHow")}</p>
      <CodeForm key={scanned.value} />
    </>
  );
}

export function Locked() {
  const [count, setCount] = useState(0);
  useEffect(() => void lockedCount().then(setCount), []);
  return (
    <>
      <Heading of="locked">{t("lockedTitle")}</Heading>
      <p>{t("locked")}</p>
      {count > 0 && <Banner look>{t("lockedUnsent", { count })}</Banner>}
      <CodeForm key={scanned.value} />
    </>
  );
}

function CodeForm() {
  const [code, setCode] = useState(scanned.value);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const send = async (enrolling: typeof enrolWith) => {
    setBusy(true);
    setError(null);
    try {
      await enrolling(code.trim());
      scanned.value = "";
      location.hash = "#/";
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  const submit = (event: Event) => {
    event.preventDefault();
    void send(enrolWith);
  };
  return (
    <form onSubmit={submit}>
      <Field
        label={t("code")}
        type="text"
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        maxLength={40}
        required
        value={code}
        onInput={(event) => setCode(event.currentTarget.value)}
      />
      {error instanceof OthersUnsent ? (
        <Banner look>
          <p>{t("others", { count: error.count })}</p>
          <Button kind="danger" onClick={() => void send(enrolOver)}>
            {t("eraseOthers")}
          </Button>
        </Banner>
      ) : (
        error !== null && <Failure error={error} />
      )}
      <Button type="submit" kind="main" disabled={busy}>
        {t("enrol")}
      </Button>
    </form>
  );
}
