/** A report: opened in a tab of its own, or downloaded. */

import { useState } from "preact/hooks";
import { Problem, Unreachable } from "../../../shared/api.ts";
import { Button, Failure } from "../../../shared/components.tsx";
import { t } from "../../../shared/messages/leader.ts";
import { language } from "../../../shared/text.ts";
import { heard, token } from "../session.ts";

const PATIENCE = 60_000;

/** A successful answer; a problem or an unreachable server as an exception. */
async function reached(path: string, options: RequestInit, type?: string): Promise<Response> {
  const headers: Record<string, string> = {
    Authorization: `Bearer ${token()}`,
    "Accept-Language": language.value,
  };
  if (type !== undefined) headers["Content-Type"] = type;
  const signal = AbortSignal.timeout(PATIENCE);
  const response = await fetch(path, { ...options, headers, signal, cache: "no-store" }).catch((error) => {
    throw new Unreachable(String(error));
  });
  if (!response.ok) throw new Problem(response, await response.json().catch(() => ({})));
  return response;
}

/** A document; one that is made of what is sent (`body`), when something is. */
export async function fetched(path: string, body?: unknown): Promise<Blob> {
  const options = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const type = body === undefined ? undefined : "application/json";
  return heard(async () => (await reached(path, options, type)).blob());
}

/** What the API answers to a file; what kind of file it is, it sees for itself. */
export async function uploaded<T>(path: string, file: File): Promise<T> {
  const type = file.type || "application/octet-stream";
  return heard(async () => (await reached(path, { method: "POST", body: file }, type)).json());
}

/** Hands a document to the browser to keep. */
export function download(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), PATIENCE);
}

type Props = { name: string; path: string; file: string };

export function ReportButtons({ name, path, file }: Props) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const get = async (use: (content: Blob) => void) => {
    setBusy(true);
    setError(null);
    try {
      use(await fetched(`${path}${path.includes("?") ? "&" : "?"}format=pdf&language=${language.value}`));
    } catch (problem) {
      setError(problem);
    }
    setBusy(false);
  };
  const open = async (tab: Window | null) => {
    let shown = false;
    await get((content) => {
      tab?.location.replace(URL.createObjectURL(content));
      shown = true;
    });
    if (!shown) tab?.close(); // the reason stands here, not in an empty tab
  };
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
        <Button
          disabled={busy}
          aria-label={`${t("download")}: ${name}`}
          onClick={() => void get((content) => download(content, `${file}.pdf`))}
        >
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
