import "../../shared/base.css";
import "./survey.css";
import { effect } from "@preact/signals";
import { render } from "preact";
import { t } from "../../shared/messages/survey.ts";
import { language, speak } from "../../shared/text.ts";
import { App } from "./app.tsx";

speak(language.value);
effect(() => {
  document.title = `${t("title")} – Vi lærer sammen`;
});
render(<App />, document.getElementById("app") as HTMLElement);
