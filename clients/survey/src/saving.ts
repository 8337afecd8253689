/** Keeps answers safe: on the device at once, with the server a moment later, again and again until it has them. */

import { computed, signal } from "@preact/signals";
import { type Api, answered, Problem, pause } from "../../shared/api.ts";
import type { Keeper, Kept } from "./keeping.ts";
import type { Answers, Questionnaire, Role } from "./questionnaire.ts";

export type State = "saved" | "saving" | "waiting" | "sending" | "sent";
const SOON = 700; // milliseconds after the last change
const FRESH = 30_000; // milliseconds within which nobody takes up another device

export class Saving {
  readonly answers = signal<Answers>({});
  readonly role = signal<Role | null>(null);
  readonly state = signal<State>("saved");
  /** A refusal that no waiting mends: the round has closed, the link was used. */
  readonly refused = signal<Problem | null>(null);
  /** Whether pressing send waits for a connection. */
  readonly held = signal(false);
  /** Whether what is not sent is kept on this device: not without cryptography, nor when it is full. */
  readonly onDevice = signal(false);
  /** Somebody had pressed send, and the page was closed before it got through. */
  readonly interrupted: boolean;
  readonly unsent = computed(() => this.state.value !== "saved" && this.state.value !== "sent");

  #changes: Kept = { answers: {} };
  #changed = 0;
  #keeping: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #tries = 0;
  #busy = false;
  #handedIn = false; // whether it may be with the server: an answer that is lost on its way tells nothing
  #heard = Date.now(); // when the server last told or was told what the answers are

  constructor(
    private readonly api: Api,
    private readonly token: string,
    private readonly keeper: Keeper | null,
    asked: Questionnaire,
    kept: Kept | null,
  ) {
    this.onDevice.value = keeper !== null;
    this.interrupted = kept?.sent === true;
    this.answers.value = { ...asked.answers, ...kept?.answers };
    this.role.value = kept?.role === undefined ? asked.role : kept.role;
    if (kept !== null) {
      this.#changes = { ...kept, sent: false };
      this.state.value = "saving";
      this.#soon(0);
    }
    addEventListener("online", () => this.#again());
    document.addEventListener("visibilitychange", () => this.#again());
  }

  answer(item: string, value: number | null): void {
    this.answers.value = { ...this.answers.value, [item]: value };
    this.#change({ answers: { ...this.#changes.answers, [item]: value } });
  }

  chooseRole(role: Role | null): void {
    this.role.value = role;
    this.#change({ role });
  }

  /** Hands in, once; goes on trying while there is no connection. */
  submit(): void {
    if (this.state.value === "sending" || this.state.value === "sent") return;
    this.state.value = "sending";
    this.#change({ sent: true }, 0);
  }

  #change(what: Partial<Kept>, wait = SOON): void {
    this.#changed += 1;
    this.#changes = { ...this.#changes, ...what };
    this.#keeping = this.keeper?.keep(this.#changes).then((kept) => {
      this.onDevice.value = kept;
    });
    if (this.state.value === "saved") this.state.value = "saving";
    this.#soon(wait);
  }

  #soon(wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#save(), wait);
  }

  #again(): void {
    if (this.unsent.value || document.visibilityState === "visible") this.#soon(0);
  }

  async #save(): Promise<void> {
    if (this.#busy || this.refused.value !== null || this.state.value === "sent") return;
    this.#busy = true;
    let upTo = this.#changed;
    try {
      await this.#takeIn(this.#changes.sent === true);
      upTo = this.#changed;
      if (this.unsent.value) await this.#put();
    } catch (error) {
      await this.#failed(error);
    } finally {
      this.#busy = false;
    }
    if (upTo !== this.#changed && this.unsent.value) this.#soon(0);
  }

  /** What was answered on another device meanwhile; what was answered here since the last save stays. Before it is handed
   * in, the server is asked in any case: what it has by then, somebody else handed in. */
  async #takeIn(handingIn: boolean): Promise<void> {
    if (!handingIn && Math.abs(Date.now() - this.#heard) < FRESH) return;
    const path = { token: this.token };
    const asked = await answered(this.api.GET("/v1/answers/{token}", { params: { path } }));
    this.#heard = Date.now();
    this.answers.value = { ...asked.answers, ...this.#changes.answers };
    if (this.#changes.role === undefined) this.role.value = asked.role;
  }

  async #put(): Promise<void> {
    const [upTo, submit] = [this.#changed, this.#changes.sent === true];
    const body = { answers: { ...this.answers.value }, role: this.role.value, submit };
    this.#handedIn ||= submit;
    await answered(this.api.PUT("/v1/answers/{token}", { params: { path: { token: this.token } }, body }));
    this.#tries = 0;
    this.#heard = Date.now();
    this.held.value = false;
    if (submit) await this.#received();
    else if (upTo === this.#changed) {
      this.#changes = { answers: {} };
      this.state.value = "saved";
      await this.keeper?.keep(null);
    }
  }

  async #failed(error: unknown): Promise<void> {
    const submit = this.#changes.sent === true;
    if (error instanceof Problem && !error.transient) {
      // An answer to the same may have been lost on its way, also unseen: browsers repeat what breaks off. Then this is it.
      if (this.#handedIn && error.code === "already-answered") await this.#received();
      else this.refused.value = error;
      return;
    }
    if (!this.unsent.value) return; // it was only a look at the server
    this.#tries += 1;
    if (submit) {
      await this.#keeping; // whoever reads that it waits may close the page
      this.held.value = true;
    } else this.state.value = "waiting";
    this.#soon(pause(this.#tries, 30, error instanceof Problem ? error.retryAfter : null));
  }

  async #received(): Promise<void> {
    clearTimeout(this.#timer);
    await this.keeper?.keep(null);
    this.state.value = "sent";
  }
}
