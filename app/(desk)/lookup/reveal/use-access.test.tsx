import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FIELDS } from "@/lib/chat-api/types";
import type { Revealed } from "./revealed";
import { useAccess } from "./use-access";

const SAID = "subscriberCustomString";
const OTHERS = FIELDS.filter((field) => field !== SAID);
const facts = { visible: OTHERS, masked: [SAID] as const, revealed: [] };
const ofAnn: Revealed = { app: "demo", subscriberId: "ann", field: SAID, left: 60_000 };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function access(drawn: readonly Revealed[] = []) {
  const given = { ...facts, revealed: drawn };
  const first = { app: "demo", subscriberId: "ann" as string | null };
  const { result, rerender } = renderHook(
    ({ app, subscriberId }) => useAccess(given, app, subscriberId),
    { initialProps: first },
  );
  return {
    now: () => result.current,
    goTo: (subscriberId: string | null, app = "demo") => rerender({ app, subscriberId }),
  };
}

const MASKED = { readable: OTHERS, masked: [SAID], until: Number.POSITIVE_INFINITY };
const OPEN = { readable: FIELDS, masked: [] };

describe("what may be read", () => {
  it("is what the role sees, until something is revealed", () => {
    const { now } = access();
    expect(now()).toMatchObject(MASKED);
    act(() => now().add([ofAnn]));
    expect(now()).toMatchObject({ ...OPEN, until: Date.now() + 60_000 });
  });

  it("is what the server had revealed when it drew", () => {
    expect(access([ofAnn]).now()).toMatchObject(OPEN);
  });

  it("is of one subscriber in one app, and is known again on the way back", () => {
    const { now, goTo } = access();
    act(() => now().add([ofAnn]));
    goTo("bo");
    expect(now()).toMatchObject(MASKED);
    goTo("ann", "other");
    expect(now()).toMatchObject(MASKED);
    goTo(null);
    expect(now()).toMatchObject(MASKED);
    goTo("ann");
    expect(now()).toMatchObject(OPEN);
  });

  it("ends by itself, and begins again with another reason", () => {
    const { now } = access([ofAnn]);
    act(() => vi.advanceTimersByTime(59_999));
    expect(now()).toMatchObject(OPEN);
    act(() => now().add([{ ...ofAnn, left: 900_000 }]));
    act(() => vi.advanceTimersByTime(899_999));
    expect(now()).toMatchObject(OPEN);
    act(() => vi.advanceTimersByTime(1));
    expect(now()).toMatchObject(MASKED);
  });

  it("ends while somebody else is looked at", () => {
    const { now, goTo } = access([ofAnn]);
    goTo("bo");
    act(() => vi.advanceTimersByTime(60_000));
    goTo("ann");
    act(() => vi.advanceTimersByTime(0));
    expect(now()).toMatchObject(MASKED);
  });
});
