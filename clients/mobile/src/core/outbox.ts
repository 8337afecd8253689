/** What is on its way. Written to the device first, sent one at a time in order, and deleted only for the server's answer. */

import { pause } from "../../../shared/api.ts";
import type { Vault } from "./vault.ts";

/** What the ledger tells of an entry: no names, only what they are looked up by. */
export type About = {
  what: "activity" | "withdrawal" | "week" | "practice" | "development";
  kind?: string;
  day?: string;
  week?: string;
  children?: readonly string[];
  rater?: string | null;
  /** The draft that a rating was made of. */
  draft?: string;
};

export type Entry = {
  id: string;
  madeAt: string;
  method: "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  body?: unknown;
  about: About;
  /** Why the server will not have it; it waits here for somebody to decide. */
  refused?: { code: string; detail: string; at: string; children?: readonly string[] };
};
export type Arrived = Omit<Entry, "body" | "refused"> & { arrivedAt: string };

/** What became of one try. `own`: the fault may lie with this entry, so others need not wait for it for ever; null when
 * nobody answered, which may be the entry's fault or the network's. */
export type Verdict =
  | { state: "arrived" }
  | { state: "refused"; code: string; detail: string; children?: readonly string[]; left?: Said }
  | { state: "later"; own: boolean | null; retryAfter: number | null }
  | { state: "revoked" };

/** What an entry says: of one that was refused in part, what is left of it. */
export type Said = Pick<Entry, "body" | "about">;

export type Rows = { seq: number; what: Entry }[];
const PATIENCE = 3; // tries of one entry after which the ones behind it are let past

const LONG = 60; // seconds

/** What an entry is about: entries about the same go in order, and none before one that waits or was refused. */
export function subject(entry: Entry): string {
  return entry.method === "POST" ? `${entry.path}/${entry.id}` : entry.path;
}

/** What may be sent now: not refused, not passed over, and behind nothing of these that is about the same. */
function ready(rows: Rows, passed: ReadonlySet<number>): Rows {
  const held = new Set<string>();
  return rows.filter(({ seq, what }) => {
    const mine = subject(what);
    // A week that was refused holds up none after it: each says only what was changed.
    const stands = passed.has(seq) || (what.refused !== undefined && what.about.what !== "week");
    if (stands) held.add(mine);
    return !stands && what.refused === undefined && !held.has(mine);
  });
}

type Wiring = {
  vault: Vault;
  send: (entry: Entry) => Promise<Verdict>;
  now: () => Date;
  /** Runs `work` unless another tab is at it; whether it ran. */
  alone: (work: () => Promise<void>) => Promise<boolean>;
  /** Whether the server answers to something else than an entry. */
  answers: () => Promise<boolean>;
  onChange: () => void;
  onRevoked: () => Promise<void>;
  wait?: (milliseconds: number, then: () => void) => void;
};

export class Outbox {
  #pumping = false;
  #again = false;
  #failures = 0;
  #triesOf = new Map<string, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly wiring: Wiring) {}

  /** Writes `entry` to the device. When this answers it is safe, whatever happens next. */
  async add(entry: Omit<Entry, "madeAt">): Promise<void> {
    const whole = { ...entry, madeAt: this.wiring.now().toISOString() };
    await this.wiring.vault.add("outbox", whole);
    this.wiring.onChange();
    void this.pump();
  }

  async rows(): Promise<Rows> {
    return this.wiring.vault.all<Entry>("outbox");
  }

  /** Tries a refused entry once more as it is. */
  async retry(seq: number, entry: Entry): Promise<void> {
    await this.correct(seq, entry, entry);
  }

  /** Tries a refused entry once more, as a person has corrected it; under the same id, so it is never there twice. */
  async correct(seq: number, entry: Entry, said: Said): Promise<void> {
    const { refused: _, ...fresh } = entry;
    await this.wiring.vault.replace("outbox", seq, { ...fresh, body: said.body, about: said.about });
    this.#triesOf.delete(entry.id);
    this.wiring.onChange();
    void this.pump();
  }

  /** Gives up an entry, because a person said so. */
  async discard(seq: number): Promise<void> {
    await this.wiring.vault.remove("outbox", seq);
    this.wiring.onChange();
  }

  /** Sends what waits, until nothing does or there is no getting through; then tries again by itself. */
  async pump(): Promise<void> {
    if (this.#pumping) {
      this.#again = true;
      return;
    }
    this.#pumping = true;
    clearTimeout(this.#timer);
    let wait: number | null = null;
    try {
      const ran = await this.wiring.alone(async () => {
        wait = await this.#round();
      });
      if (!ran) wait = 3000; // another tab sends; look again whether all has gone
    } catch {
      this.#failures += 1; // the device itself failed (full, or busy): what waits is there, and is tried again
      wait = pause(this.#failures, 300);
    } finally {
      this.#pumping = false;
    }
    if (this.#again) {
      this.#again = false;
      void this.pump();
    } else if (wait !== null) this.#later(wait);
  }

  #later(milliseconds: number): void {
    if (this.wiring.wait !== undefined) this.wiring.wait(milliseconds, () => void this.pump());
    else this.#timer = setTimeout(() => void this.pump(), milliseconds);
  }

  /** Passes over what waits until nothing new has come; milliseconds to wait for the next time, or null for none. */
  async #round(): Promise<number | null> {
    const passed = new Set<number>();
    let wait: number | null = null;
    while (this.wiring.vault.open) {
      const waiting = ready(await this.rows(), passed);
      if (waiting.length === 0) return wait;
      for (const next of waiting) {
        const verdict = await this.wiring.send(next.what);
        if (verdict.state === "revoked") {
          await this.wiring.onRevoked();
          return null;
        }
        if (verdict.state === "later") {
          wait = this.#waitAfter(next.what, verdict);
          if (!(await this.#mayBePassed(next.what, verdict))) return wait;
          passed.add(next.seq);
        } else {
          this.#failures = 0;
          await this.#settled(next, verdict);
          this.wiring.onChange();
        }
        if (verdict.state !== "arrived") break; // what is ready now may be less: look again
      }
    }
    return wait;
  }

  /** Whether others need not wait for an entry: the fault seems to be its own, or it has to wait long anyhow. */
  async #mayBePassed(entry: Entry, verdict: Verdict & { state: "later" }): Promise<boolean> {
    const tried = this.#tries(entry) >= PATIENCE;
    if (verdict.own === null) return tried && (await this.wiring.answers());
    return verdict.own && (tried || (verdict.retryAfter ?? 0) >= LONG);
  }

  #tries(entry: Entry): number {
    return this.#triesOf.get(entry.id) ?? 0;
  }

  #waitAfter(entry: Entry, verdict: Verdict & { state: "later" }): number {
    this.#triesOf.set(entry.id, this.#tries(entry) + 1);
    this.#failures += 1;
    return pause(this.#failures, 300, verdict.retryAfter);
  }

  async #settled({ seq, what }: Rows[number], verdict: Verdict): Promise<void> {
    this.#triesOf.delete(what.id);
    const at = this.wiring.now().toISOString();
    if (verdict.state === "refused") {
      const { code, detail, children } = verdict;
      const refused = { code, detail, at, ...(children && { children }) };
      await this.wiring.vault.replace("outbox", seq, { ...what, ...verdict.left, refused });
      return;
    }
    const { body: _, refused: __, ...rest } = what;
    const arrived: Arrived = { ...rest, arrivedAt: at };
    await this.wiring.vault.arrived(seq, arrived);
  }
}
