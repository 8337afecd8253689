/** Keeps answers safe: on the device at once, with the server a moment later, again and again until it has them. */

import { computed, signal } from "@preact/signals";
import { type Api, answered, Problem, pause } from "../../shared/api.ts";
import type { Keeper, Kept } from "./keeping.ts";
import type { Answers, Questionnaire, Role } from "./questionnaire.ts";

export type State = "saved" | "saving" | "waiting" | "sending" | "sent";
const SOON = 700; // milliseconds after the last change

export class Saving {
  readonly answers = signal<Answers>({});
  readonly role = signal<Role | null>(null);
  readonly state = signal<State>("saved");
  /** A refusal that no waiting mends: the round has closed, the link was used. */
  readonly refused = signal<Problem | null>(null);
  /** Whether pressing send waits for a connection. */
  readonly held = signal(false);
  readonly onDevice: boolean;
  readonly unsent = computed(() => this.state.value !== "saved" && this.state.value !== "sent");

  #changes: Kept = { answers: {} };
  #changed = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #tries = 0;
  #busy = false;

  constructor(
    private readonly api: Api,
    private readonly token: string,
    private readonly keeper: Keeper | null,
    asked: Questionnaire,
    kept: Kept | null,
  ) {
    this.onDevice = keeper !== null;
    this.answers.value = { ...asked.answers, ...kept?.answers };
    this.role.value = kept?.role === undefined ? asked.role : kept.role;
    if (kept !== null) {
      this.#changes = { ...kept, sent: false };
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
    void this.keeper?.keep(this.#changes);
    if (this.state.value === "saved") this.state.value = "saving";
    this.#soon(wait);
  }

  #soon(wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#save(), wait);
  }

  #again(): void {
    if (this.unsent.value && !this.#busy && this.refused.value === null) this.#soon(0);
  }

  async #save(): Promise<void> {
    if (this.#busy || this.refused.value !== null || this.state.value === "sent") return;
    this.#busy = true;
    const [upTo, submit] = [this.#changed, this.#changes.sent === true];
    try {
      await answered(
        this.api.PUT("/v1/answers/{token}", {
          params: { path: { token: this.token } },
          body: { answers: { ...this.answers.value }, role: this.role.value, submit },
        }),
      );
      this.#tries = 0;
      this.held.value = false;
      if (submit) await this.#received();
      else if (upTo === this.#changed) {
        this.#changes = { answers: {} };
        await this.keeper?.keep(null);
        this.state.value = "saved";
      }
    } catch (error) {
      await this.#failed(error, submit);
    } finally {
      this.#busy = false;
    }
    if (upTo !== this.#changed && this.unsent.value) this.#soon(0);
  }

  async #failed(error: unknown, submit: boolean): Promise<void> {
    if (error instanceof Problem && !error.transient) {
      // The answer to an earlier try may have been lost on its way: then this is it.
      if (submit && error.code === "already-answered" && this.#tries > 0) await this.#received();
      else this.refused.value = error;
      return;
    }
    this.#tries += 1;
    if (submit) this.held.value = true;
    else this.state.value = "waiting";
    this.#soon(pause(this.#tries, 30, error instanceof Problem ? error.retryAfter : null));
  }

  async #received(): Promise<void> {
    clearTimeout(this.#timer);
    await this.keeper?.keep(null);
    this.state.value = "sent";
  }
}
