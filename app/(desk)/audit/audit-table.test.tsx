import { cleanup, render, screen, within } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { expect, it } from "vitest";
import type { AuditRow } from "@/lib/audit/chain";
import type { AuditAction } from "@/lib/audit/event";
import messages from "@/lib/messages/en.json";
import { formats } from "@/lib/messages/formats";
import japanese from "@/lib/messages/ja.json";
import type { Locale } from "@/lib/messages/locales";
import { AuditTable } from "./audit-table";
import { readAuditParams } from "./search-params";

/** Returns what a column says of an entry. */
function said(
  column: string,
  details: Partial<AuditRow>,
  linked = true,
  locale: Locale = "en",
  catalogue: typeof messages = messages,
) {
  const row: AuditRow = {
    ...{ sequence: 1, at: new Date("2026-11-01T10:00:00Z"), requestId: "12345678-0000" },
    ...{ actorId: "1", actorEmail: "admin@example.com", actorRole: "admin", address: null },
    ...{ app: null, subscriberId: null, target: "ann@example.com", reason: null, fields: null },
    ...{ rows: null, outcome: "done", code: null, durationMs: null },
    ...{ previousHash: "", hash: "", action: "lookup" as const, ...details },
  };
  render(
    <NextIntlClientProvider {...{ locale, formats, messages: catalogue }} timeZone="UTC">
      <AuditTable
        {...{ linked, rows: [row] }}
        params={readAuditParams(new URLSearchParams(), "UTC")}
      />
    </NextIntlClientProvider>,
  );
  const heads = screen.getAllByRole("columnheader").map(({ textContent }) => textContent);
  const shown = screen.getAllByRole("row").at(-1) as HTMLElement;
  return within(shown).getAllByRole("cell")[heads.indexOf(column)]?.textContent;
}

const about = (action: AuditAction, reason: string | null) => said("Target", { action, reason });

it.each([
  ["people.changeRole", "product → admin", "Product → Administrator"],
  ["channels.tag", "+ news", "+ news"],
  ["channels.changeTag", "60 min", "60 min"],
] as const)("names what %s changed a change, not a reason", (action, recorded, change) => {
  expect(about(action, recorded)).toBe(`ann@example.comChange:${change}`);
});

it.each([
  ["signIn", { target: "password" }, "パスワード"],
  ["signIn", { target: "password+code" }, "パスワードとワンタイムコード"],
  ["signIn", { target: "password+recoveryCode" }, "パスワードとリカバリーコード"],
  ["signIn", { target: "oidc" }, "IDプロバイダー"],
  ["signIn", { target: "someone@example.com" }, "someone@example.com"],
  ["page", { target: "audit" }, "監査ログ"],
  ["lookup", { target: "password" }, "password"],
  ["people.changeRole", { target: null, reason: "product → admin" }, "変更：プロダクト → 管理者"],
  ["channels.changeTag", { target: "news", reason: "60 min" }, "news変更：60 分"],
  ["channels.watch", { target: "@TOA#_1", reason: "team" }, "@TOA#_1変更：チーム用"],
  ["reveal", { target: null, reason: "team" }, "理由：team"],
] as const)("has in Japanese what %s recorded in English", (action, details, words) => {
  const { columns } = japanese.audit;
  expect(said(columns.about, { action, ...details }, true, "ja", japanese)).toBe(words);
});

it("names the reason of a revealed field a reason", () => {
  expect(about("reveal", "Ticket 4711")).toBe("ann@example.comReason:Ticket 4711");
});

it("names neither where none was recorded", () => {
  expect(about("people.disable", null)).toBe("ann@example.com");
});

it("names the person with the role at that time", () => {
  expect(said("Person", {})).toBe("admin@example.com Administrator");
  cleanup();
  expect(said("Person", { actorEmail: null, actorRole: null })).toBe(`${messages.audit.nobody} `);
});

it.each([
  ["signIn", "credentials", "Incorrect email or password"],
  ["signIn", "notAllowed", messages.failures.notAllowed.happened],
  ["lookup", "60021", `60021 ${messages.failures.codes["60021"]}`],
  ["lookup", "timeout", messages.failures.ofRefresh.timeout],
] as const)("says in words why %s ended with %s", (action, code, words) => {
  expect(said("Outcome", { action, code, outcome: "failed" })).toBe(`Failed${words}`);
});

it("leads from an entry to the lookup, unless addresses may not name subscribers", () => {
  said("Target", { app: "demo", subscriberId: "a&b" });
  const link = () => screen.queryByRole("link", { name: "Look up a&b" });
  expect(link()?.getAttribute("href")).toBe("/lookup?app=demo&subscriber=a%26b");
  cleanup();
  said("Target", { app: "demo", subscriberId: "a&b" }, false);
  expect(link()).toBeNull();
});
