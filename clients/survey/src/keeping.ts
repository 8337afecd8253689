/** What is not yet with the server waits on the device, sealed with a key that only the link yields. */

import type { Answers, Role } from "./questionnaire.ts";

/** Changes since the last save; `sent` once somebody has pressed send. */
export type Kept = { answers: Answers; role?: Role | null; sent?: boolean };

export class Keeper {
  #order: Promise<void> = Promise.resolve();

  private constructor(
    private readonly name: string,
    private readonly key: CryptoKey,
  ) {}

  /** The keeper of a link, or null where the browser has no cryptography (an address without https) or keeps nothing. */
  static async of(token: string): Promise<Keeper | null> {
    const subtle = globalThis.crypto?.subtle;
    if (subtle === undefined || !keeps()) return null;
    const secret = new TextEncoder().encode(token.toLowerCase().replace(/[^a-z0-9]/g, ""));
    const base = await subtle.importKey("raw", secret, "HKDF", false, ["deriveKey", "deriveBits"]);
    const way = (info: string) => ({
      name: "HKDF",
      hash: "SHA-256",
      salt: new Uint8Array(),
      info: new TextEncoder().encode(info),
    });
    const name = new Uint8Array(await subtle.deriveBits(way("vls: name"), base, 128));
    const key = await subtle.deriveKey(way("vls: kept"), base, { name: "AES-GCM", length: 256 }, false, [
      "encrypt",
      "decrypt",
    ]);
    return new Keeper(`vls-svar-${encoded(name)}`, key);
  }

  async kept(): Promise<Kept | null> {
    await this.#order;
    const sealed = localStorage.getItem(this.name);
    if (sealed === null) return null;
    try {
      const bytes = decoded(sealed);
      const iv = bytes.slice(0, 12);
      const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, this.key, bytes.slice(12));
      return JSON.parse(new TextDecoder().decode(plain)) as Kept;
    } catch {
      return null; // not ours, or cut short: the server's copy is the one to go on with
    }
  }

  /** Keeps `what` in place of anything before; null forgets it. False where there was no room. */
  async keep(what: Kept | null): Promise<boolean> {
    const kept = this.#order.then(() => this.#write(what));
    this.#order = kept.then(
      () => undefined,
      () => undefined,
    );
    return kept.catch(() => false);
  }

  async #write(what: Kept | null): Promise<boolean> {
    if (what === null) {
      localStorage.removeItem(this.name);
      return true;
    }
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(what));
    const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, this.key, plain));
    localStorage.setItem(this.name, encoded(new Uint8Array([...iv, ...sealed])));
    return true;
  }
}

function keeps(): boolean {
  try {
    localStorage.setItem("vls-svar", "");
    localStorage.removeItem("vls-svar");
    return true;
  } catch {
    return false;
  }
}

const encoded = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const decoded = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
