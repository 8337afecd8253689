/** The questions of one component. */

import { Choice, Said } from "../../shared/components.tsx";
import { t } from "../../shared/messages/survey.ts";
import { type Component, type Item, itemsOf, points, type Questionnaire } from "./questionnaire.ts";
import type { Saving } from "./saving.ts";

type Props = { asked: Questionnaire; component: Component; saving: Saving };

export function Questions({ asked, component, saving }: Props) {
  return (
    <>
      {itemsOf(asked, component).map((item) => (
        <Question
          key={item.key}
          item={item}
          number={asked.items.indexOf(item) + 1}
          all={asked.items.length}
          component={component}
          saving={saving}
        />
      ))}
    </>
  );
}

type QuestionProps = { item: Item; number: number; all: number; component: Component; saving: Saving };

function Question({ item, number, all, component, saving }: QuestionProps) {
  const answer = saving.answers.value[item.key];
  const scale = points(component.scale);
  return (
    <fieldset class="question">
      <legend>
        <span class="muted small count">{t("question", { number, all })}</span>
        <Said text={item.text} />
      </legend>
      <div class={scale.length <= 7 ? "choices across" : "choices"}>
        {scale.map(({ value, label }) => (
          <Choice
            key={value}
            name={item.key}
            checked={answer === value}
            onChoose={() => saving.answer(item.key, value)}
          >
            {label === null ? value : <Said text={label} />}
          </Choice>
        ))}
      </div>
      <div class="choices unsure">
        <Choice name={item.key} checked={answer === null} onChoose={() => saving.answer(item.key, null)}>
          {t("unsure")}
        </Choice>
      </div>
    </fieldset>
  );
}
