/** The rooms of one's place, unit by unit, with what each is to do now. */

import type { Schemas } from "../../../shared/api.ts";
import { Failure, Heading, Loading } from "../../../shared/components.tsx";
import { t } from "../../../shared/messages/leader.ts";
import { useLoaded } from "../loaded.ts";
import { asked, client, every } from "../session.ts";
import { ReportButtons } from "./report.tsx";

type Unit = Schemas["UnitOut"];
type Room = Schemas["RoomOut"];

async function places(): Promise<{ units: Unit[]; rooms: Room[] }> {
  const [units, rooms] = await Promise.all([
    every((query) => client.GET("/v1/units", { params: { query } })),
    every((query) => client.GET("/v1/rooms", { params: { query } })),
  ]);
  return { units, rooms };
}

export function Places() {
  const { value, error, reload } = useLoaded("places", places);
  return (
    <>
      <Heading of="places">{t("places")}</Heading>
      {error !== null && <Failure error={error} onRetry={reload} />}
      {value === null && error === null && <Loading />}
      {value?.rooms.length === 0 && <p class="muted">{t("noRooms")}</p>}
      {value?.units
        .map((unit) => ({ unit, rooms: value.rooms.filter((room) => room.unit_id === unit.id) }))
        .filter((each) => each.rooms.length > 0)
        .map(({ unit, rooms }) => (
          <section key={unit.id}>
            <h2>{unit.name}</h2>
            <ul class="rooms">
              {rooms.map((room) => (
                <li key={room.id} class="row apart">
                  <a href={`#/rooms/${room.id}`}>{room.name}</a>
                  {value.rooms.length <= 40 && <DueCount room={room.id} />}
                </li>
              ))}
            </ul>
            <ReportButtons name={t("unitReport")} path={`/v1/units/${unit.id}/report`} file={unit.name} />
          </section>
        ))}
    </>
  );
}

/** In one line, so that a leader sees where to look. */
function DueCount({ room }: { room: string }) {
  const { value } = useLoaded(room, () => asked(client.GET("/v1/rooms/{id}/due", { params: { path: { id: room } } })));
  if (value === null) return <span class="muted small">…</span>;
  const timed = [...value.weeks, ...value.evaluations, ...value.assessments, ...value.meetings, ...value.goals];
  const late = timed.filter((each) => each.overdue).length;
  if (timed.length === 0) return <span class="muted small">{t("dueFine")}</span>;
  return (
    <span class="small">
      {t("dueCount", { count: timed.length })}
      {late > 0 && <span class="look"> · {t("dueOverdue", { count: late })}</span>}
    </span>
  );
}
