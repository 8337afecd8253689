/** A rating somebody is in the middle of: kept on the device with every answer, sent as a draft or as final. */

import { useEffect, useRef, useState } from "preact/hooks";
import { Banner, Button } from "../../../shared/components.tsx";
import { t } from "../../../shared/messages/mobile.ts";
import { useLatest } from "../latest.ts";
import { forget, keep, kept, rows } from "../state.ts";
import { OnItsWay } from "./home.tsx";
import type { Answers } from "./rating.tsx";

/** `sent` once it has gone to the outbox: from then on it is that rating, and what changes is a correction of it.
 * `touched`: something was changed since, and only this device has it. */
export type Draft = { answers: Answers; sent?: { id: string; final: boolean }; touched?: boolean };
type OnServer = { id: string; state: "draft" | "final" } | undefined;
type Send<D> = (draft: D, existing: string | null, final: boolean) => Promise<string | null>;

/** The draft of `name`: as it was left here, else as the server has it (`before`, from which `begin` makes one). */
export function useDraft<D extends Draft>(name: string, before: OnServer, begin: () => D, send: Send<D>) {
  const { shown, held, change: set } = useLatest<D>(begin);
  const [state, setState] = useState<"draft" | "sent" | null>(null);
  useEffect(() => {
    const load = async () => {
      const found = await kept<D>(name);
      if (found === null) return;
      const { sent, touched } = found;
      const settled = sent !== undefined && !touched && before?.id === sent.id && !waits(sent.id);
      if (settled) await forget(name);
      else set(() => found);
    };
    void load();
  }, [name]);
  const change = (what: (before: D) => Partial<D>) => {
    const after = set((draft) => ({ ...draft, ...what(draft), touched: true }));
    setState(null);
    void keep(name, after).then((did) => did && setState("draft"));
  };
  const handIn = async (final: boolean) => {
    const draft = held.current;
    const { sent } = draft;
    if (sent !== undefined && !draft.touched && sent.final === final) return; // a second tap says nothing new
    const id = await send(draft, before?.id ?? draft.sent?.id ?? null, final);
    if (id === null) return;
    await keep(
      name,
      set((latest) => ({ ...latest, sent: { id, final }, touched: latest !== draft })),
    );
    setState("sent");
  };
  const last = useRef<Promise<void>>(Promise.resolve());
  /** One after the other: who taps twice at once means one rating. */
  const submit = (final: boolean) => {
    last.current = last.current.then(() => handIn(final));
    return last.current;
  };
  const final = before?.state === "final" || shown.sent?.final === true;
  return { draft: shown, change, submit, state, final };
}

/** Whether something about a rating is still on its way. */
function waits(id: string): boolean {
  return rows.value.some(({ what }) => what.id === id || what.path.endsWith(`/${id}`));
}

type BarProps = {
  rating: { state: "draft" | "sent" | null; final: boolean; submit: (final: boolean) => Promise<void> };
  answered: number;
  items: number;
};

/** What is answered, and the two ways to send; at hand whatever the length of the page. */
export function SendBar({ rating, answered, items }: BarProps) {
  return (
    <div class="at-hand">
      {rating.state === "sent" && <Banner>{t("saved")}</Banner>}
      <p class="muted small">
        {t("answered", { answered, items })}
        {rating.state === "draft" && <span role="status"> · {t("draftKept")}</span>}
      </p>
      <div class="row">
        {!rating.final && <Button onClick={() => void rating.submit(false)}>{t("saveDraft")}</Button>}
        <Button kind="main" onClick={() => void rating.submit(true)}>
          {t("final")}
        </Button>
      </div>
      <OnItsWay />
    </div>
  );
}
