// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { useState } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import messages from "@/lib/messages/en.json";
import { formats } from "@/lib/messages/formats";
import type { Filters } from "@/lib/subscriptions/filter";
import type { Sort } from "@/lib/subscriptions/view";
import { filterColumns } from "@/lib/testing/filter-columns";
import { FilterBar } from "./filter-bar";
// Loaded before the tests: the bar loads them on demand, which takes long on a busy machine.
import "./filter-chips";
import "./filter-panel";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

type View = { search: string; filters: Filters; sorts: readonly Sort[] };

const NOTHING: View = { search: "", filters: {}, sorts: [] };

/** The bar over a table with this view. `seen` holds the present view and what the bar asked for. */
function open(start: Partial<View> = {}, pending = false) {
  const seen = {
    now: { ...NOTHING, ...start },
    searches: [] as string[],
    counted: 0,
    asked: [] as string[],
    resets: 0,
  };
  function Table() {
    const [view, setView] = useState(seen.now);
    seen.now = view;
    return (
      <FilterBar
        {...view}
        columns={filterColumns().filter(({ id }) => id !== "introduction")}
        chipColumns={filterColumns()}
        pending={pending}
        onSearch={(search) => {
          seen.searches.push(search);
          setView({ ...view, search });
        }}
        onFilters={(filters) => setView({ ...view, filters })}
        onSorts={(sorts) => setView({ ...view, sorts })}
        valuesOf={() => {
          seen.counted++;
          return [{ value: "ann", count: 1 }];
        }}
        onOpenForm={(column) => seen.asked.push(column)}
        complete
        now={new Date("2026-01-31T00:00:00Z")}
        onReset={() => seen.resets++}
      />
    );
  }
  render(
    <NextIntlClientProvider
      locale="en"
      messages={messages}
      formats={formats}
      timeZone="America/New_York"
    >
      <Table />
    </NextIntlClientProvider>,
  );
  return seen;
}

const button = (name: string | RegExp) => screen.getByRole("button", { name });
const write = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const opener = () => button(/^Filter( \d+)?$/);

async function openColumn(label: string): Promise<HTMLElement> {
  fireEvent.click(opener());
  fireEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: label }));
  return screen.findByRole("dialog", { name: `Filter by ${label}` });
}

/** Enter in a field submits its form; the browser does that, not the page. */
function submit(): void {
  const form = screen.getByRole("dialog").querySelector("form");
  if (form) fireEvent.submit(form);
}

describe("the filter button", () => {
  const organization: Filters = { organization: { op: "oneOf", values: [null] } };

  it("leads to a column, then to its condition, and keeps the other filters", async () => {
    const seen = open({ filters: organization });
    expect(opener().textContent).toBe("Filter 1");
    const dialog = await openColumn("Channel");
    expect(document.activeElement).toBe(within(dialog).getByLabelText("Text"));
    write("Text", "a");
    submit();
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(seen.now.filters).toEqual({ ...organization, name: { op: "contains", text: "a" } });
    expect(opener().textContent).toBe("Filter 2");
  });

  it("reads the values of a column when its form is opened, not before", async () => {
    const seen = open();
    await openColumn("Channel");
    expect(seen.counted).toBe(0);
    expect(seen.asked).toEqual([]);
    fireEvent.click(button("Filters"));
    fireEvent.click(button("Owner"));
    expect(seen.asked).toEqual(["ownerId"]);
    expect(seen.counted).toBe(1);
  });

  it("closes its panel on Escape and on a second press, and gets the focus back", async () => {
    open();
    const dialog = await openColumn("Channel");
    expect(opener().getAttribute("aria-expanded")).toBe("true");
    fireEvent.keyDown(dialog, { key: "Escape" });
    await expect.poll(() => document.activeElement).toBe(opener());
    await openColumn("Channel");
    fireEvent.click(opener());
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(opener().getAttribute("aria-expanded")).toBe("false");
  });

  it("lists the columns, through which the arrow keys move", async () => {
    open();
    fireEvent.click(opener());
    const list = within(await screen.findByRole("dialog", { name: "Filters" }));
    const names = list.getAllByRole("button").map(({ textContent }) => textContent);
    expect(names.slice(0, 2)).toEqual(["Channel", "Channel ID"]);
    await expect
      .poll(() => document.activeElement)
      .toBe(list.getByRole("button", { name: "Channel" }));
    fireEvent.keyDown(list.getByRole("list"), { key: "ArrowDown" });
    expect(document.activeElement?.textContent).toBe("Channel ID");
    for (const key of ["ArrowUp", "ArrowUp"]) fireEvent.keyDown(list.getByRole("list"), { key });
    expect(document.activeElement?.textContent).toBe(names.at(-1));
  });

  it("opens a sheet on a narrow screen, which stays open and has Reset", async () => {
    vi.stubGlobal("matchMedia", () => ({ matches: true }));
    const seen = open({ filters: { lastMessageAt: { op: "empty" } } });
    fireEvent.click(opener());
    const sheet = within(await screen.findByRole("dialog", { name: "Filters" }));
    expect(sheet.getByRole("button", { name: "Last message: never" })).toBeTruthy();
    fireEvent.click(sheet.getByRole("button", { name: "Channel" }));
    write("Text", "a");
    submit();
    expect(sheet.getByRole("button", { name: /^Channel contains/ })).toBeTruthy();
    fireEvent.click(sheet.getByRole("button", { name: "Reset" }));
    expect(seen.resets).toBe(1);
  });
});

describe("the chips", () => {
  const START: View = {
    search: "news",
    filters: {
      lastMessageAt: { op: "empty" },
      ownerId: { op: "oneOf", values: ["107867", "\u202eann", null] },
      introduction: { op: "empty" },
    },
    sorts: [
      { column: "subscriberCount", descending: true },
      { column: "name", descending: false },
    ],
  };
  const list = () => screen.findByRole("list", { name: "Active filters" });
  const texts = async () =>
    within(await list())
      .getAllByRole("listitem")
      .map((chip) => chip.querySelector("span")?.textContent);

  it("name the search, each filter and each sort, with nothing hidden", async () => {
    open(START);
    expect(await texts()).toEqual([
      "Search: “news”",
      "Owner: 107867, [U+202E]ann, or not provided",
      "Last message: never",
      "Introduction is empty",
      "Sorted by Subscribers, largest first",
      "Sorted by Channel, A to Z",
    ]);
    const [owner] = screen.getAllByText("107867");
    expect(owner?.tagName).toBe("BDI");
  });

  it("remove one condition each, and the focus moves to the next", async () => {
    const seen = open(START);
    await list();
    fireEvent.click(button("Remove filter: Last message: never"));
    expect(seen.now).toEqual({
      ...START,
      filters: { ownerId: START.filters.ownerId, introduction: START.filters.introduction },
    });
    expect(document.activeElement?.textContent).toBe("Remove filter: Introduction is empty");
    fireEvent.click(button(/^Remove: Sorted by Subscribers/));
    expect(seen.now.sorts).toEqual([START.sorts[1]]);
    fireEvent.click(button(/^Remove filter: Search/));
    fireEvent.click(button(/^Remove: Sorted by Channel/));
    fireEvent.click(button(/^Remove filter: Introduction/));
    fireEvent.click(button(/^Remove filter: Owner/));
    expect(seen.now).toEqual(NOTHING);
    expect(document.activeElement).toBe(screen.getByRole("searchbox"));
    expect(screen.queryByRole("list")).toBeNull();
  });

  it("open the form of their filter, and a column without a form has none", async () => {
    const seen = open(START);
    await list();
    expect(screen.queryByRole("button", { name: "Introduction is empty" })).toBeNull();
    fireEvent.click(button("Last message: never"));
    const dialog = await screen.findByRole("dialog", { name: "Filter by Last message" });
    fireEvent.click(within(dialog).getByRole("button", { name: "Clear" }));
    expect(seen.now.filters.lastMessageAt).toBeUndefined();
    expect(screen.queryByRole("dialog")).toBeNull();
    await expect.poll(() => document.activeElement).toBe(opener());
    fireEvent.click(button(/^Owner: 107867/));
    expect(seen.asked).toEqual(["ownerId"]);
  });

  it("have one Reset", async () => {
    const seen = open(START);
    await list();
    fireEvent.click(button("Reset"));
    expect(seen.resets).toBe(1);
  });

  it("are absent without a condition", () => {
    open();
    expect(screen.queryByRole("list")).toBeNull();
  });

  it("say that the rows are not sorted yet, until they are", async () => {
    open({ sorts: START.sorts }, true);
    expect((await texts())[0]).toBe("Sorts by Subscribers, largest first, when loaded");
  });
});

describe("the search", () => {
  const box = () => screen.getByRole<HTMLInputElement>("searchbox", { name: "Filter rows" });

  it("tells every input, and Escape clears it", () => {
    const seen = open();
    fireEvent.change(box(), { target: { value: "a" } });
    fireEvent.change(box(), { target: { value: "ab" } });
    fireEvent.keyDown(box(), { key: "Escape" });
    fireEvent.keyDown(box(), { key: "Escape" });
    expect(seen.searches).toEqual(["a", "ab", ""]);
  });

  it("waits until a text is composed, and Escape takes back only that", () => {
    const seen = open();
    fireEvent.change(box(), { target: { value: "a" } });
    fireEvent.compositionStart(box());
    for (const value of ["aㅎ", "a하", "a한"]) fireEvent.change(box(), { target: { value } });
    fireEvent.keyDown(box(), { key: "Escape", isComposing: true });
    expect(box().value).toBe("a한");
    expect(seen.searches).toEqual(["a"]);
    fireEvent.compositionEnd(box());
    expect(seen.searches).toEqual(["a", "a한"]);
    expect(box().value).toBe("a한");
  });
});
