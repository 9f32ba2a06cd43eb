import { describe, expect, it, vi } from "vitest";
import { byteStream, watchedBody } from "./byte-stream";

/** Pieces, each a byte with its number, and whether the generator has been ended. */
function numbered(count = Number.POSITIVE_INFINITY) {
  const ended = vi.fn();
  async function* pieces() {
    try {
      for (let each = 0; each < count; each++) yield new Uint8Array([each % 256]);
    } finally {
      ended();
    }
  }
  return { body: byteStream(pieces()), ended };
}

const yes = async () => true;

describe("a body that is watched", () => {
  it("is passed on whole", async () => {
    const { body, ended } = numbered(300);
    const onEnd = vi.fn();
    const watched = watchedBody(body, performance.now(), { isAllowed: yes, onEnd, checkEvery: 0 });
    expect((await new Response(watched).arrayBuffer()).byteLength).toBe(300);
    expect(onEnd).toHaveBeenCalled();
    expect(ended).toHaveBeenCalledOnce();
  });

  it.each([
    ["may no longer read it", async () => false, "no longer"],
    ["cannot be looked up", () => Promise.reject(new Error("no database")), "no database"],
  ])("breaks off when its reader %s", async (_, isAllowed, message) => {
    const { body, ended } = numbered();
    const onEnd = vi.fn();
    const watched = watchedBody(body, performance.now(), { isAllowed, onEnd, checkEvery: 0 });
    await expect(watched.getReader().read()).rejects.toThrow(message);
    expect(ended).toHaveBeenCalledOnce();
    expect(onEnd).toHaveBeenCalled();
  });

  it("asks no more often than it is told", async () => {
    const { body } = numbered(50);
    const isAllowed = vi.fn(yes);
    const watch = { isAllowed, onEnd: () => undefined, checkEvery: 60_000 };
    await new Response(watchedBody(body, performance.now(), watch)).arrayBuffer();
    expect(isAllowed).not.toHaveBeenCalled();
    // One that took long before its first piece is asked about at once.
    const late = watchedBody(numbered(50).body, performance.now() - 60_000, watch);
    await new Response(late).arrayBuffer();
    expect(isAllowed).toHaveBeenCalledOnce();
  });

  it("ends when nobody reads it for too long", async () => {
    const { body, ended } = numbered();
    let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
    await new Promise<void>((onEnd) => {
      const watch = { isAllowed: yes, onEnd, stallAfter: 20 };
      reader = watchedBody(body, performance.now(), watch).getReader();
      void reader.read();
    });
    await expect(
      (async () => {
        for (;;) await reader?.read();
      })(),
    ).rejects.toThrow("Nobody has read");
    expect(ended).toHaveBeenCalledOnce();
  });

  it("waits for what is slow to be made: only its reader may not be", async () => {
    async function* slow() {
      for (let each = 0; each < 3; each++) {
        await new Promise((resolve) => setTimeout(resolve, 30));
        yield new Uint8Array([each]);
      }
    }
    const watch = { isAllowed: yes, onEnd: () => undefined, stallAfter: 10 };
    const watched = watchedBody(byteStream(slow()), performance.now(), watch);
    // Each piece is taken as soon as it is there.
    expect((await new Response(watched).arrayBuffer()).byteLength).toBe(3);
  });

  it("says that it has ended when it is cancelled, and when it fails by itself", async () => {
    const { body, ended } = numbered();
    const onEnd = vi.fn();
    const reader = watchedBody(body, performance.now(), { isAllowed: yes, onEnd }).getReader();
    await reader.read();
    await reader.cancel();
    expect([ended.mock.calls.length, onEnd.mock.calls.length]).toEqual([1, 1]);
    // biome-ignore lint/correctness/useYield: it fails before its first piece
    async function* failing(): AsyncGenerator<Uint8Array, void> {
      throw new Error("the vendor is away");
    }
    const watched = watchedBody(byteStream(failing()), performance.now(), {
      isAllowed: yes,
      onEnd,
    });
    await expect(new Response(watched).arrayBuffer()).rejects.toThrow("the vendor is away");
    expect(onEnd.mock.calls.length).toBeGreaterThan(1);
  });
});
