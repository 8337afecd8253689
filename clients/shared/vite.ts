/** How each app is built: into the folder that the API serves under /app/NAME/, for telephones that are some years old. */

import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

export function app(name: string) {
  return defineConfig({
    base: `/app/${name}/`,
    build: {
      outDir: fileURLToPath(new URL(`../../api/web/${name}`, import.meta.url)),
      emptyOutDir: true,
      target: ["es2019", "safari13", "chrome73", "firefox70"],
      cssTarget: ["safari13", "chrome73", "firefox70"],
      assetsInlineLimit: 0, // the content security policy allows no data: scripts, and few images are worth it
      modulePreload: { polyfill: false },
    },
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    server: { proxy: { "/v1": "http://127.0.0.1:8000" } },
  });
}
