/** A report: opened in a tab of its own, or downloaded. */

import { useState } from "preact/hooks";
import { Problem, Unreachable } from "../../../shared/api.ts";
import { Button, Failure } from "../../../shared/components.tsx";
import { t } from "../../../shared/messages/leader.ts";
import { language } from "../../../shared/text.ts";
import { session } from "../session.ts";

const PATIENCE = 60_000;

/** The document as a blob; a problem or an unreachable server as an exception. */
export async function fetched(path: string): Promise<Blob> {
  const headers = { Authorization: `Bearer ${session.value?.token ?? ""}`, "Accept-Language": language.value };
  const response = await fetch(path, { headers, signal: AbortSignal.timeout(PATIENCE), cache: "no-store" }).catch(
    (error) => {
      throw new Unreachable(String(error));
    },
  );
  if (!response.ok) throw new Problem(response, await response.json().catch(() => ({})));
  return response.blob();
}

type Props = { name: string; path: string; file: string };

export function ReportButtons({ name, path, file }: Props) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const get = async (use: (url: string) => void) => {
    setBusy(true);
    setError(null);
    try {
      const address = `${path}${path.includes("?") ? "&" : "?"}format=pdf&language=${language.value}`;
      const url = URL.createObjectURL(await fetched(address));
      use(url);
      setTimeout(() => URL.revokeObjectURL(url), PATIENCE);
    } catch (problem) {
      setError(problem);
    }
    setBusy(false);
  };
  const open = (tab: Window | null) => get((url) => tab?.location.replace(url));
  const download = () =>
    get((url) => {
      const link = document.createElement("a");
      link.href = url;
      link.download = `${file}.pdf`;
      link.click();
    });
  return (
    <div>
      <div class="row">
        <span>{name}</span>
        {/* the tab is opened by the click itself: later a browser would take it for an advertisement */}
        <Button
          disabled={busy}
          aria-label={`${t("open")}: ${name}`}
          onClick={() => void open(window.open("", "_blank"))}
        >
          {t("open")}
        </Button>
        <Button disabled={busy} aria-label={`${t("download")}: ${name}`} onClick={() => void download()}>
          {t("download")}
        </Button>
        <span role="status" class="muted small">
          {busy && t("making")}
        </span>
      </div>
      {error !== null && <Failure error={error} />}
    </div>
  );
}
