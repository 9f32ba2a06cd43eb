// @vitest-environment happy-dom
import { act, cleanup, render, screen } from "@testing-library/react";
import { NextIntlClientProvider, useFormatter } from "next-intl";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { formats } from "@/lib/messages/formats";
import { Instant } from "./values";

const READ = new Date("2026-03-10T12:00:00Z");
const MINUTE = 60_000;

beforeEach(() => {
  vi.useFakeTimers({ now: READ });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  setVisible(true);
});

function setVisible(visible: boolean) {
  const state = visible ? "visible" : "hidden";
  Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}

const pass = (milliseconds: number) => act(() => vi.advanceTimersByTime(milliseconds));

let tablesDrawn = 0;

function Table({ rows }: { rows: number }) {
  tablesDrawn++;
  const format = useFormatter();
  return Array.from({ length: rows }, (_, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: rows that never move
    <Instant key={row} at={new Date(READ.getTime() - 2 * MINUTE)} since={READ} format={format} />
  ));
}

const page = (rows: number) => (
  <NextIntlClientProvider locale="en" messages={{}} formats={formats} timeZone="UTC">
    <Table rows={rows} />
  </NextIntlClientProvider>
);

describe("relative times", () => {
  it("go on with the clock, by one timer, without drawing the table again", () => {
    tablesDrawn = 0;
    render(page(100));
    expect(screen.getAllByText("2 minutes ago")).toHaveLength(100);
    expect(vi.getTimerCount()).toBe(1);
    pass(MINUTE);
    expect(screen.getAllByText("3 minutes ago")).toHaveLength(100);
    pass(57 * MINUTE);
    expect(screen.getAllByText("1 hour ago")).toHaveLength(100);
    expect(tablesDrawn).toBe(1);
    cleanup();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("rest while the page is hidden, and are right when it is seen again", () => {
    render(page(1));
    setVisible(false);
    expect(vi.getTimerCount()).toBe(0);
    pass(60 * MINUTE);
    act(() => setVisible(true));
    expect(screen.getByText("1 hour ago")).toBeTruthy();
  });

  it("say that something is due once its time has come", () => {
    function Next() {
      const at = new Date(READ.getTime() + 3000);
      return <Instant at={at} since={READ} due="due now" format={useFormatter()} />;
    }
    render(
      <NextIntlClientProvider locale="en" messages={{}} formats={formats} timeZone="UTC">
        <Next />
      </NextIntlClientProvider>,
    );
    expect(screen.getByText("in 3 seconds")).toBeTruthy();
    pass(3000);
    expect(screen.getByText("due now")).toBeTruthy();
    pass(MINUTE);
    expect(screen.getByText("due now")).toBeTruthy();
  });

  it("are drawn by the server for the time of its answer", () => {
    vi.setSystemTime(READ.getTime() + 30 * MINUTE);
    expect(renderToString(page(1))).toContain("2 minutes ago");
  });

  it("do not go back where the browser's clock is late", () => {
    vi.setSystemTime(READ.getTime() - 60 * MINUTE);
    render(page(1));
    expect(screen.getByText("2 minutes ago")).toBeTruthy();
  });
});
