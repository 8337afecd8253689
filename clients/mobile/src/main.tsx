import "../../shared/base.css";
import "./mobile.css";
import { render } from "preact";
import { language, speak } from "../../shared/text.ts";
import { App } from "./app.tsx";
import { codeInAddress } from "./pages/enrol.tsx";
import { start } from "./state.ts";
import { watchForUpdates } from "./update.ts";

codeInAddress(); // out of the address before anything else: it is a secret
addEventListener("hashchange", codeInAddress); // the link may also be opened where the app is open already
speak(language.value);
render(<App />, document.getElementById("app") as HTMLElement);
void start();
void watchForUpdates();
