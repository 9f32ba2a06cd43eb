import { createServer } from "node:http";
import { expect, test } from "vitest";
import { CommandError } from "./command";
import { availablePort, listen, openTransport } from "./listen";

test("a taken port is one sentence that names the way out", async () => {
  const other = createServer();
  const port = await listen(other, 0, "127.0.0.1");
  const listening = listen(createServer(), port, "127.0.0.1");
  await expect(listening).rejects.toThrow(CommandError);
  await expect(listening).rejects.toThrow(`Port ${port} is in use: `);
  await expect(listening).rejects.toThrow(`PORT=${port + 1}.`);
  await expect(availablePort(port, "127.0.0.1")).rejects.toThrow(`Port ${port} is in use: `);
  other.close();
});

test("an address of another machine is one sentence", async () => {
  const listening = listen(createServer(), 0, "192.0.2.1");
  await expect(listening).rejects.toThrow(CommandError);
  await expect(listening).rejects.toThrow('LISTEN_ADDRESS is "192.0.2.1", which is not an address');
});

test("an available port can be listened on afterwards", async () => {
  const port = await availablePort(0, "127.0.0.1");
  const server = createServer();
  expect(await listen(server, port, "127.0.0.1")).toBe(port);
  server.close();
});

test.each([
  "https://desk.example.com",
  "http://127.0.0.1:3000",
  "http://[::1]:3000",
  "http://localhost",
  "http://desk.localhost",
])("%s is read by nobody on the way", (appUrl) => {
  expect(openTransport(new URL(appUrl))).toBeNull();
});

test.each(["http://desk.example.com", "http://10.0.0.7:3000", "http://127.0.0.1.example.com"])(
  "%s could be",
  (appUrl) => {
    expect(openTransport(new URL(appUrl))).toMatch(/^APP_URL uses http: .* TLS proxy\.$/);
  },
);
