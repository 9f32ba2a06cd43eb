import { cleanup, render, screen, within } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import type { ReactElement } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { DeliveredAlert, Delivery } from "@/lib/alerts/deliver";
import type { RefreshRun } from "@/lib/channels/refresh/health";
import english from "@/lib/messages/en.json";
import { formats } from "@/lib/messages/formats";
import japanese from "@/lib/messages/ja.json";
import type { AppHealth, Status } from "./read-status";
import { DeliveriesTable, HealthTable, JobsTable, RunsTable } from "./tables";
import { Verdict } from "./verdict";

const NOW = new Date("2026-11-24T12:00:00Z");
const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000);

function draw(table: ReactElement, locale: "en" | "ja" = "en"): void {
  render(
    <NextIntlClientProvider
      {...{ locale, formats, timeZone: "UTC" }}
      messages={locale === "en" ? english : japanese}
    >
      {table}
    </NextIntlClientProvider>,
  );
}

/** What each row says, by the heads of its columns. */
function rows(): Record<string, string>[] {
  const [head, ...body] = screen.getAllByRole("row");
  const textOf = ({ textContent }: HTMLElement) => textContent.trim();
  const names = within(head as HTMLElement).getAllByRole("columnheader");
  return body.map((row) => {
    const cells = [within(row).getByRole("rowheader"), ...within(row).getAllByRole("cell")];
    expect(cells).toHaveLength(names.length);
    return Object.fromEntries(
      names.map((name, index) => [textOf(name), textOf(cells[index] as HTMLElement)]),
    );
  });
}

const linkTo = (name: string) => screen.getByRole("link", { name }).getAttribute("href");

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe("the table of deliveries", () => {
  const delivered: Delivery = {
    ...{ id: "1", createdAt: minutes(-5), attempts: 1, nextAttemptAt: null },
    ...{ deliveredAt: minutes(-5), status: 200, problem: null, alerts: [] },
  };
  const failed = (problem: string, alerts: readonly DeliveredAlert[] = []): Delivery => ({
    ...delivered,
    ...{
      attempts: 3,
      nextAttemptAt: minutes(15),
      deliveredAt: null,
      status: null,
      problem,
      alerts,
    },
  });
  const notice = (id: number, more: Partial<DeliveredAlert> = {}): DeliveredAlert => ({
    ...{ id, kind: "gone", app: "demo", channelId: `@TOA#_${id}`, name: `Name ${id}`, ...more },
  });
  const drawDeliveries = (deliveries: readonly Delivery[], locale?: "ja") =>
    draw(<DeliveriesTable deliveries={deliveries} readAt={NOW} defaultApp="demo" />, locale);

  it("says how each went", () => {
    const over = { ...failed("timeout"), id: "3", nextAttemptAt: null };
    drawDeliveries([delivered, { ...failed("refused"), id: "2", status: 503 }, over]);
    expect(rows()).toMatchObject([
      { Created: "5 minutes ago", State: "Delivered", Attempts: "1", "HTTP status": "200" },
      { State: "Retrying", "HTTP status": "503", "Next attempt": "in 15 minutes" },
      { State: "Given up", Attempts: "3", "HTTP status": "", "Next attempt": "" },
    ]);
  });

  it("lists the alerts of each delivery, with a link to the channel, and counts the rest", () => {
    const alerts = [
      notice(1, { kind: "silent" }),
      notice(2, { kind: "moved", app: "other", name: "Hidden\u202e" }),
      notice(3, { name: null }),
      notice(4),
      notice(5),
    ];
    drawDeliveries([{ ...delivered, alerts }]);
    const items = screen.getAllByRole("listitem").map(({ textContent }) => textContent);
    expect(items).toEqual([
      "SilentName 1",
      "Subscriber changeHidden[U+202E]",
      "Deleted@TOA#_3",
      "and 2 more",
    ]);
    expect(linkTo("Name 1")).toBe("/channels/view?channel=%40TOA%23_1");
    expect(linkTo("Hidden[U+202E]")).toBe("/channels/view?app=other&channel=%40TOA%23_2");
  });

  it("is in the language of the page", () => {
    drawDeliveries([failed("unreachable ECONNREFUSED", [notice(1)])], "ja");
    const { kinds, problems, problem } = japanese.status.alerts;
    expect(screen.getByRole("listitem").textContent).toBe(`${kinds.gone}Name 1`);
    expect(rows()[0]?.[problem]).toBe(`${problems.unreachable} ECONNREFUSED`);
  });

  it("marks as English what an earlier version said in sentences", () => {
    drawDeliveries([failed("The webhook answered 500.")], "ja");
    expect(screen.getByText("The webhook answered 500.").lang).toBe("en");
  });
});

describe("the table of refreshes", () => {
  const run: RefreshRun = {
    ...{ id: 1, app: "demo", startedAt: minutes(-2), finishedAt: minutes(-1.5) },
    ...{ refreshed: 1204, gone: 2, failed: 3, problem: null },
  };

  it("says of each when it was, what came of it and what went wrong first", () => {
    draw(<RunsTable runs={[run, { ...run, id: 2, problem: "20005" }]} readAt={NOW} />);
    const [first, second] = rows();
    expect(first).toEqual({
      ...{ Started: "2 minutes ago", App: "demo", Duration: "30.00 sec", Refreshed: "1,204" },
      ...{ Deleted: "2", Failed: "3", "First problem": "" },
    });
    expect(second?.["First problem"]).toBe(`20005 ${english.failures.codes["20005"]}`);
  });
});

describe("the table of watched channels", () => {
  const demo: AppHealth = {
    ...{ app: "demo", watched: 1234, fresh: 1200, stale: 30, failing: 4, gone: 0 },
    ...{ lastRunAt: minutes(-1), nextDueAt: minutes(3) },
  };
  const drawHealth = (...health: AppHealth[]) =>
    draw(<HealthTable health={health} readAt={NOW} defaultApp="demo" />);

  it("says of each app how many fare how, and when they are refreshed", () => {
    drawHealth(demo, { ...demo, app: "other", lastRunAt: null, nextDueAt: minutes(-7) });
    expect(rows().map((row) => Object.values(row))).toEqual([
      ["demo", "1,234", "1,200", "30", "4", "0", "1 minute ago", "in 3 minutes"],
      ["other", "1,234", "1,200", "30", "4", "0", "none in 30 days", "due now"],
    ]);
  });

  it("leads from each number to the channels that it counts, and from none to none", () => {
    drawHealth(demo);
    expect(linkTo("4")).toBe("/channels?view=all&refreshState=oneOf%3Afailing");
    expect(linkTo("1,234")).toBe(
      "/channels?view=all&refreshState=oneOf%3Afresh%2Cstale%2Cfailing%2Cgone",
    );
    expect(screen.queryByRole("link", { name: "0" })).toBeNull();
    cleanup();
    drawHealth({ ...demo, app: "other" });
    expect(linkTo("30")).toBe("/channels?app=other&view=all&refreshState=oneOf%3Astale");
  });
});

describe("the verdict", () => {
  const well: Status = {
    ...{ readAt: NOW, jobs: [], health: [], runs: [], deliveries: [], lastCallbackAt: null },
    lookups: [{ app: "demo", total: 120, failed: 3, problem: null }],
  };
  const drawVerdict = (status: Partial<Status> = {}) =>
    draw(<Verdict status={{ ...well, ...status }} defaultApp="demo" />);
  const problems = () => screen.queryAllByRole("listitem").map(({ textContent }) => textContent);

  it("says that all is well, also after failures that have passed", () => {
    drawVerdict();
    expect(screen.getByText("All systems normal")).toBeTruthy();
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("names an app whose last lookup failed, the reason, and where its failures are", () => {
    drawVerdict({ lookups: [{ app: "demo", total: 4, failed: 2, problem: "131000" }] });
    expect(problems()).toEqual([
      "demo: the last lookup failed. 2 of 4 lookups failed in the last hour. 131000 " +
        `${english.failures.codes["131000"]} Show the failed lookups of demo`,
    ]);
    expect(linkTo("Show the failed lookups of demo")).toBe("/audit?outcome=failed&inApp=demo");
  });

  it("names jobs that failed or are overdue", () => {
    const job = { startedAt: minutes(-9), tookMs: null, nextAt: minutes(-5), problem: null };
    drawVerdict({
      jobs: [
        { ...job, name: "refresh", state: "late" },
        { ...job, name: "retention", state: "failed", problem: "disk full" },
        { ...job, name: "rollup", state: "running" },
      ],
    });
    expect(screen.getByText("2 problems")).toBeTruthy();
    expect(problems().map((said) => said?.split(" The server")[0])).toEqual([
      "Refresh watched channels: the run is overdue. ",
      "Delete old records: the last run failed. disk full",
    ]);
  });

  it("names channels that could not be updated, and an app whose refreshes have stopped", () => {
    const health = { watched: 9, fresh: 7, stale: 0, failing: 2, gone: 0, lastRunAt: null };
    drawVerdict({ health: [{ ...health, app: "demo", nextDueAt: minutes(-6) }] });
    expect(problems()).toEqual([
      "demo: 2 watched channels could not be updated. Show the failing channels of demo",
      "demo: watched channels have not been updated since Nov 24, 2026, 11:54:00 UTC. " +
        "Look for failed jobs and refreshes below.",
    ]);
    expect(linkTo("Show the failing channels of demo")).toBe(
      "/channels?view=all&refreshState=oneOf%3Afailing",
    );
    cleanup();
    drawVerdict({ health: [{ ...health, app: "demo", failing: 0, nextDueAt: minutes(-4) }] });
    expect(screen.getByText("All systems normal")).toBeTruthy();
  });

  it("names notifications that are not tried any more", () => {
    const delivery = {
      ...{ id: "1", createdAt: NOW, attempts: 9, status: 500, problem: "refused", alerts: [] },
      ...{ nextAttemptAt: null, deliveredAt: null },
    };
    drawVerdict({ deliveries: [delivery, { ...delivery, id: "2", nextAttemptAt: minutes(1) }] });
    expect(problems()).toEqual([
      "1 notification could not be delivered. Check the webhook. The reason is under Notifications.",
    ]);
  });
});

describe("the table of jobs", () => {
  it("marks as English what a program said of its failure", () => {
    const times = { startedAt: minutes(-1), tookMs: 250, nextAt: minutes(1) };
    const job = {
      name: "retention",
      state: "failed",
      problem: "disk full\u202e",
      ...times,
    } as const;
    draw(<JobsTable jobs={[job]} readAt={NOW} />, "ja");
    expect(Object.values(rows()[0] ?? {})).toEqual([
      japanese.status.jobs.names.retention,
      japanese.status.jobs.states.failed,
      ...["1 分前", "0.25 秒", "1 分後", "disk full[U+202E]"],
    ]);
    expect(screen.getByText("disk full[U+202E]").lang).toBe("en");
  });
});
