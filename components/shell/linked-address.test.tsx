// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import {
  AppRouterContext,
  type AppRouterInstance,
} from "next/dist/shared/lib/app-router-context.shared-runtime";
import {
  PathnameContext,
  SearchParamsContext,
} from "next/dist/shared/lib/hooks-client-context.shared-runtime";
import { parseAsString, useQueryStates } from "nuqs";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, startTransition, useEffect, useState } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { failure, success } from "@/lib/result";
import type { LinkStore, OpenedLink } from "./link-memory";
import { LinkedAddress } from "./linked-address";

const ROUTER = {} as AppRouterInstance;
const CHANGED = "history changed";
const { pushState, replaceState } = history;

/** Next's router as far as nuqs sees it: told of changes of the history, it follows in a transition. */
function Router({ children }: { children: ReactNode }) {
  const [href, setHref] = useState(location.href);
  useEffect(() => {
    const follow = () => startTransition(() => setHref(location.href));
    addEventListener(CHANGED, follow);
    addEventListener("popstate", follow);
    return () => {
      removeEventListener(CHANGED, follow);
      removeEventListener("popstate", follow);
    };
  }, []);
  const { pathname, searchParams } = new URL(href);
  return (
    <AppRouterContext value={ROUTER}>
      <PathnameContext value={pathname}>
        <SearchParamsContext value={searchParams as never}>{children}</SearchParamsContext>
      </PathnameContext>
    </AppRouterContext>
  );
}

const PARSERS = { app: parseAsString, subscriber: parseAsString, q: parseAsString };

/** Every state that was drawn, oldest first, each change once. */
let drawn: string[] = [];
let kept: Map<string, string>;
let works = true;

const store: LinkStore = {
  store: async ({ id, query }) => {
    if (works) kept.set(id, query);
    return { answer: Promise.resolve(works ? success(null) : failure("signedOut")) };
  },
  open: async (id) => ({ answer: Promise.resolve(success(kept.get(id) ?? null)) }),
};

function Page() {
  const [{ app, subscriber, q }, set] = useQueryStates(PARSERS, { history: "push" });
  const state = `${app ?? ""} ${subscriber ?? ""} ${q ?? ""}`;
  useEffect(() => {
    drawn.push(state.trim());
  }, [state]);
  return (
    <>
      <button type="button" onClick={() => void set({ subscriber: "107867" })}>
        one
      </button>
      <button type="button" onClick={() => void set({ subscriber: "another" })}>
        two
      </button>
      <button type="button" onClick={() => void set({ app: "other" })}>
        app
      </button>
      <button type="button" onClick={() => void set({ q: "typed" }, { history: "replace" })}>
        type
      </button>
      <button type="button" onClick={() => void set(null)}>
        nothing
      </button>
    </>
  );
}

async function open(address: string, opened: OpenedLink | null = null) {
  history.replaceState(null, "", address);
  await act(async () =>
    render(
      <Router>
        <NuqsAdapter>
          <LinkedAddress {...store} opened={opened}>
            <Page />
          </LinkedAddress>
        </NuqsAdapter>
      </Router>,
    ),
  );
}

const press = (name: string) =>
  act(async () => void fireEvent.click(screen.getByRole("button", { name })));
const address = () => location.pathname + location.search;
const link = () => new URLSearchParams(location.search).get("link") ?? "";

beforeEach(() => {
  drawn = [];
  kept = new Map();
  works = true;
  // Beneath what nuqs puts over them, as in Next.
  for (const [name, original] of Object.entries({ pushState, replaceState })) {
    History.prototype[name as "pushState"] = function (...given) {
      original.apply(this, given);
      dispatchEvent(new Event(CHANGED));
    };
  }
});
afterEach(() => {
  // What nuqs has not written yet would be written in the next test.
  act(() => void dispatchEvent(new PopStateEvent("popstate")));
  cleanup();
});

it("keeps a state behind a link, and draws it once", async () => {
  await open("/lookup?app=demo");
  await press("one");
  await vi.waitFor(() => expect(address()).toMatch(/^\/lookup\?app=demo&link=[A-Za-z]{23}$/));
  expect(kept.get(link())).toBe("subscriber=107867");
  // Never the state before it for a moment, while the router follows.
  expect(drawn).toEqual(["demo", "demo 107867"]);
});

it("keeps quick changes in their order, each in the address of its own", async () => {
  await open("/lookup");
  const length = history.length;
  await press("one");
  await vi.waitFor(() => expect(link()).not.toBe(""));
  const first = link();
  // Both before nuqs, which collects changes for a moment, writes the first.
  for (const name of ["two", "app"]) fireEvent.click(screen.getByRole("button", { name }));
  await vi.waitFor(() => expect(address()).toContain("app=other&link="));
  expect([...kept.values()]).toEqual(["subscriber=107867", "subscriber=another"]);
  expect(kept.get(first)).toBe("subscriber=107867");
  expect(kept.get(link())).toBe("subscriber=another");
  expect(history.length - length).toBe(2);
  expect(drawn).toEqual(["", "107867", "another", "other another"]);
});

it("puts what is typed in the place of what was there", async () => {
  await open("/lookup");
  await press("one");
  await vi.waitFor(() => expect(link()).not.toBe(""));
  const { length } = history;
  await press("type");
  await vi.waitFor(() => expect(kept.get(link())).toBe("q=typed&subscriber=107867"));
  expect(history.length).toBe(length);
});

it("needs no link for nothing", async () => {
  await open("/lookup?app=demo");
  await press("one");
  await vi.waitFor(() => expect(link()).not.toBe(""));
  await press("nothing");
  await vi.waitFor(() => expect(address()).toBe("/lookup"));
  expect(drawn).toEqual(["demo", "demo 107867", ""]);
});

/** Goes to an entry of the history, as Back and Forward do. */
const goTo = (entry: string) =>
  act(async () => {
    replaceState.call(history, null, "", entry);
    dispatchEvent(new PopStateEvent("popstate"));
  });

it("goes back and forward to what the links stand for", async () => {
  await open("/lookup");
  await press("one");
  await vi.waitFor(() => expect(link()).not.toBe(""));
  const one = address();
  await press("two");
  await vi.waitFor(() => expect(address()).not.toBe(one));
  const two = address();
  for (const entry of [one, "/lookup", one, two]) await goTo(entry);
  expect(drawn).toEqual(["", "107867", "another", "107867", "", "107867", "another"]);
});

it("asks the desk for a link that it has not met, and shows what was there until then", async () => {
  kept.set("abc", "subscriber=from+elsewhere");
  await open("/lookup?link=opened", { id: "opened", query: "subscriber=107867" });
  await goTo("/lookup?link=abc&app=demo");
  await vi.waitFor(() => expect(drawn.at(-1)).toBe("demo from elsewhere"));
  await goTo("/lookup?link=gone");
  await vi.waitFor(() => expect(drawn.at(-1)).toBe(""));
  expect(drawn).toEqual(["107867", "demo from elsewhere", ""]);
});

it("follows the router to where there is no link", async () => {
  await open("/lookup?link=opened", { id: "opened", query: "subscriber=107867" });
  await act(async () => history.pushState(null, "", "/lookup?app=other"));
  expect(drawn).toEqual(["107867", "other"]);
  await press("two");
  await vi.waitFor(() => expect(kept.get(link())).toBe("subscriber=another"));
  expect(address()).toContain("/lookup?app=other&link=");
});

it("works on when a link cannot be stored", async () => {
  works = false;
  await open("/lookup");
  await press("one");
  await press("type");
  await vi.waitFor(() => expect(drawn.at(-1)).toBe("107867 typed"));
  await vi.waitFor(() => expect(link()).not.toBe(""));
  await goTo("/lookup");
  expect(drawn.at(-1)).toBe("");
});

it("leaves the addresses of other pages unchanged", async () => {
  await open("/people?q=ann");
  expect(drawn).toEqual(["ann"]);
  await press("app");
  await vi.waitFor(() => expect(address()).toBe("/people?q=ann&app=other"));
  expect(kept.size).toBe(0);
});
