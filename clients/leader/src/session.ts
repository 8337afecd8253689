/** Signing in at an OIDC issuer: authorization code with PKCE (RFC 7636). The token lives as long as the tab. */

import { computed, signal } from "@preact/signals";
import { type Api, answered, api, Problem, type Schemas } from "../../shared/api.ts";

type SignIn = Schemas["SignInOut"];
type Session = { token: string; until: number; end: string | null };
type Pending = {
  state: string;
  verifier: string;
  nonce: string;
  tokenEndpoint: string;
  clientId: string;
  end: string | null;
  back: string;
};

const HELD = "vls-session";
const PENDING = "vls-sign-in";
const EARLY = 30_000; // a token is given up this long before it ends, so that it does not end on the way
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

/** What the API answers; a session that has ended leads to the sign-in. */
export async function asked<T>(asking: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  try {
    return await answered(asking);
  } catch (error) {
    if (error instanceof Problem && error.status === 401) lapse();
    throw error;
  }
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
  const form = new URLSearchParams({
    grant_type: "authorization_code",
    code,
    redirect_uri: REDIRECT,
    client_id: pending.clientId,
    code_verifier: pending.verifier,
  });
  try {
    const response = await fetch(pending.tokenEndpoint, { method: "POST", body: form, credentials: "omit" });
    const given = await response.json();
    if (!response.ok || (given.id_token !== undefined && claims(given.id_token).nonce !== pending.nonce)) return false;
    const seconds = Number(given.expires_in) || 300;
    session.value = { token: given.access_token, until: Date.now() + seconds * 1000, end: pending.end };
    sessionStorage.setItem(HELD, JSON.stringify(session.value));
    expired.value = false;
    return true;
  } catch {
    return false;
  }
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
