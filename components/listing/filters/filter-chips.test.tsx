// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { useState } from "react";
import { afterEach, describe, expect, it } from "vitest";
import messages from "@/lib/messages/en.json";
import { formats } from "@/lib/messages/formats";
import type { Filters } from "@/lib/subscriptions/filter";
import type { Sort } from "@/lib/subscriptions/view";
import { filterColumns } from "@/lib/testing/filter-columns";
import { SearchBox } from "./filter-bar";
import { FilterChips } from "./filter-chips";

afterEach(cleanup);

const FILTERS: Filters = {
  lastMessageAt: { op: "empty" },
  ownerId: { op: "oneOf", values: ["107867", "\u202eann", null] },
};
const SORTS: readonly Sort[] = [
  { column: "subscriberCount", descending: true },
  { column: "name", descending: false },
];

/** The chips of a table with a search, filters and sorts; `now` holds what is left of them. */
function show(start = { search: "news", filters: FILTERS, sorts: SORTS }, pending = false) {
  const seen = { now: start, resets: 0 };
  function Table() {
    const [view, setView] = useState(start);
    seen.now = view;
    const onSearch = (search: string) => setView({ ...view, search });
    return (
      <>
        <SearchBox search={view.search} onSearch={onSearch} />
        <FilterChips
          {...view}
          columns={filterColumns()}
          pending={pending}
          onSearch={onSearch}
          onFilters={(filters) => setView({ ...view, filters })}
          onSorts={(sorts) => setView({ ...view, sorts })}
          onReset={() => seen.resets++}
        />
      </>
    );
  }
  render(
    <NextIntlClientProvider locale="en" messages={messages} formats={formats} timeZone="UTC">
      <Table />
    </NextIntlClientProvider>,
  );
  return seen;
}

const names = () =>
  screen.getAllByRole("listitem").map((chip) => chip.querySelector("span")?.textContent);

describe("the chips", () => {
  it("say what is in effect, with nothing hidden", () => {
    show();
    expect(names()).toEqual([
      "Search: “news”",
      "Owner: 107867, [U+202E]ann, or not provided",
      "Last message: never",
      "Sorted by Subscribers, largest first",
      "Sorted by Channel, A to Z",
    ]);
    const [owner] = screen.getAllByText("107867");
    expect(owner?.tagName).toBe("BDI");
  });

  it("take back one thing each, and the focus goes on", () => {
    const seen = show();
    fireEvent.click(screen.getByRole("button", { name: "Remove filter: Last message: never" }));
    expect(seen.now).toEqual({
      search: "news",
      filters: { ownerId: FILTERS.ownerId },
      sorts: SORTS,
    });
    expect(document.activeElement?.textContent).toBe(
      "Remove: Sorted by Subscribers, largest first",
    );
    fireEvent.click(screen.getByRole("button", { name: /^Remove: Sorted by Subscribers/ }));
    expect(seen.now.sorts).toEqual([SORTS[1]]);
    fireEvent.click(screen.getByRole("button", { name: /^Remove filter: Search/ }));
    fireEvent.click(screen.getByRole("button", { name: /^Remove: Sorted by Channel/ }));
    fireEvent.click(screen.getByRole("button", { name: /^Remove filter: Owner/ }));
    expect(seen.now).toEqual({ search: "", filters: {}, sorts: [] });
    expect(document.activeElement).toBe(screen.getByRole("searchbox"));
    expect(screen.queryByRole("list")).toBeNull();
  });

  it("have one Reset", () => {
    const seen = show();
    fireEvent.click(screen.getByRole("button", { name: "Reset" }));
    expect(seen.resets).toBe(1);
  });

  it("are not there when nothing is in effect", () => {
    show({ search: "", filters: {}, sorts: [] });
    expect(screen.queryByRole("button")).toBeNull();
  });
});

it("says that the rows are not sorted yet, until they are", () => {
  show(undefined, true);
  expect(screen.getByText("Sorts by Subscribers, largest first, when loaded")).toBeTruthy();
  expect(screen.queryByText(/^Sorted by/)).toBeNull();
  cleanup();
  show(undefined, false);
  expect(screen.getByText("Sorted by Subscribers, largest first")).toBeTruthy();
});
