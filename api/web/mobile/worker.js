// Keeps the app on the device, whole, under its version. What it asks of the API goes past it.

const VERSION = "c69b4fea7eea";
const FILES = ["/app/mobile/","/app/mobile/assets/index-C067iTCC.js","/app/mobile/assets/index-D_Ar7w7D.css"];
const OTHERS = [
  "/app/mobile/icon.svg",
  "/app/mobile/icon-192.png",
  "/app/mobile/icon-512.png",
  "/app/mobile/app.webmanifest",
];
const NAME = `vls-mobile-${VERSION}`;

self.addEventListener("install", (event) => {
  const keep = async () => {
    const cache = await caches.open(NAME);
    await cache.addAll([...FILES, ...OTHERS]);
    // A page of another version (a release that is half way) would ask for files that are not kept: then not now.
    const page = await (await cache.match("/app/mobile/")).text();
    if (FILES.some((file) => file.includes("/assets/") && !page.includes(file))) throw new Error("half a release");
  };
  event.waitUntil(keep());
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("vls-mobile-") && name !== NAME;
  const drop = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter(old).map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(drop());
});

// The person says when: an update never comes in the middle of something.
self.addEventListener("message", (event) => {
  if (event.data === "update") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (
    event.request.method !== "GET" ||
    address.origin !== location.origin ||
    !address.pathname.startsWith("/app/mobile/")
  )
    return;
  const wanted = event.request.mode === "navigate" ? "/app/mobile/" : event.request;
  event.respondWith(
    caches
      .open(NAME)
      .then((cache) => cache.match(wanted))
      .then((found) => found ?? fetch(event.request)),
  );
});
