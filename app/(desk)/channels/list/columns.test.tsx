import { useTable } from "@tanstack/react-table";
import { cleanup, render, screen, within } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { features } from "@/components/data-table/table";
import { DIRECTORY_COLUMNS, type DirectoryColumnId } from "@/lib/channels/directory/search-params";
import messages from "@/lib/messages/en.json";
import { formats } from "@/lib/messages/formats";
import type { DirectoryRow } from "../directory";
import { useDirectoryColumns } from "./columns";

const NOW = new Date("2026-03-10T12:00:00Z");
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);

const ROW: DirectoryRow = {
  ...{ key: 7, app: "demo", channelId: "@TOA#_1", name: "News", ownerId: null, organization: null },
  ...{ introduction: null, avatarUrl: null, createdAt: null, subscriberCount: null },
  ...{ countedAt: null, lastMessageAt: null, lastMessageReadAt: null, changeDay: null },
  ...{ changeWeek: null, changeMonth: null, firstSeenAt: NOW, seenAt: NOW, goneAt: null },
  ...{ sampleUntil: null, refreshMinutes: null, refreshProblem: null, tags: [] },
  refreshState: "unwatched",
  ...{ watchedByMe: false, watchedByTeam: false },
};

type DrawnProps = { row: DirectoryRow; shown: readonly DirectoryColumnId[] };

function Cells({ row, shown }: DrawnProps) {
  const trends = new Map([
    [7, [null, 120, 180]],
    [8, [null, null, null]],
  ]);
  const columns = useDirectoryColumns(DIRECTORY_COLUMNS, shown, { readAt: NOW, trends });
  const table = useTable({ features, columns, data: [row] });
  return table
    .getRowModel()
    .rows[0]?.getAllCells()
    .map((cell) => (
      <div key={cell.id} data-testid={cell.column.id}>
        <table.FlexRender cell={cell} />
      </div>
    ));
}

function draw(row: Partial<DirectoryRow>, shown: readonly DirectoryColumnId[] = DIRECTORY_COLUMNS) {
  render(
    <NextIntlClientProvider locale="en" messages={messages} formats={formats} timeZone="UTC">
      <Cells row={{ ...ROW, ...row }} shown={shown} />
    </NextIntlClientProvider>,
  );
  return (id: DirectoryColumnId) => screen.getByTestId(id).textContent;
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe("a cell", () => {
  it("tells a message that was never sent from one that nobody asked for", () => {
    expect(draw({})("lastMessageAt")).toBe("not loaded");
  });

  it("says that a message was never sent where the vendor was asked", () => {
    expect(draw({ lastMessageReadAt: NOW })("lastMessageAt")).toBe("never");
  });

  it("says of a count that is older than a day that it is old", () => {
    expect(draw({ countedAt: hoursAgo(25) })("countedAt")).toBe("1 day ago · outdated");
  });

  it("says of another only when it was read", () => {
    expect(draw({ countedAt: hoursAgo(23) })("countedAt")).toBe("23 hours ago");
  });

  it("of a change has a sign and a share, also of a small one", () => {
    const text = draw({
      changeDay: { absolute: 1204, percent: 2.44 },
      changeWeek: { absolute: -5, percent: -0.047 },
      changeMonth: { absolute: 0, percent: 0 },
    });
    expect(text("changeDay")).toBe("+1,204+2.4%");
    expect(text("changeWeek")).toBe("−5−0.05%");
    expect(text("changeMonth")).toBe("0");
  });

  it("of a course says that none is known, where there is none", () => {
    expect(draw({ key: 8 })("trend")).toBe("–unknown");
  });

  it("says how its refreshes go, and that there are none where nobody watches it", () => {
    expect(draw({ refreshState: "stale" })("refreshState")).toBe("overdue");
    cleanup();
    const text = draw({});
    expect(text("refreshState")).toBe("–not watched");
    expect(text("goneAt")).toBe("–not deleted");
  });

  it("of a name says who watches the channel, and that it is gone", () => {
    draw({ watchedByTeam: true, goneAt: NOW });
    const name = within(screen.getByTestId("name"));
    expect(name.getByRole("img").getAttribute("aria-label")).toBe("watched by the team");
    expect(name.getByText("deleted")).toBeTruthy();
    expect(name.getByRole("button", { name: "News" })).toBeTruthy();
  });

  it("of the id opens the channel where there is no name", () => {
    draw({ name: null }, ["channelId", "tags"]);
    expect(
      within(screen.getByTestId("channelId")).getByText("@TOA#_1").closest("button"),
    ).toBeTruthy();
  });
});
