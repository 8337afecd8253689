/** Which page is shown: by what the tablet is, and then by the address behind #. */

import { signal } from "@preact/signals";
import { Banner, Button, Heading, Page } from "../../shared/components.tsx";
import { t } from "../../shared/messages/mobile.ts";
import { offset } from "./core/clock.ts";
import type { Rows } from "./core/outbox.ts";
import { ActivityPage } from "./pages/activity.tsx";
import { DevelopmentPage } from "./pages/development.tsx";
import { Enrol, Locked } from "./pages/enrol.tsx";
import { Home } from "./pages/home.tsx";
import { LedgerPage } from "./pages/ledger.tsx";
import { PracticePage } from "./pages/practice.tsx";
import { SettingsPage } from "./pages/settings.tsx";
import { WeekPage } from "./pages/week.tsx";
import { enrolment, phase, rows, told, unkept } from "./state.ts";
import { newer, updateNow } from "./update.ts";

const WEEK = /^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/;

const address = signal(location.hash);
addEventListener("hashchange", () => {
  address.value = location.hash;
});

export function App() {
  const room = enrolment.value?.room;
  return (
    <Page home="#/" aside={room && <span class="muted">{room.name}</span>}>
      <Notices />
      {shown()}
    </Page>
  );
}

function shown() {
  if (phase.value === "enrol") return <Enrol />;
  if (phase.value === "locked") return <Locked />;
  if (phase.value !== "ready") {
    return (
      <>
        <Heading of="starting">{t("app")}</Heading>
        <p role="status">{phase.value === "starting" ? t("starting") : t("unsupported")}</p>
      </>
    );
  }
  const [page, which] = address.value.replace(/^#\/?/, "").split("/");
  switch (page) {
    case "activity":
      return <ActivityPage key={which} row={refusedIn(which)} />;
    case "week":
      return which !== undefined && WEEK.test(which) ? <WeekPage key={which} week={which} /> : <Home />;
    case "practice":
      return <PracticePage />;
    case "development":
      return <DevelopmentPage key={which} child={which ?? null} />;
    case "ledger":
      return <LedgerPage />;
    case "settings":
      return <SettingsPage />;
    default:
      return <Home />;
  }
}

/** The entry that an address names, as long as it is refused. */
function refusedIn(seq: string | undefined): Rows[number] | null {
  return rows.value.find((row) => String(row.seq) === seq && row.what.refused !== undefined) ?? null;
}

/** What has to be known on every page. */
function Notices() {
  const wrong = Math.round(Math.abs(offset.value) / 60_000);
  return (
    <>
      {unkept.value !== null && <Banner look>{t(unkept.value)}</Banner>}
      {wrong > 0 && <Banner>{t("clock", { minutes: wrong })}</Banner>}
      {newer.value !== null && (
        <Banner>
          <p>{t("update")}</p>
          <Button onClick={() => updateNow()}>{t("updateNow")}</Button>
        </Banner>
      )}
      <p class="unseen" role="status" key={told.value}>
        {told.value !== null && t("saved")}
      </p>
    </>
  );
}
