/** Surveys: how many have answered while one is open, and the reports when it has closed. */

import type { Schemas } from "../../../shared/api.ts";
import { Failure, Heading, Loading, Table } from "../../../shared/components.tsx";
import { t } from "../../../shared/messages/leader.ts";
import { day, locale } from "../../../shared/text.ts";
import { useLoaded } from "../loaded.ts";
import { asked, client, every, may } from "../session.ts";
import { ReportButtons } from "./report.tsx";
import { NewRound, RoundSteps } from "./round_admin.tsx";

type Round = Schemas["RoundOut"];

export function Rounds() {
  const all = () => every((query) => client.GET("/v1/survey-rounds", { params: { query } }));
  const { value, error, reload } = useLoaded("rounds", all);
  return (
    <>
      <Heading of="rounds">{t("rounds")}</Heading>
      {error !== null && <Failure error={error} onRetry={reload} />}
      {value === null && error === null && <Loading />}
      {value?.length === 0 && <p class="muted">{t("roundsNone")}</p>}
      <ul class="rooms">
        {[...(value ?? [])]
          .sort((a, b) => b.opens_on.localeCompare(a.opens_on))
          .map((round) => (
            <li key={round.id} class="row apart">
              <a href={`#/rounds/${round.id}`}>{round.title}</a>
              <span class="muted small">{stateOf(round)}</span>
            </li>
          ))}
      </ul>
      {may("surveys:write") && <NewRound onDone={reload} />}
    </>
  );
}

function stateOf(round: Round): string {
  return t(`state_${round.state}`, { day: day(round.closes_on) });
}

async function round(id: string) {
  const path = { params: { path: { id } } };
  const [found, progress, units] = await Promise.all([
    asked(client.GET("/v1/survey-rounds/{id}", path)),
    asked(client.GET("/v1/survey-rounds/{id}/progress", path)),
    every((query) => client.GET("/v1/units", { params: { query } })),
  ]);
  return { round: found, progress, names: new Map(units.map((unit) => [unit.id, unit.name])) };
}

export function RoundPage({ id }: { id: string }) {
  const { value, error, reload } = useLoaded(id, () => round(id));
  if (error !== null) return <Failure error={error} onRetry={reload} />;
  if (value === null) return <Loading />;
  const { progress, names } = value;
  return (
    <>
      <Heading of={id}>{value.round.title}</Heading>
      <p class="muted">{stateOf(value.round)}</p>
      {may("surveys:write") && <RoundSteps round={value.round} units={names} onDone={reload} />}
      <h2>{t("progress")}</h2>
      {progress.answered !== null && (
        <p>
          {progress.invited === null
            ? t("progressAnswered", { answered: progress.answered })
            : t("progressTotal", { answered: progress.answered, invited: progress.invited })}
        </p>
      )}
      <Table caption={t("progress")} head={[t("unit"), t("invited"), t("answered"), t("share")]}>
        {progress.units.map((unit) => (
          <tr key={unit.unit_id}>
            <th scope="row">{names.get(unit.unit_id) ?? unit.unit_id}</th>
            <td>{unit.invited ?? t("unknown")}</td>
            <td>{unit.answered ?? t("unknown")}</td>
            <td>{share(unit.answered, unit.invited)}</td>
          </tr>
        ))}
      </Table>
      {value.round.state === "closed" && (
        <>
          <h2>{t("readinessReport")}</h2>
          {progress.units.map((unit) => {
            const scope = `/v1/survey-rounds/${id}/report?scope=unit:${unit.unit_id}`;
            const name = names.get(unit.unit_id) ?? "";
            return (
              <section key={unit.unit_id}>
                <ReportButtons name={name} path={scope} file={`${name} parathed`} />
                <ReportButtons name={t("wall")} path={`${scope}&version=wall`} file={`${name} personalerum`} />
              </section>
            );
          })}
        </>
      )}
    </>
  );
}

function share(answered: number | null, invited: number | null): string {
  if (answered === null || !invited) return "–";
  return (answered / invited).toLocaleString(locale(), { style: "percent" });
}
