import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { ended, startProgram } from "@/lib/testing/program";

test.each(["demo", "dev"])(
  "%s says that its port is in use before it does anything",
  async (name) => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const result = await ended(
      startProgram(`lib/cli/${name}.ts`, tmpdir(), {
        PORT: String(port),
        DATABASE_URL: "nonsense",
      }),
    );
    other.close();
    expect(result).toEqual({
      exitCode: 1,
      output: "",
      errors: `Port ${port} is in use: stop the program that uses it, or choose another with PORT=${port + 1}.\n`,
    });
  },
);

test("demo says that its port is none", async () => {
  const { exitCode, errors } = await ended(
    startProgram("lib/cli/demo.ts", tmpdir(), { PORT: "http" }),
  );
  expect(exitCode).toBe(1);
  expect(errors).toBe('PORT is "http": it must be a whole number from 0 to 65535.\n');
});
