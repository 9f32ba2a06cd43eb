// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { useState } from "react";
import { afterEach, describe, expect, it } from "vitest";
import messages from "@/lib/messages/en.json";
import { formats } from "@/lib/messages/formats";
import type { Filters } from "@/lib/subscriptions/filter";
import { filterColumns } from "@/lib/testing/filter-columns";
import { FilterBar } from "./filter-bar";

afterEach(cleanup);

/** The bar over a table that has these filters; `told` holds what it asked for, oldest first. */
function open(start: Filters = {}) {
  const told = {
    filters: [] as Filters[],
    searches: [] as string[],
    counted: 0,
    asked: [] as string[],
    resets: 0,
  };
  function Table() {
    const [filters, setFilters] = useState(start);
    const [search, setSearch] = useState("");
    return (
      <FilterBar
        columns={filterColumns()}
        search={search}
        onSearch={(text) => {
          told.searches.push(text);
          setSearch(text);
        }}
        filters={filters}
        onFilters={(next) => {
          told.filters.push(next);
          setFilters(next);
        }}
        valuesOf={() => {
          told.counted++;
          return [{ value: "ann", count: 1 }];
        }}
        onOpenForm={(column) => told.asked.push(column)}
        complete
        now={new Date("2026-01-31T00:00:00Z")}
        onReset={() => told.resets++}
        resetable
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
  return told;
}

const button = (name: string | RegExp) => screen.getByRole("button", { name });
const write = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });

async function openColumn(label: string): Promise<HTMLElement> {
  fireEvent.click(button(new RegExp(`^Filter by ${label}( \\(active\\))?$`)));
  return screen.findByRole("dialog", { name: `Filter by ${label}` });
}

/** Enter in a field submits its form; the browser does that, not the page. */
function submit(): void {
  const form = screen.getByRole("dialog").querySelector("form");
  if (form) fireEvent.submit(form);
}

describe("the bar", () => {
  it("asks one column at a time, and leaves the other filters", async () => {
    const told = open({ organization: { op: "oneOf", values: [null] } });
    const dialog = await openColumn("Channel");
    const text = within(dialog).getByLabelText("Text");
    expect(document.activeElement).toBe(text);
    write("Text", "a");
    submit();
    expect(screen.queryByRole("dialog")).toBeNull();
    await openColumn("Channel");
    fireEvent.click(button("Clear"));
    expect(told.filters).toEqual([
      { organization: { op: "oneOf", values: [null] }, name: { op: "contains", text: "a" } },
      { organization: { op: "oneOf", values: [null] } },
    ]);
  });

  it("counts the values of a column when it is opened, not before", async () => {
    const told = open();
    await openColumn("Channel");
    expect(told.counted).toBe(0);
    expect(told.asked).toEqual([]);
    await openColumn("Owner");
    expect(told.counted).toBe(1);
    expect(told.asked).toEqual(["ownerId"]);
  });

  it("closes on Escape and on its own button, and gives the focus back", async () => {
    open();
    const opener = button("Filter by Channel");
    const dialog = await openColumn("Channel");
    expect(opener.getAttribute("aria-expanded")).toBe("true");
    fireEvent.keyDown(dialog, { key: "Escape" });
    await expect.poll(() => document.activeElement).toBe(opener);
    await openColumn("Channel");
    fireEvent.click(opener);
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(opener.getAttribute("aria-expanded")).toBe("false");
  });

  it("has all questions in a sheet, and Reset", async () => {
    const told = open({ lastMessageAt: { op: "empty" } });
    fireEvent.click(button(/^Filters/));
    const sheet = await screen.findByRole("dialog", { name: "Filters" });
    expect(within(sheet).getByRole("button", { name: "Last message: never" })).toBeTruthy();
    fireEvent.click(within(sheet).getByRole("button", { name: "Channel" }));
    write("Text", "a");
    submit();
    expect(told.filters).toEqual([
      { lastMessageAt: { op: "empty" }, name: { op: "contains", text: "a" } },
    ]);
    expect(within(sheet).getByRole("button", { name: /^Channel contains/ })).toBeTruthy();
    fireEvent.click(within(sheet).getByRole("button", { name: "Reset" }));
    expect(told.resets).toBe(1);
  });
});

describe("the search", () => {
  const box = () => screen.getByRole<HTMLInputElement>("searchbox", { name: "Filter rows" });

  it("tells every input, and Escape clears it", () => {
    const told = open();
    fireEvent.change(box(), { target: { value: "a" } });
    fireEvent.change(box(), { target: { value: "ab" } });
    fireEvent.keyDown(box(), { key: "Escape" });
    fireEvent.keyDown(box(), { key: "Escape" });
    expect(told.searches).toEqual(["a", "ab", ""]);
  });

  it("waits until a text is composed, and Escape takes back only that", () => {
    const told = open();
    fireEvent.change(box(), { target: { value: "a" } });
    fireEvent.compositionStart(box());
    for (const value of ["aㅎ", "a하", "a한"]) fireEvent.change(box(), { target: { value } });
    fireEvent.keyDown(box(), { key: "Escape", isComposing: true });
    expect(box().value).toBe("a한");
    expect(told.searches).toEqual(["a"]);
    fireEvent.compositionEnd(box());
    expect(told.searches).toEqual(["a", "a한"]);
    expect(box().value).toBe("a한");
  });
});
