/** From a link to thanks: gets the questionnaire, and shows the page that fits. */

import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { type Api, answered, api, Problem } from "../../shared/api.ts";
import { Failure, Heading, Loading, Page } from "../../shared/components.tsx";
import { t } from "../../shared/messages/survey.ts";
import { Answering } from "./answering.tsx";
import { Keeper } from "./keeping.ts";
import type { Questionnaire } from "./questionnaire.ts";
import { CodeForm, Refusal, Thanks } from "./refusal.tsx";
import { Saving } from "./saving.ts";

/** `own`: the link has just been made from a shared one, and stands nowhere else. */
type Opened = { token: string; asked: Questionnaire; saving: Saving; own: boolean };

const opened = signal<Opened | null>(null);
const client: Api = api();

function inAddress(): string {
  const token = location.hash.slice(1);
  try {
    return decodeURIComponent(token);
  } catch {
    return token; // cut in the middle of an escape: then it is not known, and that is said
  }
}

export function App() {
  const [token, setToken] = useState(inAddress);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    const changed = () => setToken(inAddress());
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, []);

  const load = async () => {
    setError(null);
    opened.value = null;
    try {
      if (token !== "") opened.value = await open(token);
    } catch (problem) {
      setError(problem);
    }
  };
  useEffect(() => {
    if (opened.value?.token !== token) void load();
  }, [token]);

  return <Page>{shown(token, error, load, setToken)}</Page>;
}

function shown(token: string, error: unknown, load: () => void, enter: (token: string) => void) {
  if (token === "") {
    return (
      <>
        <Heading of="code">{t("codeTitle")}</Heading>
        <CodeForm onEnter={goTo} />
      </>
    );
  }
  if (error instanceof SentAlready) return <Thanks unit={null} />;
  if (error instanceof Problem && !error.transient) return <Refusal problem={error} onEnter={goTo} />;
  if (error !== null) {
    return (
      <>
        <Heading of="busy">{t("busyTitle")}</Heading>
        <Failure error={error} onRetry={load} />
      </>
    );
  }
  if (opened.value === null || opened.value.token !== token) return <Loading />;
  const { asked, saving, own } = opened.value;
  if (saving.state.value === "sent") return <Thanks unit={asked.unit} />;
  if (saving.refused.value !== null) return <Refusal problem={saving.refused.value} onEnter={goTo} />;
  return <Answering key={token} asked={asked} saving={saving} own={own} onStart={() => start(token, asked, enter)} />;
}

/** We had pressed send, and the server has the answers. */
class SentAlready extends Error {}

async function open(token: string): Promise<Opened> {
  const keeper = await Keeper.of(token);
  const kept = (await keeper?.kept()) ?? null;
  try {
    const asked = await answered(client.GET("/v1/answers/{token}", { params: { path: { token } } }));
    return { token, asked, saving: new Saving(client, token, keeper, asked, kept), own: false };
  } catch (error) {
    const received = error instanceof Problem && error.code === "already-answered" && kept?.sent === true;
    if (received) await keeper?.keep(null);
    throw received ? new SentAlready() : error;
  }
}

/** On a shared link: a link of one's own, which takes its place in the address. */
async function start(token: string, asked: Questionnaire, enter: (token: string) => void): Promise<void> {
  const own = await answered(client.POST("/v1/answers/{token}", { params: { path: { token } } }));
  const keeper = await Keeper.of(own.token);
  const begun: Questionnaire = { ...asked, state: "new" };
  opened.value = {
    token: own.token,
    asked: begun,
    saving: new Saving(client, own.token, keeper, begun, null),
    own: true,
  };
  history.replaceState(null, "", `#${own.token}`);
  enter(own.token);
}

function goTo(code: string): void {
  location.hash = code;
}
