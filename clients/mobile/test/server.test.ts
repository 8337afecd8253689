import { afterEach, describe, expect, it, vi } from "vitest";
import { Problem, pause } from "../../shared/api.ts";
import type { Entry } from "../src/core/outbox.ts";
import { deliver, isThere, revoked } from "../src/core/server.ts";

const activity: Entry = {
  id: "a1",
  madeAt: "2026-10-19T08:00:00Z",
  method: "POST",
  path: "/v1/activities",
  body: { id: "a1" },
  about: { what: "activity" },
};
const withdrawal: Entry = {
  ...activity,
  id: "w1",
  method: "DELETE",
  path: "/v1/activities/a1",
  about: { what: "withdrawal" },
};
const week: Entry = {
  ...activity,
  id: "p1",
  method: "PUT",
  path: "/v1/rooms/r/weeks/2026-W43",
  body: { changes: {} },
  about: { what: "week", week: "2026-W43" },
};

/** Whoever is at the other end: the network is what is stood in for here, and nothing of ours. */
function answering(...answers: (Response | Error)[]): void {
  vi.stubGlobal("fetch", async () => {
    const next = answers.shift();
    if (next instanceof Error || next === undefined) throw next ?? new TypeError("no network");
    return next;
  });
}

const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
const problem = (status: number, code: string) =>
  json(status, { code, detail: code, errors: [{ pointer: "/x", detail: "fordi" }] });

afterEach(() => vi.unstubAllGlobals());

describe("what an answer means", () => {
  it.each([
    ["the API's own", json(201, { id: "a1" }), "arrived"],
    ["the same again", json(200, { id: "a1" }), "arrived"],
    ["a login page", new Response("<h1>Log ind", { status: 200 }), "later"],
    ["a filter that speaks JSON", json(200, { status: "login" }), "later"],
    ["a filter that says nothing", new Response(null, { status: 204 }), "later"],
    ["another's answer", json(201, { id: "b2" }), "later"],
    ["nobody", new TypeError("failed"), "later"],
    ["a busy server", problem(503, "busy"), "later"],
    ["one that stumbles", problem(500, "internal-error"), "later"],
    ["a proxy's 403", new Response("Forbidden", { status: 403 }), "later"],
    ["a proxy's 401", json(401, { message: "who are you" }), "later"],
    ["another 401 of the API's", problem(401, "not-authenticated"), "later"],
    ["the tablet was revoked", problem(401, "device-revoked"), "revoked"],
    ["the API refuses", problem(422, "child-not-in-room"), "refused"],
    ["a day that has not come", problem(422, "future-date"), "later"],
  ])("%s", async (_, answer, state) => {
    answering(answer);
    expect((await deliver(activity, "token")).state).toBe(state);
  });

  it.each([
    ["2026-10-20", "later"],
    ["2027-10-19", "refused"],
  ])("waits for a day that comes soon, not for one that is a mistake: %s", async (day, state) => {
    const early = problem(422, "future-date");
    early.headers.set("Date", "Mon, 19 Oct 2026 20:00:00 GMT");
    answering(early);
    expect((await deliver({ ...activity, about: { what: "activity", day } }, "t")).state).toBe(state);
  });

  it.each([
    ["nobody", new TypeError("failed"), null],
    ["who did not reach the server", new Response("Bad Gateway", { status: 502 }), null],
    ["who did not wait for it", new Response(null, { status: 504 }), null],
    ["a server that is busy", problem(503, "busy"), false],
    ["a server that stumbles over it", problem(500, "internal-error"), true],
  ])("whose fault it is when %s answers", async (_, answer, own) => {
    answering(answer);
    expect(await deliver(activity, "t")).toEqual({ state: "later", own, retryAfter: null });
  });

  it.each([
    ["the server", json(200, { subject: "device:1" }), true],
    ["a login page", new Response("<h1>Log ind", { status: 200 }), false],
    ["a proxy", new Response("Bad Gateway", { status: 502 }), false],
    ["nobody", new TypeError("failed"), false],
  ])("whether the server is there when %s answers", async (_, answer, there) => {
    answering(answer);
    expect(await isThere("t")).toBe(there);
  });

  it("tells the reason, and each field's", async () => {
    answering(problem(422, "invalid-input"));
    expect(await deliver(activity, "t")).toEqual({
      state: "refused",
      code: "invalid-input",
      detail: "invalid-input fordi",
    });
  });

  it("takes what is gone for withdrawn, when the API says so and nobody else", async () => {
    answering(
      new Response(null, { status: 204 }),
      problem(404, "not-found"),
      new Response("Not found", { status: 404 }),
    );
    for (const state of ["arrived", "arrived", "later"]) expect((await deliver(withdrawal, "t")).state).toBe(state);
  });

  it("waits as long as it is asked to", async () => {
    const busy = new Response("{}", { status: 429, headers: { "Retry-After": "7" } });
    answering(busy);
    expect(await deliver(activity, "t")).toEqual({ state: "later", own: false, retryAfter: 7 });
  });
});

it("asks after an hour when it is asked to wait for weeks", () => {
  expect(pause(1, 300, 90)).toBe(90_000);
  expect(pause(1, 300, 30 * 86_400)).toBe(3_600_000);
});

describe("the key", () => {
  it.each([
    ["device-revoked", true],
    ["not-authenticated", false],
    ["LOGIN_REQUIRED", false],
  ])("is given up for a 401 only when the API took it back: %s", (code, lost) => {
    expect(revoked(new Problem(problem(401, code), { code }))).toBe(lost);
  });
});

describe("a week", () => {
  const found = { week: "2026-W43", revision: 3, closed: false, completed: false, tallies: [] };

  it("has arrived when the API names it", async () => {
    answering(json(200, found), json(200, found));
    expect((await deliver(week, "t")).state).toBe("arrived");
  });

  it("is sent child by child when the whole is refused, and only what is refused by itself stays", async () => {
    const three = { alma: { immersion: 1 }, carl: { immersion: 2 }, ella: { absent: true } };
    const said: Entry = { ...week, body: { completed: true, changes: three } };
    const refusal = () => problem(422, "child-not-in-room");
    const turns = [refusal(), json(200, found), refusal(), json(200, found), json(200, found)]; // all, each, the state
    answering(...turns.flatMap((answer) => [json(200, found), answer]));
    expect(await deliver(said, "t")).toMatchObject({
      state: "refused",
      code: "child-not-in-room",
      left: { body: { changes: { carl: { immersion: 2 } } }, about: { week: "2026-W43", children: ["carl"] } },
    });
  });

  it("is wholly tried again when the line breaks in the middle of that", async () => {
    const said: Entry = { ...week, body: { changes: { alma: { immersion: 1 }, carl: { immersion: 2 } } } };
    answering(json(200, found), problem(422, "child-not-in-room"), json(200, found), new TypeError("no network"));
    expect((await deliver(said, "t")).state).toBe("later");
  });

  it("is tried again when somebody was faster, and when what was read is no week", async () => {
    answering(json(200, found), problem(412, "stale-version"));
    expect((await deliver(week, "t")).state).toBe("later");
    answering(new Response("<h1>", { status: 200 }));
    expect((await deliver(week, "t")).state).toBe("later");
  });
});
