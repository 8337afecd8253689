/** The tablet itself: which room it is of, and how to take everything off it. */

import { useState } from "preact/hooks";
import { Banner, Button, Dialog, Heading } from "../../../shared/components.tsx";
import { t as common } from "../../../shared/messages/common.ts";
import { t } from "../../../shared/messages/mobile.ts";
import { locale } from "../../../shared/text.ts";
import { enrolment, rows, signOut, snapshot } from "../state.ts";
import { Back } from "./home.tsx";

export function SettingsPage() {
  const [sure, setSure] = useState(false);
  const room = enrolment.value?.room;
  const unsent = rows.value.length;
  const fetched = snapshot.value?.at;
  return (
    <>
      <Back />
      <Heading of="settings">{t("settings")}</Heading>
      <p>
        <strong>{room?.name}</strong>, {room?.unit}, {room?.municipality}
      </p>
      {fetched !== undefined && (
        <p class="muted small">{t("seenAt", { time: new Date(fetched).toLocaleString(locale()) })}</p>
      )}
      <Button kind="danger" onClick={() => setSure(true)}>
        {t("signOut")}
      </Button>
      {sure && (
        <Dialog title={t("signOut")} onClose={() => setSure(false)}>
          <p>{t("signOutSure")}</p>
          {unsent > 0 && <Banner look>{t("signOutUnsent", { count: unsent })}</Banner>}
          <div class="row">
            <Button kind="danger" onClick={() => void signOut()}>
              {t("erase")}
            </Button>
            <Button onClick={() => setSure(false)}>{common("cancel")}</Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
