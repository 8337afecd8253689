/** What has arrived, what is on its way, and what the server would not have - and what to do about that. */

import { useEffect, useState } from "preact/hooks";
import { Button, Dialog, Heading } from "../../../shared/components.tsx";
import { t as common } from "../../../shared/messages/common.ts";
import { t } from "../../../shared/messages/mobile.ts";
import { day, locale } from "../../../shared/text.ts";
import type { About, Arrived, Entry, Rows } from "../core/outbox.ts";
import { nameOf } from "../core/snapshot.ts";
import { withdraw } from "../recording.ts";
import { discard, ledger, reachable, retry, rows, sendNow, snapshot } from "../state.ts";
import { Back } from "./home.tsx";
import { weekName } from "./week.tsx";

export function LedgerPage() {
  const [arrived, setArrived] = useState<Arrived[]>([]);
  useEffect(() => void ledger().then(setArrived), [rows.value]);
  const waits = rows.value.filter((row) => row.what.refused === undefined);
  const refused = rows.value.filter((row) => row.what.refused !== undefined);
  return (
    <>
      <Back />
      <Heading of="ledger">{t("ledger")}</Heading>
      {refused.length > 0 && (
        <section>
          <h2 class="look">{t("refusedTitle")}</h2>
          <ul class="due">
            {refused.map((row) => (
              <Refused key={row.seq} row={row} />
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2>{t("waitingTitle")}</h2>
        {waits.length === 0 && <p class="muted">{t("allSent")}</p>}
        {!reachable.value && <p class="muted">{t("offline")}</p>}
        <ul class="due">
          {waits.map((row) => (
            <li key={row.seq}>
              {words(row.what.about)} <span class="muted small">{t("keptAt", { time: time(row.what.madeAt) })}</span>
            </li>
          ))}
        </ul>
        {waits.length > 0 && <Button onClick={() => void sendNow()}>{t("sendNow")}</Button>}
      </section>
      <section>
        <h2>{t("arrivedTitle")}</h2>
        {arrived.length === 0 && <p class="muted">{t("nothingYet")}</p>}
        <ul class="due">
          {arrived.map((each) => (
            <Received key={`${each.id} ${each.about.what}`} entry={each} all={arrived} />
          ))}
        </ul>
      </section>
    </>
  );
}

function Refused({ row }: { row: Rows[number] }) {
  const [sure, setSure] = useState(false);
  return (
    <li>
      <strong>{words(row.what.about)}</strong>
      <p>{reason(row.what)}</p>
      <div class="row">
        {row.what.about.what === "activity" && (
          <a class="button" href={`#/activity/${row.seq}`}>
            {t("correct")}
          </a>
        )}
        <Button onClick={() => void retry(row.seq, row.what)}>{t("tryAgain")}</Button>
        <Button kind="danger" onClick={() => setSure(true)}>
          {t("discard")}
        </Button>
      </div>
      {sure && (
        <Dialog title={t("discardSure")} onClose={() => setSure(false)}>
          <p>{words(row.what.about)}</p>
          <div class="row">
            <Button kind="danger" onClick={() => void discard(row.seq, row.what)}>
              {t("discard")}
            </Button>
            <Button onClick={() => setSure(false)}>{common("cancel")}</Button>
          </div>
        </Dialog>
      )}
    </li>
  );
}

/** Why the server would not have it: where it is about children, with their names. */
export function reason({ refused, about }: Entry): string {
  const who =
    refused?.children === undefined ? [] : [refused.children, about.children ?? []].find((it) => it.length > 0);
  const names = (who ?? []).map((child) => nameOf(snapshot.value, child)).join(", ");
  return names === "" ? (refused?.detail ?? "") : t("refusedChildren", { names });
}

function Received({ entry, all }: { entry: Arrived; all: Arrived[] }) {
  const gone = [...all, ...rows.value.map((row) => row.what)].some(
    (other) => other.about.what === "withdrawal" && other.path === `/v1/activities/${entry.id}`,
  );
  return (
    <li class="row apart">
      <span>
        {words(entry.about)}{" "}
        <span class="muted small">
          {t("receivedAt", { time: time(entry.arrivedAt) })}
          {gone && ` · ${t("withdrawn")}`}
        </span>
      </span>
      {entry.about.what === "activity" && !gone && (
        <Button kind="quiet" onClick={() => void withdraw(entry)}>
          {t("withdraw")}
          <span class="unseen">: {words(entry.about)}</span>
        </Button>
      )}
    </li>
  );
}

function words(about: About): string {
  const known = snapshot.value;
  const names = (about.children ?? []).map((child) => nameOf(known, child)).join(", ");
  const rater = known?.staff.find((person) => person.id === about.rater)?.name ?? t("together");
  return t(about.what === "week" && names !== "" ? "entry_weekOf" : `entry_${about.what}`, {
    kind: about.kind === "focus_conversation" ? t("focus_conversation") : t("immersion_activity"),
    day: about.day === undefined ? "" : day(about.day),
    week: about.week === undefined ? "" : weekName(about.week),
    names,
    rater,
  });
}

function time(iso: string): string {
  const format = new Intl.DateTimeFormat(locale(), {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
  return format.format(new Date(iso));
}
