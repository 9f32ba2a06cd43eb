import type { Instrumentation } from "next";

let limit: { admits(kind: string): boolean } | undefined;

/** Logs what the person sees only as a reference. Without the address of the page: it holds subscribers' ids. */
export const onRequestError: Instrumentation.onRequestError = async (
  error,
  { headers },
  context,
) => {
  // The build makes this file for the edge too, where nothing of ours runs.
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { describeError, LineLimit, logLine } = await import("@/lib/log");
  limit ??= new LineLimit();
  const said = (name: string) => String(headers[name] ?? "none");
  if (!limit.admits(said("x-forwarded-for"))) return;
  const digest = error instanceof Error && "digest" in error ? error.digest : "none";
  const place = `reference ${digest} in ${context.routePath} (${context.routeType})`;
  logLine("page", `${place}: ${describeError(error)}`, { requestId: said("x-request-id") });
};
