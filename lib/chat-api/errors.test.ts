import { describe, expect, it, vi } from "vitest";
import { ChatApiError } from "./errors";

describe("ChatApiError", () => {
  it("is known by another copy of this module", async () => {
    vi.resetModules();
    const other = await import("./errors");
    expect(other.ChatApiError).not.toBe(ChatApiError);
    const error = new other.ChatApiError({ kind: "rejected", code: 20005, info: "x" });
    expect(error instanceof ChatApiError).toBe(true);
  });

  it.each([new Error("x"), null, "ChatApiError", { kind: "rejected" }])("is not %s", (value) => {
    expect((value as unknown) instanceof ChatApiError).toBe(false);
  });

  it("keeps the start of a long text", () => {
    const error = new ChatApiError({ kind: "network", info: "x".repeat(10_000) });
    expect(error.info).toHaveLength(500);
  });
});
