// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import messages from "@/lib/messages/en.json";
import { SlowAnswer } from "./list-screens";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

it("says from the third second on that the answer is still awaited, and ends the wait", () => {
  const cancel = vi.fn();
  render(
    <NextIntlClientProvider locale="en" messages={messages} timeZone="UTC">
      <SlowAnswer onCancel={cancel} />
    </NextIntlClientProvider>,
  );
  const status = () => screen.queryByRole("status")?.textContent;
  act(() => vi.advanceTimersByTime(2900));
  expect(status()).toBeUndefined();
  act(() => vi.advanceTimersByTime(1100));
  expect(status()).toMatch(/^Still waiting for Tencent Cloud\. [34] s$/);
  act(() => vi.advanceTimersByTime(3000));
  expect(status()).toMatch(/[67] s$/);
  fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
  expect(cancel).toHaveBeenCalledOnce();
});
