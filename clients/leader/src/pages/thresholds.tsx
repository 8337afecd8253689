/** The dashed line: how often a child should take part in a week. A new version holds from a day on; old reports keep theirs. */

import { useState } from "preact/hooks";
import { Banner, Button, Failure, Field, Heading, Loading } from "../../../shared/components.tsx";
import { dayOf } from "../../../shared/dates.ts";
import { t } from "../../../shared/messages/leader.ts";
import { day, locale } from "../../../shared/text.ts";
import { useLoaded } from "../loaded.ts";
import { asked, client, every } from "../session.ts";

const KINDS = ["immersion_activity", "focus_conversation"] as const;

async function held() {
  const query = { params: { query: {} } };
  const [now, versions] = await Promise.all([
    asked(client.GET("/v1/configuration/thresholds", query)),
    every((query) => client.GET("/v1/configuration/thresholds/versions", { params: { query } })),
  ]);
  const newest = Math.max(0, ...versions.map((each) => each.version));
  return { now, next: newest + 1 };
}

export function Thresholds() {
  const { value, error, reload } = useLoaded("thresholds", held);
  const [failed, setFailed] = useState<unknown>(null);
  const [published, setPublished] = useState(false);
  if (error !== null) return <Failure error={error} onRetry={reload} />;
  if (value === null) return <Loading />;
  const { content } = value.now;
  const lineOf = (kind: string) => content.lines.find((line) => line.kind === kind && !line.setting_type);
  const send = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const number = (kind: string) => Number(String(form.get(kind)).replace(",", "."));
    const lines = content.lines.map((line) => (line.setting_type ? line : { ...line, per_week: number(line.kind) }));
    const body = { version: value.next, valid_from: String(form.get("from")), content: { ...content, lines } };
    setFailed(null);
    try {
      await asked(client.POST("/v1/configuration/thresholds", { body }));
      setPublished(true);
      reload();
    } catch (problem) {
      setFailed(problem);
    }
  };
  return (
    <>
      <Heading of="thresholds">{t("thresholds")}</Heading>
      <p class="muted">{t("thresholdsHow")}</p>
      <p>
        {value.now.valid_from === null
          ? t("thresholdsDefault")
          : t("thresholdsSince", { day: day(value.now.valid_from) })}
      </p>
      {published && <Banner>{t("published")}</Banner>}
      <form onSubmit={(event) => void send(event)}>
        {KINDS.map((kind) => (
          <Field
            key={kind}
            label={t("perWeek", { kind: t(kind) })}
            name={kind}
            type="text"
            inputMode="decimal"
            pattern="[0-9]+([.,][0-9]+)?"
            required
            defaultValue={lineOf(kind)?.per_week.toLocaleString(locale()) ?? ""}
          />
        ))}
        <Field
          label={t("holdsFrom")}
          name="from"
          type="date"
          min={dayOf(new Date())}
          defaultValue={dayOf(new Date())}
          required
        />
        {failed !== null && <Failure error={failed} />}
        <Button type="submit" kind="main">
          {t("publish")}
        </Button>
      </form>
    </>
  );
}
