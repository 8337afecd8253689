/** The tablets of one's rooms: made, given a code to scan, taken away. */

import { useState } from "preact/hooks";
import type { Schemas } from "../../../shared/api.ts";
import { Banner, Button, Dialog, Failure, Field, Heading, Loading } from "../../../shared/components.tsx";
import { uuid7 } from "../../../shared/ids.ts";
import { t as common } from "../../../shared/messages/common.ts";
import { t } from "../../../shared/messages/leader.ts";
import { useLoaded } from "../loaded.ts";
import { asked, client, every } from "../session.ts";
import { Pick } from "./goal.tsx";

type Device = Schemas["DeviceOut"];
type Enrolment = Schemas["EnrolmentOut"];

async function everything() {
  const [devices, rooms] = await Promise.all([
    every((query) => client.GET("/v1/devices", { params: { query } })),
    every((query) => client.GET("/v1/rooms", { params: { query } })),
  ]);
  return { devices, rooms };
}

export function Devices() {
  const { value, error, reload } = useLoaded("devices", everything);
  const [shown, setShown] = useState<Enrolment | null>(null);
  const [ending, setEnding] = useState<Device | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const doing = async (what: () => Promise<void>) => {
    setFailed(null);
    try {
      await what();
      reload();
    } catch (problem) {
      setFailed(problem);
    }
  };
  const enrol = (id: string) =>
    doing(async () => setShown(await asked(client.POST("/v1/devices/{id}/enrolment", { params: { path: { id } } }))));
  const end = (device: Device) =>
    doing(async () => {
      await asked(client.DELETE("/v1/devices/{id}", { params: { path: { id: device.id } } }));
      setEnding(null);
    });
  const name = (room: string) => value?.rooms.find((each) => each.id === room)?.name ?? "";
  return (
    <>
      <Heading of="devices">{t("devices")}</Heading>
      {(error ?? failed) !== null && <Failure error={error ?? failed} onRetry={reload} />}
      {value === null && error === null && <Loading />}
      {value?.devices.length === 0 && <p class="muted">{t("devicesNone")}</p>}
      <ul class="rooms">
        {value?.devices.map((device) => (
          <li key={device.id} class="row apart">
            <span>
              <strong>{device.name}</strong>, {name(device.room_id)}{" "}
              <span class="muted small">{t(`device_${device.state}`)}</span>
            </span>
            <span class="row">
              <Button aria-label={`${t("code")}: ${device.name}`} onClick={() => void enrol(device.id)}>
                {t("code")}
              </Button>
              {device.state !== "revoked" && (
                <Button kind="danger" aria-label={`${t("revoke")}: ${device.name}`} onClick={() => setEnding(device)}>
                  {t("revoke")}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      {value !== null && <NewDevice rooms={value.rooms} onDone={reload} />}
      {shown !== null && <Code of={shown} onClose={() => setShown(null)} />}
      {ending !== null && (
        <Dialog title={t("revokeSure", { name: ending.name })} onClose={() => setEnding(null)}>
          <p>{t("revokeHow")}</p>
          <div class="row">
            <Button kind="danger" onClick={() => void end(ending)}>
              {t("revoke")}
            </Button>
            <Button onClick={() => setEnding(null)}>{common("cancel")}</Button>
          </div>
        </Dialog>
      )}
    </>
  );
}

function Code({ of, onClose }: { of: Enrolment; onClose: () => void }) {
  return (
    <Dialog title={t("codeTitle")} onClose={onClose}>
      <p>{t("codeHow")}</p>
      <img class="qr" alt={t("codeAlt")} src={`data:image/svg+xml,${encodeURIComponent(standalone(of.qr))}`} />
      <p class="code">{of.code}</p>
      <Button onClick={onClose}>{common("close")}</Button>
    </Dialog>
  );
}

/** An inline drawing needs its namespace to stand alone, and white under it to be scanned at night. */
function standalone(svg: string): string {
  return svg.replace(/^<svg(?! xmlns)/, '<svg xmlns="http://www.w3.org/2000/svg"');
}

type NewProps = { rooms: readonly Schemas["RoomOut"][]; onDone: () => void };

function NewDevice({ rooms, onDone }: NewProps) {
  const [id, setId] = useState(() => uuid7(Date.now()));
  const [error, setError] = useState<unknown>(null);
  const [made, setMade] = useState(false);
  const send = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const body = { id, room_id: String(form.get("room")), name: String(form.get("name")) };
    try {
      await asked(client.POST("/v1/devices", { body }));
      setId(uuid7(Date.now()));
      setMade(true);
      setError(null);
      onDone();
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <form onSubmit={(event) => void send(event)}>
      <h2>{t("deviceNew")}</h2>
      <Pick label={t("room")} name="room" of={rooms.map((room) => [room.id, room.name])} />
      <Field label={t("deviceName")} name="name" type="text" maxLength={200} required />
      {error !== null && <Failure error={error} />}
      {made && <Banner>{t("deviceMade")}</Banner>}
      <Button type="submit" kind="main">
        {t("save")}
      </Button>
    </form>
  );
}
