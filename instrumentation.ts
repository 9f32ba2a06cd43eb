import type { Instrumentation } from "next";

/** Writes down what the person sees only as a reference. Without the address: it holds subscribers' ids. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  // The build makes this file for the edge too, where nothing of ours runs.
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { logLine } = await import("@/lib/log");
  const digest = error instanceof Error && "digest" in error ? error.digest : "none";
  const stack = error instanceof Error ? error.stack : String(error);
  logLine("page", `reference ${digest} in ${context.routePath} (${context.routeType}): ${stack}`, {
    requestId: String(request.headers["x-request-id"] ?? "none"),
  });
};
