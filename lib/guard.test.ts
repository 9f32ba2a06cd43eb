import { createTranslator } from "use-intl/core";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import type { User } from "./auth/accounts";
import { ChatApiError } from "./chat-api/errors";
import { guard, guardRoute } from "./guard";
import messages from "./messages/en.json";
import { failure, success } from "./result";

const session = vi.hoisted(() => ({ user: null as User | null }));
vi.mock("./auth/session", () => ({ currentUser: async () => session.user }));
vi.mock("next-intl/server", () => ({
  getTranslations: async (namespace: "failures") =>
    createTranslator({ locale: "en", messages, namespace }),
}));

const person = (role: User["role"]): User => ({ id: "1", email: "a@b.test", name: "Ann", role });
const run = vi.fn();
const guarded = guard({
  permission: "audit",
  input: z.strictObject({ id: z.string() }),
  run,
});

beforeEach(() => {
  run.mockReset();
  session.user = person("admin");
});

describe("guard", () => {
  it("runs for a person who may, with what was parsed and who asks", async () => {
    run.mockResolvedValue(success("done"));
    expect(await guarded({ id: "x" })).toEqual({ ok: true, value: "done" });
    expect(run).toHaveBeenCalledExactlyOnceWith({ id: "x" }, session.user);
  });

  it.each([
    ["nobody", null, { id: "x" }, "signedOut"],
    ["a role without the permission", person("support"), { id: "x" }, "notAllowed"],
    ["another role without it", person("product"), { id: "x" }, "notAllowed"],
    ["nobody with garbage", null, undefined, "signedOut"],
    ["garbage", person("admin"), undefined, "invalid"],
    ["a field too many", person("admin"), { id: "x", role: "admin" }, "invalid"],
    ["a wrong type", person("admin"), { id: 1 }, "invalid"],
  ])("refuses %s, and runs nothing", async (_, user, input, code) => {
    session.user = user;
    expect(await guarded(input)).toMatchObject({ ok: false, failure: { code } });
    expect(run).not.toHaveBeenCalled();
  });

  it("makes a value of what the vendor refused", async () => {
    run.mockRejectedValue(new ChatApiError({ kind: "rejected", code: 131000, info: "off" }));
    expect(await guarded({ id: "x" })).toMatchObject({
      ok: false,
      failure: { code: "vendor", vendor: { code: 131000, info: "off" } },
    });
  });

  it("passes on what the work itself refuses", async () => {
    run.mockResolvedValue(failure("unknownApp"));
    expect(await guarded({ id: "x" })).toMatchObject({
      ok: false,
      failure: { code: "unknownApp" },
    });
  });

  it("lets a bug be a bug", async () => {
    run.mockRejectedValue(new TypeError("x is undefined"));
    await expect(guarded({ id: "x" })).rejects.toThrow(TypeError);
  });
});

describe("guardRoute", () => {
  const answer = vi.fn();
  const route = guardRoute({
    permission: "audit",
    input: z.strictObject({ id: z.string() }),
    run: answer,
  });
  const request = (heads: Record<string, string> = {}) =>
    new Request("http://desk.test/x", { headers: heads });

  beforeEach(() => {
    answer.mockReset();
  });

  it.each<Record<string, string>>([
    {},
    { "sec-fetch-site": "same-origin" },
    { "sec-fetch-site": "none" },
  ])("gives the answer of the work to a request with %j", async (heads) => {
    const response = new Response("rows");
    answer.mockResolvedValue(success(response));
    expect(await route(request(heads), { id: "x" })).toBe(response);
    expect(answer).toHaveBeenCalledExactlyOnceWith({ id: "x" }, session.user, expect.any(Request));
  });

  it.each([
    ["nobody", null, { id: "x" }, {}, 401, "signedOut"],
    ["a role without the permission", person("support"), { id: "x" }, {}, 403, "notAllowed"],
    [
      "another site",
      person("admin"),
      { id: "x" },
      { "sec-fetch-site": "cross-site" },
      403,
      "notAllowed",
    ],
    [
      "a neighbour of the same site",
      person("admin"),
      { id: "x" },
      { "sec-fetch-site": "same-site" },
      403,
      "notAllowed",
    ],
    ["garbage", person("admin"), { id: 1 }, {}, 400, "invalid"],
  ])("refuses %s, and runs nothing", async (_, user, raw, heads, status, code) => {
    session.user = user;
    const response = await route(request(heads), raw);
    expect(response.status).toBe(status);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await response.json()).toMatchObject({ failure: { code } });
    expect(answer).not.toHaveBeenCalled();
  });

  it.each([
    [404, () => Promise.resolve(failure("unknownApp")), "unknownApp"],
    [
      502,
      () => Promise.reject(new ChatApiError({ kind: "rejected", code: 131000, info: "off" })),
      "vendor",
    ],
  ])("answers %i where the work refuses", async (status, run, code) => {
    answer.mockImplementation(run);
    const response = await route(request(), { id: "x" });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ failure: { code } });
  });
});
