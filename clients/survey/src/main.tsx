import "../../shared/base.css";
import "./survey.css";
import { render } from "preact";
import { language, speak } from "../../shared/text.ts";
import { App } from "./app.tsx";

speak(language.value);
render(<App />, document.getElementById("app") as HTMLElement);
