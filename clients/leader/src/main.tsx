import "../../shared/base.css";
import "./leader.css";
import { render } from "preact";
import { language, speak } from "../../shared/text.ts";
import { App, address, signInFailed } from "./app.tsx";
import { finishSignIn, renewInTime } from "./session.ts";

speak(language.value);
const ready = await finishSignIn();
signInFailed.value = !ready;
void renewInTime();
address.value = location.hash; // where somebody was before they were sent to sign in
render(<App />, document.getElementById("app") as HTMLElement);
