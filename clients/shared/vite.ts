/** How each app is built: into the folder that the API serves under /app/NAME/, for telephones that are some years old. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

/** `worker` is a service worker (plain JavaScript) that keeps the app on the device. */
export function app(name: string, { worker }: { worker?: string } = {}) {
  const base = `/app/${name}/`;
  return defineConfig({
    base,
    build: {
      outDir: fileURLToPath(new URL(`../../api/web/${name}`, import.meta.url)),
      emptyOutDir: true,
      target: ["es2020", "safari14", "chrome80", "firefox78"],
      cssTarget: ["safari14", "chrome80", "firefox78"],
      assetsInlineLimit: 0, // the content security policy allows no data: scripts, and few images are worth it
      modulePreload: { polyfill: false },
    },
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    plugins: worker === undefined ? [] : [kept(base, worker)],
    server: { proxy: { "/v1": "http://127.0.0.1:8000" } },
  });
}

/** Writes worker.js with the names of all files to keep and, made of their content, the version of the app. */
function kept(base: string, worker: string): Plugin {
  return {
    name: "vls-kept",
    apply: "build",
    generateBundle(_, bundle) {
      const source = readFileSync(worker, "utf8");
      const named = Object.keys(bundle).sort();
      const content = createHash("sha256").update(source);
      for (const file of named) {
        const made = bundle[file];
        content.update(file).update(made?.type === "chunk" ? made.code : (made?.source ?? ""));
      }
      const files = [base, ...named.filter((file) => !file.endsWith(".html")).map((file) => base + file)];
      const filled = source
        .replace('"__VERSION__"', JSON.stringify(content.digest("hex").slice(0, 12)))
        .replace('["__FILES__"]', JSON.stringify(files));
      this.emitFile({ type: "asset", fileName: "worker.js", source: filled });
    },
  };
}
