import { beforeEach, describe, expect, it, vi } from "vitest";
import { LINK_ID } from "@/lib/links/link-address";
import { failure, success } from "@/lib/result";
import { LinkMemory, type LinkStore, type NewLink, type OpenedLink } from "./link-memory";

const query = (text: string) => new URLSearchParams(text);

/** A desk that keeps links, with a memory of them that can be told to fail. */
let kept: Map<string, string>;
let asked: string[];
let way: "works" | "refuses" | "isCut";
beforeEach(() => {
  kept = new Map();
  asked = [];
  way = "works";
});

async function answered<Value>(does: () => Value) {
  await Promise.resolve();
  if (way === "isCut") throw new TypeError("Failed to fetch");
  return { answer: Promise.resolve(way === "works" ? success(does()) : failure("signedOut")) };
}

const store: LinkStore = {
  store: async ({ id, query }: NewLink) => {
    asked.push(query);
    return answered(() => {
      kept.set(id, query);
      return null;
    });
  },
  open: async (id) => {
    asked.push(id);
    return answered(() => kept.get(id) ?? null);
  },
};

const start = (opened: OpenedLink | null = null) => new LinkMemory(store, opened);

describe("the address of a state", () => {
  it("says the app, and of the rest only a link, which the desk gets to know", async () => {
    const memory = start();
    const address = await memory.storedAddressOf(query("app=demo&subscriber=107867&q=x"));
    expect([...address.keys()]).toEqual(["app", "link"]);
    expect(address.get("app")).toBe("demo");
    expect(address.get("link")).toMatch(LINK_ID);
    expect([...kept]).toEqual([[address.get("link"), "q=x&subscriber=107867"]]);
    expect(query(memory.queryOf(address)).get("subscriber")).toBe("107867");
  });

  it("is there at once, before the desk has answered", () => {
    const memory = start();
    const address = memory.addressOf(query("subscriber=1"));
    expect(memory.queryOf(address)).toBe("subscriber=1");
    expect(kept.size).toBe(0);
  });

  it("has no link where there is nothing to hide", () => {
    expect(`${start().addressOf(query(""))}`).toBe("");
    expect(`${start().addressOf(query("app=demo"))}`).toBe("app=demo");
    expect(asked).toEqual([]);
  });

  it("is the same for the same state, which is stored once, in whatever app", async () => {
    const memory = start();
    const one = await memory.storedAddressOf(query("subscriber=1&size=20"));
    const same = await memory.storedAddressOf(query("size=20&subscriber=1"));
    const elsewhere = await memory.storedAddressOf(query("app=other&subscriber=1&size=20"));
    expect(`${same}`).toBe(`${one}`);
    expect(elsewhere.get("link")).toBe(one.get("link"));
    expect(asked).toEqual(["size=20&subscriber=1"]);
  });

  it("is that with which the desk was opened", () => {
    const memory = start({ id: "opened", query: "subscriber=1" });
    expect(memory.queryOf(query("link=opened&app=demo"))).toBe("subscriber=1&app=demo");
    expect(`${memory.addressOf(query("subscriber=1"))}`).toBe("link=opened");
    expect(asked).toEqual([]);
  });
});

describe("an address whose link is not known here", () => {
  it("stands for what was there before, until the desk has told", async () => {
    kept.set("other", "subscriber=2");
    const memory = start();
    memory.arrive(memory.addressOf(query("subscriber=1")));
    const address = query("link=other");
    memory.arrive(address);
    memory.arrive(address);
    expect(memory.queryOf(address)).toBe("subscriber=1");
    await vi.waitFor(() => expect(memory.queryOf(address)).toBe("subscriber=2"));
    expect(memory.problemOf(address)).toBeNull();
    expect(asked).toEqual(["subscriber=1", "other"]);
  });

  it("stands for nothing when the desk does not know it either", async () => {
    const memory = start();
    memory.arrive(memory.addressOf(query("subscriber=1")));
    memory.arrive(query("link=gone&app=demo"));
    await vi.waitFor(() => expect(memory.problemOf(query("link=gone"))).toBe("unknown"));
    expect(memory.queryOf(query("link=gone&app=demo"))).toBe("app=demo");
    memory.retry(query("link=gone"));
    expect(asked).toEqual(["subscriber=1", "gone"]);
  });

  it("says so at once when it was opened with it", () => {
    expect(start({ id: "gone", query: null }).problemOf(query("link=gone"))).toBe("unknown");
  });

  it.each(["refuses", "isCut"] as const)("can be tried again when the desk %s", async (failing) => {
    kept.set("other", "subscriber=2");
    way = failing;
    const memory = start();
    memory.arrive(query("link=other"));
    await vi.waitFor(() => expect(memory.problemOf(query("link=other"))).toBe("unreadable"));
    expect(memory.queryOf(query("link=other"))).toBe("");
    way = "works";
    memory.retry(query("link=other"));
    await vi.waitFor(() => expect(memory.problemOf(query("link=other"))).toBeNull());
    expect(memory.queryOf(query("link=other"))).toBe("subscriber=2");
  });
});

describe("a link that could not be stored", () => {
  it.each(["refuses", "isCut"] as const)(
    "works here, and says so, when the desk %s",
    async (failing) => {
      way = failing;
      const memory = start();
      const address = await memory.storedAddressOf(query("subscriber=1"));
      expect(memory.problemOf(address)).toBe("notStored");
      expect(memory.queryOf(address)).toBe("subscriber=1");
      way = "works";
      memory.retry(address);
      await vi.waitFor(() => expect(memory.problemOf(address)).toBeNull());
      expect(kept.get(address.get("link") ?? "")).toBe("subscriber=1");
    },
  );

  it("is stored when the state comes again", async () => {
    way = "isCut";
    const memory = start();
    const address = await memory.storedAddressOf(query("subscriber=1"));
    way = "works";
    expect(`${await memory.storedAddressOf(query("subscriber=1"))}`).toBe(`${address}`);
    expect(memory.problemOf(address)).toBeNull();
    expect(kept.size).toBe(1);
  });

  it("is no reason to complain at another address", async () => {
    way = "isCut";
    const memory = start();
    await memory.storedAddressOf(query("subscriber=1"));
    expect(memory.problemOf(query(""))).toBeNull();
  });
});

it("tells whoever wants to know, as long as they do", async () => {
  const memory = start();
  const told: number[] = [];
  const leave = memory.subscribe(() => told.push(told.length));
  await memory.storedAddressOf(query("subscriber=1"));
  leave();
  await memory.storedAddressOf(query("subscriber=2"));
  expect(told).toEqual([0]);
});

it("an address that was refused says so, whatever else it says", () => {
  expect(start().problemOf(query("refused=1&app=demo"))).toBe("refused");
  expect(start().queryOf(query("refused=1&app=demo"))).toBe("app=demo");
});
