import { describe, expect, test } from "vitest";
import { auditEvent } from "@/lib/testing/audit-event";
import { contentOf } from "./chain";

describe("what is kept of an event", () => {
  test("is the event", () => {
    const { actor, ...rest } = auditEvent({ reason: "ticket 7 — 票 👩‍👩‍👧", code: "60021" });
    expect(contentOf({ actor, ...rest })).toEqual({
      ...rest,
      actorId: actor?.id,
      actorEmail: actor?.email,
      actorRole: actor?.role,
    });
    expect(contentOf({ actor: null, ...rest })).toMatchObject({
      actorId: null,
      actorEmail: null,
      actorRole: null,
    });
  });

  test("shows where a text was cut, and never half a character", () => {
    const { reason, subscriberId, target } = contentOf(
      auditEvent({
        reason: "r".repeat(501),
        subscriberId: "😀".repeat(101),
        target: "t".repeat(500),
      }),
    );
    expect(reason).toBe(`${"r".repeat(499)}…`);
    expect(subscriberId).toBe(`${"😀".repeat(99)}\uFFFD…`);
    expect(target).toBe("t".repeat(500));
  });

  test.each([
    ["a zero character", "a\0b", "a\uFFFDb"],
    ["half a character", "a\ud83db\udc69", "a\uFFFDb\uFFFD"],
    ["a whole one", "a😀b", "a😀b"],
    ["nothing", "", ""],
  ])("has of a text with %s what a database takes", (_, given, kept) => {
    expect(contentOf(auditEvent({ subscriberId: given })).subscriberId).toBe(kept);
  });

  test.each([
    [12.6, 13],
    [-1, 0],
    [Number.NaN, 0],
    [1e12, 2_147_483_647],
    [null, null],
  ])("counts %j as %j", (given, kept) => {
    expect(contentOf(auditEvent({ durationMs: given })).durationMs).toBe(kept);
  });
});
