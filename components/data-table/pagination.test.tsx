// @vitest-environment happy-dom
import { fireEvent, render, screen } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import type { ComponentProps } from "react";
import { expect, it } from "vitest";
import messages from "@/lib/messages/en.json";
import { Pagination } from "./pagination";

function show(more: Partial<ComponentProps<typeof Pagination>>) {
  render(
    <NextIntlClientProvider locale="en" messages={messages} timeZone="UTC">
      <Pagination
        {...{ from: 1, to: 8, total: 8, page: 1, pageCount: 1, size: 50, sizes: [20, 50] }}
        offsets={nowhere()}
        onGo={() => undefined}
        onPage={() => undefined}
        onSize={() => undefined}
        {...more}
      />
    </NextIntlClientProvider>,
  );
}

it("has nothing to press for a single page", () => {
  show({});
  expect(screen.getByRole("navigation").textContent).toBe("1–8 of 8");
  expect(screen.queryByRole("button")).toBeNull();
});

it.each([
  ["there are two pages", { pageCount: 2, total: 60 }],
  ["the total is wrong and there is a next page", { offsets: { ...nowhere(), next: 8 } }],
])("leads to other pages where %s", (_, more) => {
  show(more);
  expect(screen.getByRole("button", { name: "Next page" })).toBeTruthy();
  expect(screen.getByRole("combobox", { name: "Rows per page" })).toBeTruthy();
});

it("disables the buttons of pages that do not exist", () => {
  const offsets = { ...nowhere(), first: 0, previous: 0 };
  show({ from: 51, to: 60, total: 60, page: 2, pageCount: 2, offsets });
  const isDisabled = (name: string) =>
    screen.getByRole("button", { name }).getAttribute("aria-disabled") === "true";
  const names = ["First page", "Previous page", "Next page", "Last page"];
  expect(names.map(isDisabled)).toEqual([false, false, true, true]);
});

it("tells of a press before the click, but not of a press with another button", () => {
  const told: string[] = [];
  const offsets = { ...nowhere(), next: 50 };
  show({
    ...{ to: 50, total: 60, pageCount: 2, offsets },
    onPress: (offset) => told.push(`press ${offset}`),
    onGo: (offset) => told.push(`go ${offset}`),
  });
  const next = screen.getByRole("button", { name: "Next page" });
  fireEvent.pointerDown(next, { button: 2 });
  expect(told).toEqual([]);
  fireEvent.pointerDown(next, { button: 0 });
  fireEvent.click(next);
  expect(told).toEqual(["press 50", "go 50"]);
  fireEvent.pointerDown(screen.getByRole("button", { name: "Last page" }), { button: 0 });
  expect(told).toHaveLength(2);
});

function nowhere() {
  return { first: null, previous: null, next: null, last: null };
}
