/** The API: typed by openapi.yaml, with problem details as exceptions. */

import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "./openapi.d.ts";
import { language } from "./text.ts";

export type Schemas = components["schemas"];
export type Api = Client<paths>;

/** The API said no, and why, in the language of the one who asked. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: readonly { pointer: string; code: string; detail: string }[];
  readonly requestId: string;
  /** Seconds the API asks us to wait, or null. */
  readonly retryAfter: number | null;

  constructor(response: Response, body: Partial<Schemas["ProblemBody"]>) {
    super(body.detail ?? body.title ?? `HTTP ${response.status}`);
    this.status = response.status;
    this.code = body.code ?? "unknown";
    this.errors = body.errors ?? [];
    this.requestId = body.request_id ?? response.headers.get("x-request-id") ?? "";
    const asked = Number(response.headers.get("retry-after"));
    this.retryAfter = Number.isFinite(asked) && asked > 0 ? asked : null;
  }

  /** Whether the same request may succeed later: also when somebody between us and the API refused, not the API. */
  get transient(): boolean {
    return this.code === "unknown" || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

/** Nobody answered: no network, or nobody at the other end. */
export class Unreachable extends Error {}

const PATIENCE = 20_000;

/** Told of every answer, and when it was asked for. */
export type Heard = (response: Response, asked: number) => void;

/** A client of the API; `token` says with which access token to ask, if any. */
export function api(token: () => string | null = () => null, heard: Heard = () => undefined): Api {
  const client = createClient<paths>({ baseUrl: location.origin, fetch: (request) => reaching(request, heard) });
  client.use({
    onRequest({ request }) {
      request.headers.set("Accept-Language", language.value);
      const held = token();
      if (held !== null) request.headers.set("Authorization", `Bearer ${held}`);
      return request;
    },
  });
  return client;
}

async function reaching(request: Request, heard: Heard): Promise<Response> {
  const given = new AbortController();
  const asked = Date.now();
  const timer = setTimeout(() => given.abort(), PATIENCE);
  try {
    const response = await fetch(request, { signal: given.signal, credentials: "omit", cache: "no-store" });
    heard(response, asked);
    return response;
  } catch (error) {
    throw new Unreachable(String(error));
  } finally {
    clearTimeout(timer);
  }
}

type Asked<T> = Promise<{ data?: T; error?: unknown; response: Response }>;

/** The body of an answer, or the problem as an exception. */
export async function answered<T>(asked: Asked<T>): Promise<T> {
  const { data, error, response } = await asked;
  if (response.ok) return data as T;
  const body = typeof error === "object" && error !== null ? error : {};
  throw new Problem(response, body as Partial<Schemas["ProblemBody"]>);
}

/** How long to wait before try number `tries` (from 1): doubling, at most `most` seconds, anywhere in the upper half. */
export function pause(tries: number, most = 60, asked: number | null = null): number {
  const longest = Math.min(most, 2 ** (tries - 1)) * 1000;
  // Who is asked to wait for weeks asks after an hour: a timer that long would run out at once.
  return Math.max(Math.min(asked ?? 0, 3600) * 1000, longest / 2 + (Math.random() * longest) / 2);
}
