import { expect, test } from "vitest";
import { startEmulator } from "./children";
import type { Lifetime } from "./command";

const app = { sdkAppId: 1400000001, adminId: "administrator", secretKey: "key" };

function lifetime() {
  const closings: (() => unknown)[] = [];
  let fail: (error: unknown) => void = () => {};
  const failed = new Promise<unknown>((resolve) => {
    fail = resolve;
  });
  const life: Lifetime = { atEnd: (close) => closings.push(close), fail };
  return { life, failed, end: () => Promise.all(closings.map((close) => close())) };
}

test("the emulator answers until the end", async () => {
  const { life, failed, end } = lifetime();
  const address = await startEmulator([app], life);
  expect((await fetch(`${address}/emulator/personas`)).status).toBe(200);
  await end();
  await expect(fetch(`${address}/emulator/personas`)).rejects.toThrow("fetch failed");
  expect(await failed).toMatchObject({ message: "The emulator has stopped." });
});

test("an emulator that cannot start is one sentence", async () => {
  const { life } = lifetime();
  const nonsense = [{ ...app, sdkAppId: -1 }];
  await expect(startEmulator(nonsense, life)).rejects.toThrow("The emulator did not start.");
});
