/** What the administration does with a survey: begins it, opens it, invites, reminds, closes. */

import { useState } from "preact/hooks";
import type { Schemas } from "../../../shared/api.ts";
import { Banner, Button, Dialog, Failure, Field } from "../../../shared/components.tsx";
import { addDays, dayOf } from "../../../shared/dates.ts";
import { uuid7 } from "../../../shared/ids.ts";
import { t as common } from "../../../shared/messages/common.ts";
import { t } from "../../../shared/messages/leader.ts";
import { language, said } from "../../../shared/text.ts";
import { useLoaded } from "../loaded.ts";
import { asked, client, every } from "../session.ts";
import { Pick } from "./goal.tsx";
import { download, fetched } from "./report.tsx";

type Round = Schemas["RoundOut"];
type Submitted = SubmitEvent & { currentTarget: HTMLFormElement };
const OPEN_DAYS = 21;

export function NewRound({ onDone }: { onDone: () => void }) {
  const all = () => every((query) => client.GET("/v1/instruments", { params: { query } }));
  const { value } = useLoaded("instruments", all);
  const [id, setId] = useState(() => uuid7(Date.now()));
  const [error, setError] = useState<unknown>(null);
  const today = dayOf(new Date());
  const send = async (event: Submitted) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "");
    const [key = "", version = "1"] = text("instrument").split("\n");
    const body = {
      id,
      instrument_key: key,
      instrument_version: Number(version),
      title: text("title"),
      opens_on: text("opens"),
      closes_on: text("closes"),
    };
    try {
      await asked(client.POST("/v1/survey-rounds", { body }));
      setId(uuid7(Date.now()));
      onDone();
    } catch (problem) {
      setError(problem);
    }
  };
  const instruments = (value ?? []).map(
    (each) => [`${each.key}\n${each.version}`, `${said(each.title)} (${each.version})`] as const,
  );
  return (
    <form onSubmit={(event) => void send(event)}>
      <h2>{t("roundNew")}</h2>
      <Field label={t("roundTitle")} name="title" type="text" maxLength={200} required />
      <Pick label={t("instrument")} name="instrument" of={instruments} />
      <Field label={t("opensOn")} name="opens" type="date" defaultValue={today} required />
      <Field label={t("closesOn")} name="closes" type="date" defaultValue={addDays(today, OPEN_DAYS)} required />
      {error !== null && <Failure error={error} />}
      <Button type="submit" kind="main">
        {t("save")}
      </Button>
    </form>
  );
}

type Props = { round: Round; units: ReadonlyMap<string, string>; onDone: () => void };

export function RoundSteps({ round, units, onDone }: Props) {
  const [error, setError] = useState<unknown>(null);
  const [closing, setClosing] = useState(false);
  const [told, setTold] = useState<string | null>(null);
  const path = { params: { path: { id: round.id } } };
  const doing = async (what: () => Promise<unknown>) => {
    setError(null);
    setTold(null);
    try {
      await what();
      setClosing(false);
      onDone();
    } catch (problem) {
      setError(problem);
    }
  };
  const remind = () =>
    doing(async () => {
      const found = await asked(client.POST("/v1/survey-rounds/{id}/reminders", path));
      setTold(t("reminded", { addresses: found.addresses }));
    });
  return (
    <section>
      {error !== null && <Failure error={error} />}
      {told !== null && <Banner>{told}</Banner>}
      {round.state === "draft" && (
        <Button kind="main" onClick={() => void doing(() => asked(client.POST("/v1/survey-rounds/{id}/open", path)))}>
          {t("openRound")}
        </Button>
      )}
      {round.state === "open" && (
        <>
          <Invite round={round} units={units} onDone={onDone} />
          <div class="row">
            <Button onClick={() => void remind()}>{t("remind")}</Button>
            <Button kind="danger" onClick={() => setClosing(true)}>
              {t("closeRound")}
            </Button>
          </div>
        </>
      )}
      {closing && (
        <Dialog title={t("closeSure")} onClose={() => setClosing(false)}>
          <p>{t("closeHow")}</p>
          <div class="row">
            <Button
              kind="danger"
              onClick={() => void doing(() => asked(client.POST("/v1/survey-rounds/{id}/close", path)))}
            >
              {t("closeRound")}
            </Button>
            <Button onClick={() => setClosing(false)}>{common("cancel")}</Button>
          </div>
        </Dialog>
      )}
    </section>
  );
}

/** Personal links on a sheet to print and cut, so that nobody has a list of who got which; or e-mails. */
function Invite({ round, units, onDone }: Props) {
  const [error, setError] = useState<unknown>(null);
  const [told, setTold] = useState<string | null>(null);
  const [shared, setShared] = useState<{ unit: string; link: string } | null>(null);
  const send = async (event: Submitted) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const unit = String(form.get("unit"));
    const addresses = String(form.get("addresses") ?? "")
      .split(/[\s,;]+/)
      .filter((each) => each !== "");
    const links = Number(form.get("links")) || null;
    setError(null);
    setTold(null);
    setShared(null);
    try {
      const path = `/v1/survey-rounds/${round.id}/invitations`;
      if (links !== null) {
        const sheet = await fetched(`${path}?format=pdf&language=${language.value}`, {
          units: [{ unit_id: unit, links }],
        });
        download(sheet, `${units.get(unit) ?? "links"}.pdf`);
      }
      if (addresses.length > 0) await fetched(path, { units: [{ unit_id: unit, addresses }] });
      const cap = Number(form.get("shared_cap")) || null;
      if (cap !== null) {
        const params = { path: { id: round.id } };
        const body = { units: [{ unit_id: unit, addresses: [], shared_cap: cap }] };
        const made = await asked(client.POST("/v1/survey-rounds/{id}/invitations", { params, body }));
        const link = (made as Schemas["InvitationsOut"]).units[0]?.shared?.link; // no sheet was asked for
        if (link !== undefined) setShared({ unit: units.get(unit) ?? "", link });
      }
      setTold(t("invitedDone"));
      onDone();
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <form onSubmit={(event) => void send(event)}>
      <h2>{t("invite")}</h2>
      <p class="muted small">{t("inviteHow")}</p>
      <Pick label={t("unit")} name="unit" of={[...units.entries()]} />
      <Field label={t("links")} name="links" type="number" min={1} max={200} />
      <label class="field">
        <span>{t("addresses")}</span>
        <textarea name="addresses" rows={3} />
      </label>
      <Field label={t("sharedCap")} name="shared_cap" type="number" min={1} max={1000} />
      {error !== null && <Failure error={error} />}
      {told !== null && <Banner>{told}</Banner>}
      {shared !== null && (
        <p>
          {t("sharedLink", { unit: shared.unit })} <code class="link">{shared.link}</code>
        </p>
      )}
      <Button type="submit" kind="main">
        {t("invite")}
      </Button>
    </form>
  );
}
