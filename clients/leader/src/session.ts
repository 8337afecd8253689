/** Signing in at an OIDC issuer: authorization code with PKCE (RFC 7636). The token lives as long as the tab. */

import { computed, signal } from "@preact/signals";
import { type Api, answered, api, Problem, type Schemas } from "../../shared/api.ts";

type SignIn = Schemas["SignInOut"];
type AtIssuer = { tokenEndpoint: string; clientId: string; end: string | null };
/** `renewal` is a refresh token, from issuers that give one. */
type Session = AtIssuer & { token: string; until: number; renewal: string | null };
type Pending = AtIssuer & { issuer: string; state: string; verifier: string; nonce: string; back: string };

const HELD = "vls-session";
const PENDING = "vls-sign-in";
const EARLY = 30_000; // a token is given up this long before it ends, so that it does not end on the way
const RENEW = 60_000; // and renewed before that, where the issuer lets us
const REDIRECT = `${location.origin}/app/leader/`;

export const session = signal<Session | null>(held());
export const expired = signal(false);
export const signedIn = computed(() => session.value !== null);
export const client: Api = api(() => current()?.token ?? null);

function held(): Session | null {
  const found = sessionStorage.getItem(HELD);
  const kept = found === null ? null : (JSON.parse(found) as Session);
  return kept !== null && kept.until - EARLY > Date.now() ? kept : null;
}

function current(): Session | null {
  const now = session.value;
  if (now !== null && now.until - EARLY <= Date.now()) lapse();
  return session.value;
}

function lapse(): void {
  sessionStorage.removeItem(HELD);
  session.value = null;
  expired.value = true;
}

/** The token to ask with, empty when there is none. */
export const token = (): string => current()?.token ?? "";

type Asking<T> = Promise<{ data?: T; error?: unknown; response: Response }>;

/** What the API answers; a session that has ended leads to the sign-in. */
export const asked = <T>(asking: Asking<T>): Promise<T> => heard(() => answered(asking));

export async function heard<T>(answer: () => Promise<T>): Promise<T> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof Problem && error.status === 401) lapse();
    throw error;
  }
}

/** Every item of a list, page by page. */
export async function every<T>(
  page: (query: { limit: number; cursor?: string }) => Asking<{ items: T[]; next: string | null }>,
): Promise<T[]> {
  const items: T[] = [];
  let next: string | null = null;
  do {
    const found: { items: T[]; next: string | null } = await asked(
      page({ limit: 500, ...(next === null ? {} : { cursor: next }) }),
    );
    items.push(...found.items);
    next = found.next;
  } while (next !== null);
  return items;
}

/** What somebody may do, as the API says; which pages are offered goes by it, what is allowed does not. */
export const scopes = signal<readonly string[]>([]);
export const may = (scope: string): boolean => scopes.value.includes(scope);

/** Who is signed in, as the API says it: opaque, and the same each time. */
export const who = signal<string | null>(null);

export async function learnScopes(): Promise<true> {
  const me = await asked(client.GET("/v1/me"));
  scopes.value = me.scopes;
  who.value = me.subject;
  return true;
}

export async function issuers(): Promise<SignIn[]> {
  return (await answered(api().GET("/v1/sign-in"))).items;
}

export async function signIn(issuer: SignIn): Promise<void> {
  const [state, verifier, nonce] = [random(), random(), random()];
  const pending: Pending = {
    issuer: issuer.issuer,
    state,
    verifier,
    nonce,
    tokenEndpoint: issuer.token_endpoint,
    clientId: issuer.client_id,
    end: issuer.end_session_endpoint,
    back: location.hash,
  };
  sessionStorage.setItem(PENDING, JSON.stringify(pending));
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  const query = new URLSearchParams({
    response_type: "code",
    client_id: issuer.client_id,
    redirect_uri: REDIRECT,
    scope: issuer.scope,
    state,
    nonce,
    code_challenge: encoded(new Uint8Array(digest)),
    code_challenge_method: "S256",
  });
  location.assign(`${issuer.authorization_endpoint}?${query}`);
}

/** Takes the code out of the address when the issuer sends somebody back; false when it was not for us. */
export async function finishSignIn(): Promise<boolean> {
  const query = new URLSearchParams(location.search);
  if (!query.has("code") && !query.has("error")) return true;
  const pending = JSON.parse(sessionStorage.getItem(PENDING) ?? "null") as Pending | null;
  sessionStorage.removeItem(PENDING);
  history.replaceState(null, "", `/app/leader/${pending?.back ?? ""}`);
  const code = query.get("code");
  if (code === null || pending === null || query.get("state") !== pending.state) return false;
  if ((query.get("iss") ?? pending.issuer) !== pending.issuer) return false; // another issuer's answer (RFC 9207)
  const asking = { grant_type: "authorization_code", code, redirect_uri: REDIRECT, code_verifier: pending.verifier };
  return begin(pending, asking, pending.nonce);
}

/** Begins the session with the token that the issuer gives; false when it gives none, or one that was not for us. */
async function begin(at: AtIssuer, asking: Record<string, string>, nonce?: string): Promise<boolean> {
  const body = new URLSearchParams({ ...asking, client_id: at.clientId });
  try {
    const response = await fetch(at.tokenEndpoint, { method: "POST", body, credentials: "omit" });
    const given = await response.json();
    if (!response.ok) return false;
    if (nonce !== undefined && given.id_token !== undefined && claims(given.id_token).nonce !== nonce) return false;
    session.value = {
      tokenEndpoint: at.tokenEndpoint,
      clientId: at.clientId,
      end: at.end,
      token: given.access_token,
      until: Date.now() + (Number(given.expires_in) || 300) * 1000,
      renewal: given.refresh_token ?? asking.refresh_token ?? null,
    };
    sessionStorage.setItem(HELD, JSON.stringify(session.value));
    expired.value = false;
    return true;
  } catch {
    return false;
  }
}

/** Looks now and then whether the token is soon over, and renews it where the issuer lets us: a meeting takes an hour.
 *
 * Where it does not, or does not answer, the token ends as it would have, and the sign-in is asked for. */
export async function renewInTime(): Promise<void> {
  const now = session.value;
  if (now?.renewal && now.until - EARLY - RENEW <= Date.now() && now.until > Date.now()) {
    await begin(now, { grant_type: "refresh_token", refresh_token: now.renewal });
  }
  setTimeout(() => void renewInTime(), RENEW / 4);
}

export function signOut(): void {
  const end = session.value?.end;
  sessionStorage.clear();
  session.value = null;
  expired.value = false;
  if (end) location.assign(end);
  else location.hash = "";
}

function random(): string {
  return encoded(crypto.getRandomValues(new Uint8Array(32)));
}

function encoded(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
}

/** What a token says, unverified: the API verifies; here it is only matched with what we asked for. */
function claims(token: string): { nonce?: string } {
  const body = (token.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/");
  return JSON.parse(atob(body));
}
