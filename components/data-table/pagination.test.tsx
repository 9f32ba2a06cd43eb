// @vitest-environment happy-dom
import { render, screen } from "@testing-library/react";
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
        go={nowhere()}
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
  ["the total is wrong and there is a next page", { go: { ...nowhere(), next: () => undefined } }],
])("leads to other pages where %s", (_, more) => {
  show(more);
  expect(screen.getByRole("button", { name: "Next page" })).toBeTruthy();
  expect(screen.getByRole("combobox", { name: "Rows per page" })).toBeTruthy();
});

it("disables the buttons of pages that do not exist", () => {
  const go = { ...nowhere(), first: () => undefined, previous: () => undefined };
  show({ from: 51, to: 60, total: 60, page: 2, pageCount: 2, go });
  const isDisabled = (name: string) =>
    screen.getByRole("button", { name }).getAttribute("aria-disabled") === "true";
  const names = ["First page", "Previous page", "Next page", "Last page"];
  expect(names.map(isDisabled)).toEqual([false, false, true, true]);
});

function nowhere() {
  return { first: null, previous: null, next: null, last: null };
}
