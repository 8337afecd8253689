import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it } from "vitest";
import { type Entry, Outbox, type Verdict } from "../src/core/outbox.ts";
import { Locked, OthersUnsent, Vault } from "../src/core/vault.ts";

const KEY = new Uint8Array(32).fill(7);
const OTHER = new Uint8Array(32).fill(9);
const ARRIVED: Verdict = { state: "arrived" };
const AWAY: Verdict = { state: "later", own: false, retryAfter: null };

let vault: Vault;
let sent: string[];
let waits: number[];
let then: (() => void) | null;
let revoked: number;
let well: boolean; // whether the server answers to others than these entries

beforeEach(async () => {
  for (const { name } of await indexedDB.databases()) if (name !== undefined) indexedDB.deleteDatabase(name);
  vault = await Vault.open();
  await vault.enrol("device", KEY);
  [sent, waits, then, revoked, well] = [[], [], null, 0, false];
});

function outbox(answer: (entry: Entry) => Verdict | Promise<Verdict>, alone = true): Outbox {
  return new Outbox({
    vault,
    now: () => new Date("2026-10-19T08:00:00Z"),
    alone: async (work) => {
      if (alone) await work();
      return alone;
    },
    send: async (entry) => {
      sent.push(entry.id);
      return answer(entry);
    },
    answers: async () => well,
    onChange: () => undefined,
    onRevoked: async () => {
      revoked += 1;
      await vault.lock();
    },
    wait: (milliseconds, next) => {
      waits.push(milliseconds);
      then = next;
    },
  });
}

const entry = (id: string): Omit<Entry, "madeAt"> => ({
  id,
  method: "POST",
  path: "/v1/activities",
  body: { child: "Anna" },
  about: { what: "activity" },
});

async function quiet(): Promise<void> {
  for (let turn = 0; turn < 40; turn += 1) await new Promise((done) => setTimeout(done, 1));
}

async function waiting(): Promise<string[]> {
  return (await vault.all<Entry>("outbox")).map((row) => row.what.id);
}

describe("the outbox", () => {
  it("sends in order, one at a time, and moves what has arrived into the ledger", async () => {
    let inside = 0;
    const box = outbox(async () => {
      inside += 1;
      expect(inside).toBe(1);
      await new Promise((done) => setTimeout(done, 2));
      inside -= 1;
      return ARRIVED;
    });
    await Promise.all(["a", "b", "c"].map((id) => box.add(entry(id))));
    await quiet();
    expect(sent).toEqual(["a", "b", "c"]);
    expect(await waiting()).toEqual([]);
    expect((await vault.all<Entry>("ledger")).map((row) => row.what.id)).toEqual(["a", "b", "c"]);
    expect(JSON.stringify(await vault.all("ledger"))).not.toContain("Anna"); // the ledger tells, it does not repeat
  });

  it("keeps everything while there is no answer, waits longer each time, and goes on when there is", async () => {
    let away = true;
    const box = outbox(() => (away ? AWAY : ARRIVED));
    await box.add(entry("a"));
    await quiet();
    await box.add(entry("b"));
    await quiet();
    for (let round = 0; round < 6; round += 1) {
      then?.();
      await quiet();
    }
    expect(new Set(sent)).toEqual(new Set(["a"])); // the first is tried, the others wait behind it
    expect(await waiting()).toEqual(["a", "b"]);
    expect(Math.max(...waits)).toBeGreaterThan(8 * Math.min(...waits));
    expect(Math.max(...waits)).toBeLessThanOrEqual(300_000);
    away = false;
    then?.();
    await quiet();
    expect(await waiting()).toEqual([]);
  });

  it("asks again after a restart: what was on its way is still there", async () => {
    const box = outbox(() => new Promise<Verdict>(() => undefined)); // the browser dies while it waits
    await box.add(entry("a"));
    await quiet();
    vault = await Vault.open();
    const after = outbox(() => ARRIVED);
    await after.pump();
    expect(sent).toEqual(["a", "a"]);
    expect(await waiting()).toEqual([]);
  });

  it("sets aside what is refused, with the reason, and lets the others through", async () => {
    const box = outbox((each) =>
      each.id === "b" ? { state: "refused", code: "child-not-in-room", detail: "Nej" } : ARRIVED,
    );
    for (const id of ["a", "b", "c"]) await box.add(entry(id));
    await quiet();
    expect(await waiting()).toEqual(["b"]);
    const [row] = await box.rows();
    expect(row?.what.refused?.code).toBe("child-not-in-room");
    expect(row?.what.body).toEqual({ child: "Anna" }); // nothing of it is lost
    await box.pump();
    expect(sent.filter((id) => id === "b")).toHaveLength(1); // not tried again by itself
    if (row !== undefined) await box.discard(row.seq);
    expect(await waiting()).toEqual([]);
  });

  it("lets others past one that the server stumbles over", async () => {
    const box = outbox((each) => (each.id === "a" ? { state: "later", own: true, retryAfter: null } : ARRIVED));
    await box.add(entry("a"));
    await box.add(entry("b"));
    for (let round = 0; round < 4; round += 1) {
      await quiet();
      then?.();
    }
    await quiet();
    expect(await waiting()).toEqual(["a"]);
    expect(sent).toContain("b");
  });

  it("lets others past one that alone is never answered, and none past while nobody is", async () => {
    const silent = new Set(["a", "b"]);
    const box = outbox((each) => (silent.has(each.id) ? { state: "later", own: null, retryAfter: null } : ARRIVED));
    for (const id of ["a", "b", "c"]) await box.add(entry(id));
    const rounds = async (many: number) => {
      for (let round = 0; round < many; round += 1) {
        await quiet();
        then?.();
      }
      await quiet();
    };
    await rounds(8);
    expect(new Set(sent)).toEqual(new Set(["a"])); // no network: what is first stays first
    well = true;
    await rounds(8);
    expect(await waiting()).toEqual(["a", "b"]);
    silent.clear();
    await rounds(1);
    expect(sent.slice(-2)).toEqual(["a", "b"]);
    expect(await waiting()).toEqual([]);
  });

  it("sends what was corrected under the same id, and keeps when it was recorded", async () => {
    const box = outbox((each) =>
      (each.body as { child: string }).child === "Anna"
        ? { state: "refused", code: "child-not-in-room", detail: "Nej" }
        : ARRIVED,
    );
    await box.add(entry("a"));
    await quiet();
    const [row] = await box.rows();
    if (row === undefined) throw new Error("nothing waits");
    await box.correct(row.seq, row.what, { body: { child: "Bo" }, about: row.what.about });
    await quiet();
    expect(sent).toEqual(["a", "a"]);
    expect((await vault.all<Entry>("ledger")).map((each) => each.what.madeAt)).toEqual([row.what.madeAt]);
  });

  it("waits as long as the server asks", async () => {
    const box = outbox(() => ({ state: "later", own: false, retryAfter: 120 }));
    await box.add(entry("a"));
    await quiet();
    expect(waits.at(-1)).toBeGreaterThanOrEqual(120_000);
  });

  it("does not send while another tab does, and looks again later", async () => {
    const box = outbox(() => ARRIVED, false);
    await box.add(entry("a"));
    await quiet();
    expect(sent).toEqual([]);
    expect(waits.length).toBeGreaterThan(0);
  });

  it("stops when the tablet is revoked, and goes on where it was with the key given back", async () => {
    let ended = true;
    const box = outbox(() => (ended ? { state: "revoked" } : ARRIVED));
    await box.add(entry("a"));
    await box.add(entry("b")).catch((error) => expect(error).toBeInstanceOf(Locked));
    await quiet();
    expect(revoked).toBe(1);
    expect(vault.open).toBe(false);
    await expect(vault.all("outbox")).rejects.toBeInstanceOf(Locked);
    const held = await vault.count("outbox");
    ended = false;
    await vault.enrol("device", KEY);
    await box.pump();
    expect(await vault.count("outbox")).toBe(0);
    expect((await vault.all("ledger")).length).toBe(held);
  });
});

describe("what is about the same thing", () => {
  const post = entry("a");
  const withdrawal = {
    ...entry("w"),
    method: "DELETE" as const,
    path: "/v1/activities/a",
    about: { what: "withdrawal" as const },
  };

  it("goes in order: a withdrawal never overtakes the activity it takes back", async () => {
    let stumbling = true;
    const box = outbox((each) =>
      stumbling && each.id === "a" ? { state: "later", own: true, retryAfter: null } : ARRIVED,
    );
    await box.add(post);
    await box.add(withdrawal);
    await box.add(entry("b"));
    for (let round = 0; round < 5; round += 1) {
      await quiet();
      then?.();
    }
    await quiet();
    expect(await waiting()).toEqual(["a", "w"]); // b is about another
    stumbling = false;
    then?.();
    await quiet();
    expect(sent.slice(-2)).toEqual(["a", "w"]);
    expect(await waiting()).toEqual([]);
  });

  it("waits while the activity is refused, until somebody has decided", async () => {
    const box = outbox((each) => (each.id === "a" ? { state: "refused", code: "x", detail: "" } : ARRIVED));
    await box.add(post);
    await box.add(withdrawal);
    await quiet();
    expect(await waiting()).toEqual(["a", "w"]);
    const [refused] = await box.rows();
    if (refused !== undefined) await box.discard(refused.seq);
    await box.pump();
    expect(await waiting()).toEqual([]);
  });

  it("lets others past at once what has to wait long", async () => {
    const box = outbox((each) => (each.id === "a" ? { state: "later", own: true, retryAfter: 900 } : ARRIVED));
    await box.add(post);
    await box.add(entry("b"));
    await quiet();
    expect(await waiting()).toEqual(["a"]);
    expect(waits.at(-1)).toBeGreaterThanOrEqual(900_000);
  });
});

describe("the vault", () => {
  it("holds nothing that can be read without the key", async () => {
    await vault.add("outbox", entry("a"));
    await vault.keep("snapshot", { children: ["Anna"] });
    const raw = await new Promise<unknown[]>((done) => {
      const opening = indexedDB.open("vls-mobile");
      opening.onsuccess = () => {
        const all = opening.result.transaction("outbox").objectStore("outbox").getAll();
        all.onsuccess = () => {
          opening.result.close();
          done(all.result);
        };
      };
    });
    const bytes = (raw as { bytes: ArrayBuffer }[]).map((row) => new TextDecoder("latin1").decode(row.bytes)).join();
    expect(bytes).not.toContain("Anna");
    expect(Object.keys(raw[0] as object).sort()).toEqual(["bytes", "iv", "seq"]);
  });

  it("does not let another enrolment bury what was not sent", async () => {
    await vault.add("outbox", entry("a"));
    await vault.lock();
    await expect(vault.enrol("another", OTHER)).rejects.toBeInstanceOf(OthersUnsent);
    await vault.enrol("device", KEY);
    expect(await waiting()).toEqual(["a"]);
  });

  it("leaves what was sealed with another key where it is, and goes on with the rest", async () => {
    await vault.add("outbox", entry("a"));
    await vault.keep("snapshot", { children: [] });
    await vault.enrol("device", OTHER); // the server's secret was changed: the same tablet got another key
    await vault.add("outbox", entry("b"));
    expect(await waiting()).toEqual(["b"]);
    expect(await vault.kept("snapshot")).toBeNull();
    expect(await vault.count("outbox")).toBe(2);
  });

  it("is empty after it was cleared", async () => {
    await vault.add("outbox", entry("a"));
    await vault.clear();
    expect(await vault.owner()).toBeNull();
    expect(await vault.count("outbox")).toBe(0);
  });
});

describe("a full device", () => {
  const add = IDBObjectStore.prototype.add;
  const full = () => {
    IDBObjectStore.prototype.add = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  };

  it("goes on sending what waits: only the ledger is shorter", async () => {
    let away = true;
    const box = outbox(() => (away ? AWAY : ARRIVED));
    await box.add(entry("a"));
    await box.add(entry("b"));
    await quiet();
    away = false;
    full();
    try {
      await box.pump();
    } finally {
      IDBObjectStore.prototype.add = add;
    }
    expect(await waiting()).toEqual([]);
    expect(sent.slice(-2)).toEqual(["a", "b"]);
  });

  it("says so when something is recorded, and loses nothing that waited", async () => {
    const box = outbox(() => AWAY);
    await box.add(entry("a"));
    full();
    try {
      await expect(box.add(entry("b"))).rejects.toThrow("full");
    } finally {
      IDBObjectStore.prototype.add = add;
    }
    await box.add(entry("c"));
    expect(await waiting()).toEqual(["a", "c"]);
  });

  it("tries again later when the device itself fails", async () => {
    const box = outbox(() => ({ state: "refused", code: "x", detail: "" }));
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("busy", "UnknownError");
    };
    try {
      await box.add(entry("a"));
      await quiet();
      expect(waits.length).toBeGreaterThan(0);
    } finally {
      IDBObjectStore.prototype.put = put;
    }
    then?.();
    await quiet();
    expect((await box.rows())[0]?.what.refused?.code).toBe("x");
  });
});
