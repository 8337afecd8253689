/** The last page: the role, what is left, and send. */

import { Banner, Button, Choice } from "../../shared/components.tsx";
import { t } from "../../shared/messages/survey.ts";
import { said } from "../../shared/text.ts";
import { itemsOf, type Questionnaire, settled, valued } from "./questionnaire.ts";
import type { Saving } from "./saving.ts";

type Props = { asked: Questionnaire; saving: Saving; onGo: (page: number) => void };

export function Sending({ asked, saving, onGo }: Props) {
  const sending = saving.state.value === "sending";
  const empty = valued(asked.items, saving.answers.value) === 0;
  return (
    <>
      <WhatIsLeft asked={asked} saving={saving} onGo={onGo} />
      <fieldset disabled={sending}>
        <legend>{t("role")}</legend>
        <p class="muted small">{t("roleWhy")}</p>
        <div class="choices">
          {[...asked.roles, null].map((role) => (
            <Choice
              key={role?.key ?? ""}
              name="role"
              checked={saving.role.value === (role?.key ?? null)}
              disabled={sending}
              onChoose={() => saving.chooseRole(role?.key ?? null)}
            >
              {role === null ? t("roleNone") : said(role.title)}
            </Choice>
          ))}
        </div>
      </fieldset>
      <p>{empty ? t("none") : t("once")}</p>
      {saving.held.value && <Banner look>{t("sendWaits")}</Banner>}
      <p>
        <Button kind="main" disabled={sending || empty} onClick={() => saving.submit()}>
          {sending ? t("sending") : t("send")}
        </Button>
      </p>
    </>
  );
}

function WhatIsLeft({ asked, saving, onGo }: Props) {
  const answers = saving.answers.value;
  const items = asked.items.length;
  const left = asked.components
    .map((component, page) => {
      const own = itemsOf(asked, component);
      return { page, title: said(component.title), left: own.length - settled(own, answers) };
    })
    .filter((each) => each.left > 0);
  if (left.length === 0 && valued(asked.items, answers) === items) return <p>{t("all", { items })}</p>;
  return (
    <>
      <p>{t("some", { answered: valued(asked.items, answers), items })}</p>
      {left.length > 0 && (
        <>
          <p>{t("someOk")}</p>
          <ul class="plain">
            {left.map((each) => (
              <li key={each.page}>
                <Button kind="quiet" onClick={() => onGo(each.page)}>
                  {t("left", { component: each.title, left: each.left })}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
