/** A new version of the app waits until somebody says so, and never takes anything with it: what is held lies in the vault. */

import { signal } from "@preact/signals";

export const newer = signal<ServiceWorker | null>(null);

export async function watchForUpdates(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  let asked = false;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (asked) location.reload();
  });
  const watch = (worker: ServiceWorker | null) => {
    worker?.addEventListener("statechange", () => {
      if (worker.state === "installed" && navigator.serviceWorker.controller !== null) newer.value = worker;
    });
  };
  try {
    const found = await navigator.serviceWorker.register("/app/mobile/worker.js", { scope: "/app/mobile/" });
    if (found.waiting !== null && navigator.serviceWorker.controller !== null) newer.value = found.waiting;
    watch(found.installing);
    found.addEventListener("updatefound", () => watch(found.installing));
  } catch {
    // no connection: the version that is kept goes on
  }
  updateNow = () => {
    asked = true;
    newer.value?.postMessage("update");
  };
}

export let updateNow = (): void => undefined;
