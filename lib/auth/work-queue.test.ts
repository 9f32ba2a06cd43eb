import { expect, test } from "vitest";
import { WorkQueue } from "./sign-in";

/** Pieces of work that end when they are told to; `begun` says in which order they began. */
function pieces() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string) => () =>
    new Promise<string>((resolve) => {
      begun.push(name);
      ends.set(name, () => resolve(name));
    });
  return { begun, work, end: (name: string) => ends.get(name)?.() };
}

test("two run at once, the others wait in line, and beyond it nobody waits", async () => {
  const { begun, work, end } = pieces();
  const queue = new WorkQueue(2, 2);
  const runs = ["a", "b", "c", "d"].map((name) => queue.run(false, work(name)));
  expect(begun).toEqual(["a", "b"]);
  expect(await queue.run(false, work("e"))).toEqual({ ok: false, failure: "busy" });
  end("b");
  expect(await runs[1]).toEqual({ ok: true, value: "b" });
  expect(begun).toEqual(["a", "b", "c"]);
  for (const name of ["a", "c"]) end(name);
  await Promise.all([runs[0], runs[2]]);
  end("d");
  expect(await runs[3]).toEqual({ ok: true, value: "d" });
});

test("what is urgent has a line of its own, and goes first", async () => {
  const { begun, work, end } = pieces();
  const queue = new WorkQueue(1, 1);
  const first = queue.run(false, work("first"));
  const other = queue.run(false, work("other"));
  const urgent = queue.run(true, work("urgent"));
  end("first");
  await first;
  expect(begun).toEqual(["first", "urgent"]);
  end("urgent");
  await urgent;
  expect(begun).toEqual(["first", "urgent", "other"]);
  end("other");
  await other;
});

test("work that fails gives its place free", async () => {
  const { work, end } = pieces();
  const queue = new WorkQueue(1, 0);
  const broken = () => Promise.reject(new Error("broken"));
  await expect(queue.run(false, broken)).rejects.toThrow("broken");
  const next = queue.run(false, work("next"));
  end("next");
  expect(await next).toEqual({ ok: true, value: "next" });
});
