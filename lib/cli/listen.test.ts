import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { CommandError } from "./command";
import { availablePort, createDeskServer, listen, openTransport, RECEIVING_LIMITS } from "./listen";

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

describe("slow clients", () => {
  test("the limits are 16 KiB and 10 s for headers, and 30 s for a request", () => {
    expect(RECEIVING_LIMITS).toEqual({
      maxHeaderSize: 16 * 1024,
      headersTimeout: 10_000,
      requestTimeout: 30_000,
    });
  });

  test.each([
    ["headers", "GET / HTTP/1.1\r\nHost: desk\r\n"],
    ["a body", "POST / HTTP/1.1\r\nHost: desk\r\nContent-Length: 2\r\n\r\n1"],
  ])(
    "a client that stops in the middle of %s is disconnected soon after the limit",
    async (_, sent) => {
      const limits = { headersTimeout: 200, requestTimeout: 200 };
      const servers = [
        createServer({ ...limits, connectionsCheckingInterval: 15_000 }),
        createDeskServer(limits),
      ];
      const disconnected: Promise<string>[] = [];
      // Node's default interval is 30 s, so a server with half of it stands for one that is too late.
      for (const [index, server] of servers.entries()) {
        const socket = connect(await listen(server, 0, "127.0.0.1"), "127.0.0.1", () =>
          socket.write(sent),
        );
        await once(server, "connection");
        disconnected.push(
          new Promise((resolve) => {
            socket.resume().on("error", () => {});
            socket.on("close", () => resolve(index === 0 ? "late" : "desk"));
          }),
        );
      }
      expect(await Promise.race(disconnected)).toBe("desk");
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
    },
  );
});
