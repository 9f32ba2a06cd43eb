// @vitest-environment happy-dom
import { cleanup, fireEvent, render } from "@testing-library/react";
import { useRef } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useLive } from "./use-live";

const MINUTE = 60_000;

let refresh: ReturnType<typeof vi.fn<() => void>>;
let isOver = false;

beforeEach(() => {
  vi.useFakeTimers();
  refresh = vi.fn<() => void>();
  isOver = false;
});
afterEach(() => {
  cleanup();
  setVisible(true);
  vi.useRealTimers();
});

function setVisible(visible: boolean) {
  const state = visible ? "visible" : "hidden";
  Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}

function Page({ readAt }: { readAt: Date | null }) {
  const held = useRef<HTMLDivElement>(null);
  useLive(refresh, readAt, held);
  const hold = (element: HTMLDivElement | null) => {
    held.current = element;
    if (element) vi.spyOn(element, "matches").mockImplementation(() => isOver);
  };
  return <div ref={hold} />;
}

describe("a page that somebody looks at", () => {
  it("refreshes once a minute", () => {
    render(<Page readAt={new Date()} />);
    vi.advanceTimersByTime(MINUTE - 1000);
    expect(refresh).toHaveBeenCalledTimes(0);
    vi.advanceTimersByTime(1000);
    expect(refresh).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(5 * MINUTE);
    expect(refresh).toHaveBeenCalledTimes(6);
  });

  it("begins the minute anew with each reading", () => {
    const { rerender } = render(<Page readAt={new Date()} />);
    vi.advanceTimersByTime(MINUTE / 2);
    rerender(<Page readAt={new Date()} />);
    vi.advanceTimersByTime(MINUTE - 1000);
    expect(refresh).toHaveBeenCalledTimes(0);
    vi.advanceTimersByTime(1000);
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it("waits while it is hidden, and refreshes when it is seen again", () => {
    render(<Page readAt={new Date()} />);
    setVisible(false);
    vi.advanceTimersByTime(10 * MINUTE);
    expect(refresh).toHaveBeenCalledTimes(0);
    setVisible(true);
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it("waits while the pointer is over what may move", () => {
    isOver = true;
    render(<Page readAt={new Date()} />);
    vi.advanceTimersByTime(5 * MINUTE);
    expect(refresh).toHaveBeenCalledTimes(0);
    isOver = false;
    vi.advanceTimersByTime(1000);
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it("stops half an hour after its last use, so that the session can end", () => {
    render(<Page readAt={new Date()} />);
    vi.advanceTimersByTime(120 * MINUTE);
    expect(refresh).toHaveBeenCalledTimes(30);
    fireEvent.pointerMove(document.body);
    vi.advanceTimersByTime(1000);
    expect(refresh).toHaveBeenCalledTimes(31);
  });

  it("does nothing before the first answer and after it is left", () => {
    const { unmount, rerender } = render(<Page readAt={null} />);
    vi.advanceTimersByTime(5 * MINUTE);
    rerender(<Page readAt={new Date()} />);
    unmount();
    vi.advanceTimersByTime(5 * MINUTE);
    expect(refresh).toHaveBeenCalledTimes(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});
