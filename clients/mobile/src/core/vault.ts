/** What the tablet holds, encrypted at rest. The key is the server's to give and to take back: without it all this is noise.
 *
 * Everything is sealed (AES-GCM) before it is written and only then: the database sees ids and bytes. The key stands beside it
 * as one that the browser uses but hands to nobody; when the server revokes the tablet it is erased.
 */

import { type DBSchema, type IDBPDatabase, openDB } from "idb";

export type Sealed = { iv: Uint8Array<ArrayBuffer>; bytes: ArrayBuffer };
type Row = Sealed & { seq?: number };

interface Holds extends DBSchema {
  keys: { key: string; value: { name: "data"; key: CryptoKey } | { name: "owner"; device: string } };
  kept: { key: string; value: Sealed };
  outbox: { key: number; value: Row };
  ledger: { key: number; value: Row };
}

export type Store = "outbox" | "ledger";
const NAME = "vls-mobile";
const VERSION = 1;
const LEDGER = 400; // how many of what has arrived are remembered

/** The device holds what another enrolment has not sent, and the key to it is not this one. */
export class OthersUnsent extends Error {
  constructor(readonly count: number) {
    super("unsent of another enrolment");
  }
}

export class Locked extends Error {}

/** Whether the device has no room left. */
export function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}

export class Vault {
  #key: CryptoKey | null = null;
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(private readonly base: IDBPDatabase<Holds>) {}

  /** `onClosed`: the database was taken away, by a newer version of the app in another tab or by the browser. */
  static async open(onClosed: () => void = () => undefined): Promise<Vault> {
    const base = await openDB<Holds>(NAME, VERSION, {
      upgrade(made) {
        made.createObjectStore("keys", { keyPath: "name" });
        made.createObjectStore("kept");
        made.createObjectStore("outbox", { keyPath: "seq", autoIncrement: true });
        made.createObjectStore("ledger", { keyPath: "seq", autoIncrement: true });
      },
      blocking(_, __, event) {
        (event.target as IDBDatabase).close();
        onClosed();
      },
      terminated: onClosed,
    });
    const vault = new Vault(base);
    await vault.unlock();
    return vault;
  }

  get open(): boolean {
    return this.#key !== null;
  }

  /** Takes the key from where it lies; whether there is one. */
  async unlock(): Promise<boolean> {
    const held = await this.base.get("keys", "data");
    this.#key = held?.name === "data" ? held.key : null;
    return this.open;
  }

  /** Whose data these are: the id of the device, also while locked; null on a fresh tablet. */
  async owner(): Promise<string | null> {
    const held = await this.base.get("keys", "owner");
    return held?.name === "owner" ? held.device : null;
  }

  async enrol(device: string, raw: Uint8Array<ArrayBuffer>): Promise<void> {
    const owner = await this.owner();
    const unsent = await this.base.count("outbox");
    if (owner !== device) {
      if (owner !== null && unsent > 0) throw new OthersUnsent(unsent);
      await this.clear(); // also what another tab wrote in the moment of a sign-out
    }
    const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
    const writing = this.base.transaction("keys", "readwrite", { durability: "strict" });
    await writing.store.put({ name: "owner", device });
    await writing.store.put({ name: "data", key });
    await writing.done;
    this.#key = key;
  }

  /** Erases the key. What is held stays, unreadable, until the same device is enrolled anew. */
  async lock(): Promise<void> {
    this.#key = null;
    await this.base.delete("keys", "data");
  }

  /** Erases everything. */
  async clear(): Promise<void> {
    this.#key = null;
    const all = ["keys", "kept", "outbox", "ledger"] as const;
    const writing = this.base.transaction(all, "readwrite", { durability: "strict" });
    await Promise.all([...all.map((name) => writing.objectStore(name).clear()), writing.done]);
  }

  async keep(name: string, what: unknown): Promise<void> {
    await this.#inOrder(async () => this.base.put("kept", await this.#sealed(what), name));
  }

  /** What was kept under a name; null also when it was kept with another key. */
  async kept<T>(name: string): Promise<T | null> {
    const sealed = await this.base.get("kept", name);
    return sealed === undefined ? null : await this.#opened<T>(sealed);
  }

  async forget(name: string): Promise<void> {
    await this.#inOrder(() => this.base.delete("kept", name));
  }

  /** Adds at the end, and is on the disk when it answers. */
  async add(store: Store, what: unknown): Promise<number> {
    return this.#inOrder(async () => {
      const sealed = await this.#sealed(what);
      const writing = this.base.transaction(store, "readwrite", { durability: "strict" });
      const [seq] = await Promise.all([writing.store.add(sealed), writing.done]);
      return seq;
    });
  }

  /** What is written first is there first: sealing takes its time, and the order must not. */
  async #inOrder<T>(write: () => Promise<T>): Promise<T> {
    const written = this.#writing.then(write);
    this.#writing = written.catch(() => undefined);
    return written;
  }

  /** Everything, the oldest first. A row that was sealed with another key is left out, and stays where it is. */
  async all<T>(store: Store): Promise<{ seq: number; what: T }[]> {
    const rows = await this.base.getAll(store);
    const opened = await Promise.all(
      rows.map(async (row) => ({ seq: row.seq as number, what: await this.#opened<T>(row) })),
    );
    return opened.filter((row): row is { seq: number; what: Awaited<T> & T } => row.what !== null);
  }

  async count(store: Store): Promise<number> {
    return this.base.count(store);
  }

  async replace(store: Store, seq: number, what: unknown): Promise<void> {
    const sealed = await this.#sealed(what);
    const writing = this.base.transaction(store, "readwrite", { durability: "strict" });
    if ((await writing.store.getKey(seq)) !== undefined) await writing.store.put({ ...sealed, seq });
    await writing.done;
  }

  async remove(store: Store, seq: number): Promise<void> {
    await this.base.delete(store, seq);
  }

  /** From the outbox into the ledger in one step. On a full device the ledger goes without it: it has arrived all the same. */
  async arrived(seq: number, what: unknown): Promise<void> {
    const sealed = await this.#sealed(what);
    try {
      await this.#moved(seq, sealed);
    } catch (error) {
      if (!isFull(error)) throw error;
      await this.remove("outbox", seq);
    }
  }

  async #moved(seq: number, sealed: Sealed): Promise<void> {
    const moving = this.base.transaction(["outbox", "ledger"], "readwrite", { durability: "strict" });
    const ledger = moving.objectStore("ledger");
    const kept = ledger.add(sealed).then((last) => ledger.delete(IDBKeyRange.upperBound(last - LEDGER)));
    await Promise.all([moving.objectStore("outbox").delete(seq), kept, moving.done]);
  }

  async #sealed(what: unknown): Promise<Sealed> {
    if (this.#key === null) throw new Locked();
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(what));
    return { iv, bytes: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, this.#key, plain) };
  }

  async #opened<T>(sealed: Sealed): Promise<T | null> {
    if (this.#key === null) throw new Locked();
    try {
      const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv }, this.#key, sealed.bytes);
      return JSON.parse(new TextDecoder().decode(plain)) as T;
    } catch {
      return null;
    }
  }
}
