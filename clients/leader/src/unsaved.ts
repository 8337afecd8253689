/** What somebody is in the middle of: it stays in the tab, as the token does, and goes with it or with the sign-out.
 *
 * A session that ends, and a step back, must not cost an hour of minutes. It is its writer's: a colleague who signs in
 * in the same tab does not see it.
 */

import { who } from "./session.ts";

const place = (what: string): string => `vls-unsaved ${who.value} ${what}`;

export function unsaved<T>(what: string): T | null {
  const found = sessionStorage.getItem(place(what));
  return found === null ? null : (JSON.parse(found) as T);
}

export function keepUnsaved(what: string, value: unknown): void {
  try {
    sessionStorage.setItem(place(what), JSON.stringify(value));
  } catch {
    // a full browser keeps it on the screen only, as it was before
  }
}

export function forgetUnsaved(what: string): void {
  sessionStorage.removeItem(place(what));
}
