import type { Instrumentation } from "next";
import { afterEach, expect, test, vi } from "vitest";
import { onRequestError } from "@/instrumentation";
import { catchLog } from "@/lib/testing/desk-log";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const context = {
  routerKind: "App Router",
  routePath: "/(desk)/lookup/page",
  routeType: "render",
  revalidateReason: undefined,
} as const;

async function logged(
  error: unknown,
  headers: Parameters<Instrumentation.onRequestError>[1]["headers"],
): Promise<string> {
  vi.stubEnv("NEXT_RUNTIME", "nodejs");
  const log = catchLog();
  await onRequestError(
    error,
    { path: "/lookup?subscriber=107867", method: "GET", headers },
    context,
  );
  return log.join("");
}

test("the reference on the screen leads to the request, and not to whom it was about", async () => {
  const error = Object.assign(new Error("It broke."), { digest: "4711" });
  const written = await logged(error, { "x-request-id": "r-1", cookie: "must-not-show" });
  const line = JSON.parse(written);
  expect(line).toMatchObject({ level: "error", source: "page", requestId: "r-1" });
  expect(line.message).toMatch(
    /^reference 4711 in \/\(desk\)\/lookup\/page \(render\): Error: It broke/,
  );
  expect(written).not.toMatch(/107867|must-not-show/);
});

test("what is thrown need not be an error", async () => {
  expect(JSON.parse(await logged("a text", {}))).toMatchObject({
    message: "reference none in /(desk)/lookup/page (render): a text",
    requestId: "none",
  });
});
