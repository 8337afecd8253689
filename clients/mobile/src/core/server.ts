/** The server as the tablet meets it: sends what waits, and gets what the pages show. */

import { type Api, answered, api, Problem, type Schemas } from "../../../shared/api.ts";
import { language } from "../../../shared/text.ts";
import { learn } from "./clock.ts";
import type { Entry, Said, Verdict } from "./outbox.ts";
import type { Room, Snapshot } from "./snapshot.ts";
import { parts, together, type WeekSaid, weekRequest } from "./weeks.ts";

const PATIENCE = 15_000;
const LATER = new Set([408, 425, 429]);
const REVOKED = "device-revoked"; // a 401 of anybody else's does not cost the tablet its key

const reached = (token: string | null): Api =>
  api(
    () => token,
    (response, asked) => learn(response.headers.get("date"), asked),
  );

/** One try to deliver an entry. */
export async function deliver(entry: Entry, token: string): Promise<Verdict> {
  try {
    if (entry.about.what === "week") return await deliverWeek(entry, entry.body as WeekSaid, token);
    const condition = entry.method === "PATCH" || entry.method === "DELETE" ? "*" : undefined;
    return await verdictOf(await sent(entry.method, entry.path, token, entry.body, condition), entry);
  } catch {
    return { state: "later", own: null, retryAfter: null };
  }
}

/** Whether the server is there for this tablet: then what it does not answer to has a fault of its own. */
export async function isThere(token: string): Promise<boolean> {
  try {
    const response = await sent("GET", "/v1/me", token);
    return response.ok && typeof parsed(await response.text())?.subject === "string";
  } catch {
    return false;
  }
}

/** A week is laid over the one the server has now; when somebody was faster meanwhile, over theirs the next time. */
async function deliverWeek(entry: Entry, said: WeekSaid, token: string): Promise<Verdict> {
  const found = await sent("GET", entry.path, token);
  if (!found.ok) return verdictOf(found, entry);
  const week = (await found.json()) as Schemas["RoomWeekOut"];
  const body = weekRequest(said, week);
  const verdict = await verdictOf(await sent("PUT", entry.path, token, body, `"${week.revision}"`), entry);
  if (verdict.state !== "refused") return verdict;
  if (verdict.code === "stale-version") return { state: "later", own: false, retryAfter: null };
  const apart = parts(said);
  return apart.length < 2 ? verdict : deliverApart(entry, apart, token);
}

/** What is refused together is sent one by one: a child who has left the room must not cost the others their counts. */
async function deliverApart(entry: Entry, apart: WeekSaid[], token: string): Promise<Verdict> {
  const left: WeekSaid[] = [];
  let last: Verdict = { state: "arrived" };
  for (const part of apart) {
    const verdict = await deliverWeek(entry, part, token);
    if (verdict.state === "arrived") continue;
    if (verdict.state !== "refused") return verdict; // all of it again: what has arrived says the same once more
    left.push(part);
    last = verdict;
  }
  return last.state === "refused" ? { ...last, left: leftOf(entry, together(left)) } : last;
}

function leftOf(entry: Entry, body: WeekSaid): Said {
  return { body, about: { ...entry.about, children: Object.keys(body.changes) } };
}

async function sent(
  method: string,
  path: string,
  token: string,
  body?: unknown,
  condition?: string,
): Promise<Response> {
  const given = new AbortController();
  const timer = setTimeout(() => given.abort(), PATIENCE);
  const asked = Date.now();
  try {
    const headers: Record<string, string> = { Authorization: `Bearer ${token}`, "Accept-Language": language.value };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    if (condition !== undefined) headers["If-Match"] = condition;
    const text = body === undefined ? {} : { body: JSON.stringify(body) };
    const options = {
      method,
      headers,
      signal: given.signal,
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      ...text,
    } as const;
    const response = await fetch(path, options);
    learn(response.headers.get("date"), asked);
    const whole = await response.arrayBuffer(); // an answer that breaks off is no answer
    return new Response(whole.byteLength === 0 ? null : whole, response);
  } finally {
    clearTimeout(timer);
  }
}

async function verdictOf(response: Response, entry: Entry): Promise<Verdict> {
  const body = parsed(await response.text());
  if (response.ok && answers(response, body, entry)) return { state: "arrived" };
  const code = typeof body?.code === "string" ? body.code : null;
  if (code === REVOKED) return { state: "revoked" };
  const after = Number(response.headers.get("retry-after"));
  const retryAfter = Number.isFinite(after) && after > 0 ? after : null;
  if (LATER.has(response.status)) return { state: "later", own: false, retryAfter };
  if (response.status === 500) return { state: "later", own: true, retryAfter };
  if (response.status > 500) return { state: "later", own: code === null ? null : false, retryAfter };
  // What is no answer of the API's is somebody's between: a login page, a filter.
  if (code === null || response.status < 400 || response.status === 401)
    return { state: "later", own: true, retryAfter };
  // What was withdrawn before is withdrawn: an earlier answer was lost on its way.
  if (entry.method === "DELETE" && response.status === 404) return { state: "arrived" };
  // A clock that ran ahead: the same is accepted when the day has come.
  if (code === "future-date" && isSoon(entry, response)) return { state: "later", own: true, retryAfter: 900 };
  const errors = Array.isArray(body?.errors) ? (body.errors as Wrong[]) : [];
  const detail = [body?.detail, ...errors.map((each) => each.detail)].join(" ");
  return { state: "refused", code, detail, ...(OF_CHILDREN.has(code) && { children: pointedAt(entry, errors) }) };
}

type Wrong = { pointer: string; detail: string };
const OF_CHILDREN = new Set(["unknown-reference", "child-not-in-room"]);

/** The children that the server points at, or all there are where it does not say. */
function pointedAt(entry: Entry, errors: readonly Wrong[]): readonly string[] {
  const all = entry.about.children ?? [];
  const positions = errors.map((each) => /^\/child_ids\/(\d+)$/.exec(each.pointer)?.[1]);
  const found = positions.flatMap((at) => (at === undefined ? [] : (all[Number(at)] ?? [])));
  return found.length > 0 ? found : all;
}

const SOON = 2 * 86_400_000;

/** Whether the day of an entry comes soon. What says next year would wait unseen until then: somebody has to look at it. */
function isSoon(entry: Entry, response: Response): boolean {
  const ahead = Date.parse(entry.about.day ?? "") - Date.parse(response.headers.get("date") ?? "");
  return !(ahead > SOON);
}

/** Whether this is the API's own answer to this entry: it names what was sent. Only then may the entry go. */
function answers(response: Response, body: Body | null, entry: Entry): boolean {
  if (entry.method === "DELETE") return response.status === 204;
  const named = entry.path.slice(entry.path.lastIndexOf("/") + 1);
  if (entry.method === "PUT") return body?.week === named;
  return body?.id === (entry.method === "POST" ? entry.id : named);
}

type Body = Record<string, unknown>;

function parsed(text: string): Body | null {
  try {
    const body = JSON.parse(text);
    return typeof body === "object" ? body : null;
  } catch {
    return null;
  }
}

/** Everything the pages show, as it is now. */
export async function snapshot(token: string, room: Room, today: string): Promise<Snapshot> {
  const client = reached(token);
  const id = room.id;
  const get = answered;
  const path = { params: { path: { id } } };
  const [children, staff, words, due, forms, instruments] = await Promise.all([
    get(client.GET("/v1/rooms/{id}/children", { params: { path: { id }, query: { on: today, limit: 500 } } })),
    get(client.GET("/v1/staff", { params: { query: { limit: 500 } } })),
    get(client.GET("/v1/configuration/vocabulary", { params: { query: {} } })),
    get(client.GET("/v1/rooms/{id}/due", path)),
    get(client.GET("/v1/practice-forms", { params: { query: { limit: 500 } } })),
    get(client.GET("/v1/development-instruments", { params: { query: { limit: 500 } } })),
  ]);
  const [form, instrument, evaluations, assessments] = await Promise.all([
    get(client.GET("/v1/practice-forms/{key}/versions/{version}", { params: { path: newest(forms.items) } })),
    get(
      client.GET("/v1/development-instruments/{key}/versions/{version}", {
        params: { path: newest(instruments.items) },
      }),
    ),
    get(client.GET("/v1/practice-evaluations", { params: { query: { room_id: id, limit: 100 } } })),
    get(
      client.GET("/v1/development-assessments", {
        params: { query: { room_id: id, half_year: halfYear(today), limit: 500 } },
      }),
    ),
  ]);
  return {
    at: new Date().toISOString(),
    children: children.items.map((child) => ({ id: child.id, name: child.first_name ?? child.external_id })),
    staff: staff.items.map((person) => ({ id: person.id, name: person.name })),
    areas: words.content.learning_areas,
    strategies: words.content.strategies,
    due,
    form,
    instrument,
    evaluations: evaluations.items,
    assessments: assessments.items,
  };
}

export async function weekOnServer(token: string, room: string, week: string) {
  const client = reached(token);
  return answered(client.GET("/v1/rooms/{id}/weeks/{week}", { params: { path: { id: room, week } } }));
}

/** The version that was published last; the one that comes along while none was. */
export function newest<T extends { key: string; version: number; published_at: string | null }>(
  versions: readonly T[],
) {
  const [last] = [...versions].sort(
    (a, b) => (b.published_at ?? "").localeCompare(a.published_at ?? "") || b.version - a.version,
  );
  if (last === undefined) throw new Error("nothing is published");
  return { key: last.key, version: last.version };
}

export function halfYear(day: string): string {
  return `${day.slice(0, 4)}-H${Number(day.slice(5, 7)) <= 6 ? 1 : 2}`;
}

export type Enrolled = { device_id: string; device_token: string; data_key: string; room: Room };

export async function enrol(code: string, attempt: string): Promise<Enrolled> {
  return answered(reached(null).POST("/v1/devices/enrol", { body: { code, attempt } })) as Promise<Enrolled>;
}

export function revoked(error: unknown): boolean {
  return error instanceof Problem && error.status === 401 && error.code === REVOKED;
}
