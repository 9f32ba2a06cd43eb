import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** What a file changes of its process: modules, environment, clock, globals, costs, the browser's storage. */
const CHANGES_PROCESS =
  /\bvi\.(mock|doMock|stub|useFakeTimers|resetModules|setSystemTime)|process\.(env|exit|on|chdir)|globalThis|Object\.(assign|defineProperty)\(|cheap-password|startProgram|localStorage|matchMedia|document\.(cookie|documentElement|title)|history\.|location\b/;

const paths = ["app", "components", "lib"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => join(folder, path)),
);

/**
 * Most files share a process, so that each imports only what the files before it have not. A file that
 * changes its process has one of its own.
 */
function split(ending: ".test.ts" | ".test.tsx") {
  const apart = paths
    .filter((path) => path.endsWith(ending) && CHANGES_PROCESS.test(readFileSync(path, "utf8")))
    // The brackets of a route's folder are not a pattern.
    .map((path) => path.replace(/[()[\]]/g, "\\$&"));
  return {
    together: { include: [`{app,components,lib}/**/*${ending}`], exclude: apart, isolate: false },
    apart: { include: apart },
  };
}

const server = split(".test.ts");
const browser = split(".test.tsx");

// "server-only" is empty under this condition and throws without it.
const onServer = { extends: true as const, ssr: { resolve: { conditions: ["react-server"] } } };
const inBrowser = {
  extends: true as const,
  // A component's test may run the very action that the component calls.
  resolve: {
    alias: {
      "server-only": fileURLToPath(new URL("node_modules/server-only/empty.js", import.meta.url)),
    },
  },
};
const happyDom = { environment: "happy-dom", setupFiles: ["lib/testing/each-rendering.ts"] };

export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: { "@": fileURLToPath(new URL(".", import.meta.url)) },
  },
  test: {
    // Of a machine so busy that a program takes half a minute to start. No test waits for time.
    testTimeout: 90_000,
    hookTimeout: 120_000,
    // Otherwise one of two processors stays idle.
    maxWorkers: "100%",
    globalSetup: ["lib/testing/shared-database.ts"],
    projects: [
      { ...onServer, test: { name: "server", ...server.together } },
      { ...onServer, test: { name: "server, apart", ...server.apart } },
      { ...inBrowser, test: { name: "browser", ...happyDom, ...browser.together } },
      { ...inBrowser, test: { name: "browser, apart", ...happyDom, ...browser.apart } },
    ],
  },
});
