import { render } from "@testing-library/react";
import { useEffect } from "react";
import { expect, it, vi } from "vitest";
import { SteadySuspense } from "./steady-suspense";

it.each([true, false])("does not mount its content again when suspends was %s", (suspends) => {
  const mounted = vi.fn();
  function Content() {
    useEffect(() => mounted(), []);
    return "content";
  }
  const page = (now: boolean) => (
    <SteadySuspense suspends={now} fallback="waiting">
      <Content />
    </SteadySuspense>
  );
  const { rerender } = render(page(suspends));
  rerender(page(!suspends));
  expect(mounted).toHaveBeenCalledOnce();
});
