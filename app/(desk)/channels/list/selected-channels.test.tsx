import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { DEFAULT_LAYOUT } from "@/components/data-table/layout";
import { useDataTable } from "@/components/data-table/table";
import type { Role } from "@/lib/auth/permissions";
import { loadDirectoryParams } from "@/lib/channels/directory/search-params";
import messages from "@/lib/messages/en.json";
import { formats } from "@/lib/messages/formats";
import type { DirectoryRow } from "../directory";
import { useDirectoryColumns } from "./columns";
import { SelectedChannels } from "./selected-channels";

vi.mock("../change-actions", () => ({ tagChannels: vi.fn(), watchChannels: vi.fn() }));

const AT = new Date("2026-11-01T10:00:00Z");
const SHOWN = ["name", "subscriberCount"] as const;
const ANSWER = { readAt: AT, trends: new Map() };

const channel = (key: number): DirectoryRow => ({
  ...{ key, app: "demo", channelId: `@TOA#_${key}`, name: `Name ${key}`, ownerId: null },
  ...{ organization: null, introduction: null, avatarUrl: null, createdAt: null },
  ...{ subscriberCount: key, countedAt: AT, lastMessageAt: null, lastMessageReadAt: null },
  ...{ changeDay: null, changeWeek: null, changeMonth: null, firstSeenAt: AT, seenAt: AT },
  ...{ goneAt: null, sampleUntil: null, refreshMinutes: null, refreshProblem: null, tags: [] },
  ...{ watchedByMe: false, watchedByTeam: false, refreshState: "unwatched" },
});

function Selected({ keys, role }: { keys: readonly number[]; role: Role }) {
  const table = useDataTable<DirectoryRow, (typeof SHOWN)[number]>({
    ...{ columns: useDirectoryColumns(SHOWN, SHOWN, ANSWER) as never, rows: NONE },
    ...{ layout: DEFAULT_LAYOUT, onLayout: ignore, rowSelection: {}, sorts: NONE },
    ...{ rowId: ({ channelId }: DirectoryRow) => channelId, total: 0, shown: SHOWN },
    ...{ onHide: ignore, onSort: ignore, onRowSelectionChange: ignore },
  });
  return (
    <SelectedChannels
      {...{ app: "demo", table, role, onClear: ignore }}
      params={loadDirectoryParams("?view=silent&q=two&sort=name")}
      known={9}
      rows={keys.map(channel)}
    />
  );
}

const NONE: readonly never[] = [];
function ignore() {}

const draw = (keys: readonly number[], role: Role) =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <NextIntlClientProvider locale="en" timeZone="UTC" {...{ formats, messages }}>
        <Selected {...{ keys, role }} />
      </NextIntlClientProvider>
    </QueryClientProvider>,
  );

beforeAll(() => {
  HTMLDialogElement.prototype.showModal ??= ignore;
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it("exports the selected channels alone", async () => {
  const request = vi.fn(
    async (_address: string, _init: RequestInit) => new Response(null, { status: 500 }),
  );
  vi.stubGlobal("fetch", request);
  draw([3, 1], "product");
  fireEvent.click(screen.getByRole("button", { name: "Export selection" }));
  const dialog = within(screen.getByRole("dialog", { hidden: true }));
  expect(
    dialog.getByText("The 2 selected channels of 9, 3 columns, sorted by Channel ↑."),
  ).toBeTruthy();
  fireEvent.click(dialog.getByRole("button", { name: "Start export", hidden: true }));
  await vi.waitFor(() => expect(request).toHaveBeenCalledOnce());
  const [address, init] = request.mock.calls[0] ?? [];
  expect(address).toMatch(/^\/channels\/export\?.*columns=name%2CsubscriberCount&format=csv/);
  expect(init).toMatchObject({ method: "POST", body: '{"selected":["@TOA#_3","@TOA#_1"]}' });
});

it("offers no export to a role without the permission", () => {
  draw([1], "support");
  expect(screen.queryByRole("button", { name: "Export selection" })).toBeNull();
  expect(screen.getByRole("button", { name: "Copy rows" })).toBeTruthy();
});
