import type { AuditEvent } from "@/lib/audit/event";

/** A lookup as the audit keeps it, with what a test changes. */
export function auditEvent(changes: Partial<AuditEvent> = {}): AuditEvent {
  return {
    at: new Date("2026-03-01T12:00:00.123Z"),
    requestId: "request-1",
    actor: {
      id: "0b5c1b5e-6a39-4f4e-9d5b-0c6f4e7a2d11",
      email: "ann@example.com",
      role: "support",
    },
    address: "192.0.2.7",
    action: "lookup",
    outcome: "done",
    code: null,
    app: "demo",
    subscriberId: "107867",
    target: null,
    fields: ["name", "subscriberCount"],
    reason: null,
    rows: 8,
    durationMs: 31,
    ...changes,
  };
}
