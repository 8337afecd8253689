/** The leader's page: signed in or not, and then by the address behind #. */

import { signal } from "@preact/signals";
import { Banner, Button, Failure, Heading, Loading, Page } from "../../shared/components.tsx";
import { t } from "../../shared/messages/leader.ts";
import { useLoaded } from "./loaded.ts";
import { Devices } from "./pages/devices.tsx";
import { GoalPage } from "./pages/goal_steps.tsx";
import { Imports } from "./pages/imports.tsx";
import { MeetingPage } from "./pages/meeting.tsx";
import { Places } from "./pages/places.tsx";
import { RoomPage } from "./pages/room.tsx";
import { RoundPage, Rounds } from "./pages/rounds.tsx";
import { Thresholds } from "./pages/thresholds.tsx";
import { expired, issuers, learnScopes, may, signedIn, signIn, signOut } from "./session.ts";

export const signInFailed = signal(false);
export const address = signal("");
addEventListener("hashchange", () => {
  address.value = location.hash;
});

export function App() {
  if (!signedIn.value) {
    return (
      <Page>
        <SignIn />
      </Page>
    );
  }
  return <SignedIn />;
}

function SignedIn() {
  const { error, reload } = useLoaded("me", learnScopes);
  const out = (
    <Button kind="quiet" onClick={signOut}>
      {t("signOut")}
    </Button>
  );
  return (
    <Page wide home="#/" aside={out}>
      <nav class="row" aria-label={t("title")}>
        <a href="#/">{t("places")}</a>
        <a href="#/rounds">{t("rounds")}</a>
        {may("devices:write") && <a href="#/devices">{t("devices")}</a>}
        {may("configuration:write") && <a href="#/thresholds">{t("thresholds")}</a>}
        {may("imports:write") && <a href="#/imports">{t("imports")}</a>}
      </nav>
      {error === null ? shown() : <Failure error={error} onRetry={reload} />}
    </Page>
  );
}

function shown() {
  const [page, which] = address.value.replace(/^#\/?/, "").split("/");
  if (page === "rooms" && which) return <RoomPage key={which} id={which} />;
  if (page === "goals" && which) return <GoalPage key={which} id={which} />;
  if (page === "meeting" && which) return <MeetingPage key={which} room={which} />;
  if (page === "devices") return <Devices />;
  if (page === "thresholds") return <Thresholds />;
  if (page === "imports") return <Imports />;
  if (page === "rounds") return which ? <RoundPage key={which} id={which} /> : <Rounds />;
  return <Places />;
}

function SignIn() {
  const { value, error, reload } = useLoaded("issuers", issuers);
  return (
    <>
      <Heading of="sign-in">{t("signInTitle")}</Heading>
      {expired.value && <Banner>{t("signedOut")}</Banner>}
      {signInFailed.value && <Banner look>{t("signInFailed")}</Banner>}
      {error !== null && <Failure error={error} onRetry={reload} />}
      {value === null && error === null && <Loading />}
      {value?.length === 0 && <p>{t("signInNone")}</p>}
      {value?.map((issuer) => (
        <p key={issuer.issuer}>
          <Button kind="main" onClick={() => void signIn(issuer)}>
            {t("signInWith", { name: issuer.name })}
          </Button>
        </p>
      ))}
    </>
  );
}
