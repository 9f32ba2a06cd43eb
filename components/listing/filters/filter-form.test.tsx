// @vitest-environment happy-dom
import { fireEvent, render, screen } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { describe, expect, it } from "vitest";
import messages from "@/lib/messages/en.json";
import { formats } from "@/lib/messages/formats";
import type { ColumnId, Filter, ValueCount } from "@/lib/subscriptions/filter";
import { filterColumn } from "@/lib/testing/filter-columns";
import type { FilterColumn, Values } from "./filter-column";
import { FilterForm } from "./filter-panel";

const OWNERS: readonly ValueCount[] = [
  { value: "ann", count: 1 },
  { value: null, count: 2 },
  { value: "107867", count: 5 },
];

type Given = { filter?: Filter; values?: Values; complete?: boolean; isCut?: boolean };

/** The form of a column; gives what it asks for, oldest first. */
function open(id: ColumnId | FilterColumn, given: Given = {}): readonly (Filter | null)[] {
  const { filter, values = OWNERS, complete = true, isCut = false } = given;
  const applied: (Filter | null)[] = [];
  render(
    <NextIntlClientProvider
      locale="en"
      messages={messages}
      formats={formats}
      timeZone="America/New_York"
    >
      <FilterForm
        column={typeof id === "string" ? filterColumn(id) : id}
        filter={filter}
        rows={{
          valuesOf: () => values,
          isCut: () => isCut,
          complete,
          now: new Date("2026-01-31T00:00:00Z"),
        }}
        onApply={(next) => applied.push(next)}
      />
    </NextIntlClientProvider>,
  );
  return applied;
}

const button = (name: string) => screen.getByRole("button", { name });
const box = (name: string | RegExp) => screen.getByRole<HTMLInputElement>("checkbox", { name });
const write = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const ask = (op: string) => write("Condition", op);

describe("a text", () => {
  it("contains, is, or is empty", () => {
    const applied = open("name");
    write("Text", " News ");
    fireEvent.click(button("Apply"));
    ask("is");
    fireEvent.click(button("Apply"));
    ask("empty");
    expect(screen.queryByLabelText("Text")).toBeNull();
    fireEvent.click(button("Apply"));
    expect(applied).toEqual([
      { op: "contains", text: " News " },
      { op: "is", text: " News " },
      { op: "empty" },
    ]);
  });

  it("must be given", () => {
    const applied = open("name");
    fireEvent.click(button("Apply"));
    expect(screen.getByText("Enter some text.")).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByLabelText("Text"));
    write("Text", "a");
    expect(screen.queryByText("Enter some text.")).toBeNull();
    expect(applied).toEqual([]);
  });

  it("begins with the filter there is, and can be cleared", () => {
    const applied = open("name", { filter: { op: "is", text: "a" } });
    fireEvent.click(button("Apply"));
    fireEvent.click(button("Clear"));
    expect(applied).toEqual([{ op: "is", text: "a" }, null]);
  });

  it("is not sent by the Enter that ends a composition", () => {
    open("name");
    const field = screen.getByLabelText("Text");
    const isFree = (init: object) => fireEvent.keyDown(field, { key: "Enter", ...init });
    expect([isFree({ isComposing: true }), isFree({ keyCode: 229 }), isFree({})]).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe("a choice", () => {
  it("offers what is present with its counts", () => {
    const applied = open("ownerId");
    const labels = screen.getAllByRole("checkbox").map((found) => found.closest("label"));
    expect(labels.map((label) => label?.textContent)).toEqual(["not provided2", "1078675", "ann1"]);
    fireEvent.click(box(/^ann/));
    fireEvent.click(box(/^not provided/));
    fireEvent.click(button("Apply"));
    expect(applied).toEqual([{ op: "oneOf", values: [null, "ann"] }]);
  });

  it("shows what a link chose though no row has it, and is none when nothing is chosen", () => {
    const applied = open("ownerId", { filter: { op: "oneOf", values: ["gone"] } });
    expect(box(/^gone/).checked).toBe(true);
    fireEvent.click(box(/^gone/));
    fireEvent.click(button("Apply"));
    expect(applied).toEqual([null]);
  });

  it("waits for values that are still being read", () => {
    const waiting = (values: Values) => (
      <NextIntlClientProvider locale="en" messages={messages} formats={formats} timeZone="UTC">
        <FilterForm
          column={filterColumn("ownerId")}
          filter={undefined}
          rows={{ valuesOf: () => values, complete: true, now: new Date(0) }}
          onApply={() => undefined}
        />
      </NextIntlClientProvider>
    );
    const { rerender } = render(waiting(null));
    expect(screen.getByRole("status").textContent).toBe("Loading values…");
    rerender(waiting(OWNERS));
    expect(screen.getAllByRole("checkbox")).toHaveLength(3);
    rerender(waiting([]));
    expect(screen.getAllByRole("checkbox")).toHaveLength(3);
  });

  it("says that its values could not be loaded", () => {
    open("ownerId", { values: "unreadable" });
    expect(screen.getByRole("alert").textContent).toContain("Could not load the values.");
  });

  it("takes a value that is not among the most frequent", () => {
    const applied = open("ownerId", { isCut: true });
    expect(screen.getByText(/^Showing the 3 most common values\./)).toBeTruthy();
    write("Find a value", "zoe");
    fireEvent.click(box("zoe (not in this list)"));
    fireEvent.click(button("Apply"));
    expect(applied).toEqual([{ op: "oneOf", values: ["zoe"] }]);
  });

  it("must be made", () => {
    const applied = open("ownerId");
    fireEvent.click(button("Apply"));
    expect(screen.getByText("Choose at least one value.")).toBeTruthy();
    expect(applied).toEqual([]);
  });

  it("is of at most 100 values", () => {
    const values = Array.from({ length: 100 }, (_, index) => `u${index}`);
    const applied = open("ownerId", { filter: { op: "oneOf", values } });
    fireEvent.click(button("Apply"));
    expect(applied).toEqual([{ op: "oneOf", values: values.toSorted() }]);
    fireEvent.click(screen.getByLabelText(/^ann/));
    fireEvent.click(button("Apply"));
    expect(screen.getByText("Choose at most 100 values.")).toBeTruthy();
    expect(applied).toHaveLength(1);
  });

  it("says how much was read, and takes a value that was not", () => {
    const applied = open("ownerId", { complete: false });
    expect(screen.getByText(/the 8 rows loaded so far/)).toBeTruthy();
    write("Find a value", " 42 ");
    fireEvent.click(box("42 (not loaded yet)"));
    write("Find a value", "");
    expect(box(/^42/).checked).toBe(true);
    fireEvent.click(button("Apply"));
    expect(applied).toEqual([{ op: "oneOf", values: ["42"] }]);
  });

  it("draws 200 of thousands, and finds the others", () => {
    const values = Array.from({ length: 5000 }, (_, index) => ({ value: `Ｏ-${index}`, count: 1 }));
    open("ownerId", { values });
    expect(screen.getAllByRole("checkbox")).toHaveLength(200);
    expect(screen.getByText(/^Showing 200 of 5,000 values/)).toBeTruthy();
    write("Find a value", "o-4321");
    expect(screen.getAllByRole("checkbox")).toHaveLength(1);
    write("Find a value", "nobody");
    expect(screen.queryByRole("checkbox")).toBeNull();
    expect(screen.getByText("No matching values.")).toBeTruthy();
  });
});

describe("a count", () => {
  it.each([
    ["1,000", "1.5k", { op: "between", min: 1000, max: 1500 }],
    ["１，０００", "", { op: "between", min: 1000, max: null }],
    ["", "0", { op: "between", min: null, max: 0 }],
    ["5", "5", { op: "between", min: 5, max: 5 }],
    ["", " ", null],
  ])("from %j to %j", (min, max, filter) => {
    const applied = open("subscriberCount");
    write("Minimum", min);
    write("Maximum", max);
    fireEvent.click(button("Apply"));
    expect(applied).toEqual([filter]);
  });

  it("says what is wrong, at the field where it is", () => {
    const applied = open("subscriberCount");
    write("Maximum", "many");
    fireEvent.click(button("Apply"));
    expect(screen.getByText("Enter whole numbers, such as 1,000 or 1.5k.")).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByLabelText("Maximum"));
    write("Minimum", "2");
    write("Maximum", "1");
    fireEvent.click(button("Apply"));
    expect(screen.getByText("The minimum must not exceed the maximum.")).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByLabelText("Minimum"));
    expect(applied).toEqual([]);
  });
});

describe.each(["change", "percent"] as const)("a column of kind %s", (kind) => {
  const column = { ...filterColumn("subscriberCount"), kind };

  it.each([
    ["-5", "\u22122", { op: "between", min: -5, max: -2 }],
    ["+1,000", "", { op: "between", min: 1000, max: null }],
    ["", "-0", { op: "between", min: null, max: 0 }],
  ])("from %j to %j", (min, max, filter) => {
    const applied = open(column);
    write("Minimum", min.replace(",", kind === "percent" ? "" : ","));
    write("Maximum", max);
    fireEvent.click(button("Apply"));
    expect(applied).toEqual([filter]);
  });

  it("reads back its own numbers, and refuses others", () => {
    const min = kind === "change" ? -1500 : -2.5;
    const filter = { op: "between", min, max: 1000 } as const;
    const applied = open(column, { filter });
    fireEvent.click(button("Apply"));
    expect(applied).toEqual([filter]);
    write("Minimum", kind === "change" ? "-2.5" : "2,5");
    fireEvent.click(button("Apply"));
    expect(screen.getByText(messages.filters.problem[kind])).toBeTruthy();
    expect(applied).toHaveLength(1);
  });
});

describe("a time", () => {
  it("is before or after a moment of the person's clock", () => {
    const applied = open("createdAt");
    ask("before");
    write("Date", "2026-03-08");
    write("Time", "02:30");
    expect(screen.getByText("Time zone: America/New_York")).toBeTruthy();
    fireEvent.click(button("Apply"));
    ask("after");
    write("Date", "2026-01-01");
    write("Time", "");
    fireEvent.click(button("Apply"));
    expect(applied).toEqual([
      { op: "before", at: new Date("2026-03-08T07:30:00Z") },
      { op: "after", at: new Date("2026-01-01T05:00:00Z") },
    ]);
  });

  it("keeps a moment that its fields cannot show", () => {
    const at = new Date("2026-11-01T06:30:00.250Z");
    const applied = open("createdAt", { filter: { op: "before", at } });
    ask("after");
    fireEvent.click(button("Apply"));
    expect(applied).toEqual([{ op: "after", at }]);
  });

  it("lies in the last days, or never was", () => {
    const applied = open("lastMessageAt");
    fireEvent.click(button("30 days"));
    write("Days", "31");
    expect(screen.getByText(/^Since Dec 30, 2025, 19:00:00/)).toBeTruthy();
    fireEvent.click(button("Apply"));
    ask("notWithinDays");
    expect(screen.getByRole("option", { name: /^no message in the last … days/ })).toBeTruthy();
    fireEvent.click(button("90 days"));
    ask("empty");
    expect(screen.getByRole("option", { name: "never" })).toBeTruthy();
    fireEvent.click(button("Apply"));
    expect(applied).toEqual([
      { op: "withinDays", days: 30 },
      { op: "withinDays", days: 31 },
      { op: "notWithinDays", days: 90 },
      { op: "empty" },
    ]);
  });

  it.each([
    ["before", "Enter a date."],
    ["withinDays", "Enter a whole number of days from 1 to 3,650."],
    ["notWithinDays", "Enter a whole number of days from 1 to 3,650."],
  ])("must be given: %s", (op, problem) => {
    const applied = open("createdAt");
    ask(op);
    fireEvent.click(button("Apply"));
    expect(screen.getByText(problem)).toBeTruthy();
    expect(applied).toEqual([]);
  });
});
