import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

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
      {
        extends: true,
        // "server-only" is empty under this condition and throws without it.
        ssr: { resolve: { conditions: ["react-server"] } },
        test: {
          name: "server",
          include: ["{app,components,lib}/**/*.test.ts"],
          environment: "node",
        },
      },
      {
        extends: true,
        // A component's test may run the very action that the component calls.
        resolve: {
          alias: {
            "server-only": fileURLToPath(
              new URL("node_modules/server-only/empty.js", import.meta.url),
            ),
          },
        },
        test: {
          name: "browser",
          include: ["{app,components,lib}/**/*.test.tsx"],
          environment: "happy-dom",
          setupFiles: ["lib/testing/query-timeout.ts"],
        },
      },
    ],
  },
});
