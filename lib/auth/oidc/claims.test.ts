import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Oidc } from "@/lib/env-services";
import { Secret } from "@/lib/secret";
import { ROLES, type Role } from "../permissions";
import { mergeClaims, needsUserInfo, readPerson, roleOf } from "./claims";

const oidc: Oidc = {
  issuer: "https://login.example.com",
  clientId: "desk",
  clientSecret: new Secret("secret"),
  name: "SSO",
  scopes: [],
  trustEmail: false,
  roleClaim: "roles",
  roles: new Map<string, Role>([
    ["helpers", "support"],
    ["makers", "product"],
    ["desk-admins", "admin"],
    ["owners", "admin"],
    ["Desk Owners", "admin"],
  ]),
};

const groups = fc.array(fc.constantFrom(...oidc.roles.keys(), "", "admin", "Desk-Admins", "x"));
const given = (all: readonly string[]) => all.map((group) => oidc.roles.get(group));

describe("roleOf", () => {
  it("is the one that may do most, whatever the order and however often", () => {
    const expected = (all: readonly string[]) =>
      (["admin", "product", "support"] as const).find((role) => given(all).includes(role)) ?? null;
    fc.assert(
      fc.property(groups, (all) => {
        expect(roleOf({ roles: all }, oidc)).toBe(expected(all));
        expect(roleOf({ roles: all.toReversed() }, oidc)).toBe(expected(all));
        expect(roleOf({ roles: [...all, ...all] }, oidc)).toBe(expected(all));
      }),
    );
  });

  it("is none for whatever holds no group of the configuration", () => {
    const known = new Set(oidc.roles.keys());
    const strange = fc.jsonValue().filter((value) => {
      const texts = Array.isArray(value) ? value : [value];
      return !texts.some((text) => typeof text === "string" && known.has(text));
    });
    fc.assert(
      fc.property(strange, (roles) => {
        expect(roleOf({ roles }, oidc)).toBeNull();
      }),
    );
  });

  it.each<[unknown, Role | null]>([
    ["helpers", "support"],
    ["helpers makers", "product"],
    ["staff, helpers,makers", "product"],
    ["Desk Owners,staff", "admin"],
    ["desk-admins-of-old", null],
    [["helpers makers"], null],
    [["helpers", "makers"], "product"],
    [[["desk-admins"]], null],
    [{ "desk-admins": true }, "admin"],
    [{ makers: { "214": "org.example.com" }, staff: {} }, "product"],
    [{ "desk-admins": false, owners: null, helpers: 1 }, "support"],
    [undefined, null],
    [null, null],
    [["constructor", "__proto__", "toString"], null],
  ])("of %j is %s", (roles, role) => {
    expect(roleOf({ roles }, oidc)).toBe(role);
  });

  it.each<[string, Record<string, unknown>, Role | null]>([
    ["realm_access.roles", { realm_access: { roles: ["makers"] } }, "product"],
    ["resource_access.desk.roles", { resource_access: { desk: { roles: "helpers" } } }, "support"],
    ["https://example.com/groups", { "https://example.com/groups": ["owners"] }, "admin"],
    ["a.b", { "a.b": "owners", a: { b: "helpers" } }, "admin"],
    ["realm_access.roles", { realm_access: "makers" }, null],
    ["realm_access.roles", { realm_access: null }, null],
    ["constructor.name", {}, null],
    ["roles.length", { roles: ["makers"] }, null],
  ])("is found at %s of %j", (roleClaim, claims, role) => {
    expect(roleOf(claims, { ...oidc, roleClaim })).toBe(role);
  });

  it("knows the roles from the least to the most", () => {
    expect(ROLES).toEqual(["support", "product", "admin"]);
  });
});

describe("readPerson", () => {
  const claims = {
    sub: "248289761001",
    email: " Ann@Example.COM ",
    email_verified: true,
    name: "Ann",
    roles: ["helpers"],
  };

  it("reads who it is", () => {
    expect(readPerson(claims, oidc)).toEqual({
      ok: true,
      value: {
        issuer: "https://login.example.com",
        subject: "248289761001",
        email: "ann@example.com",
        emailIsVerified: true,
        name: "Ann",
        role: "support",
      },
    });
  });

  it.each([[undefined], [false], ["true"], [1], [null]])(
    "does not take %j for a verified address",
    (email_verified) => {
      expect(readPerson({ ...claims, email_verified }, oidc)).toMatchObject({
        value: { emailIsVerified: false },
      });
    },
  );

  it.each([
    [undefined],
    [""],
    ["Ann"],
    [["ann@example.com"]],
    [`${"a".repeat(300)}@example.com`],
    ["ann@example.com\nbcc: all@example.com"],
    ["ann\u202e@example.com"],
  ])("refuses who has no address but %j", (email) => {
    expect(readPerson({ ...claims, email }, oidc)).toEqual({
      ok: false,
      failure: { problem: "emailMissing", account: "Ann", reason: expect.any(String) },
    });
  });

  it("counts an address as verified without the claim only where the configuration says so", () => {
    const trusting = { ...oidc, trustEmail: true };
    const isVerified = (email_verified: unknown) => {
      const person = readPerson({ ...claims, email_verified }, trusting);
      return person.ok && person.value.emailIsVerified;
    };
    expect([undefined, true, false, "true", null].map(isVerified)).toEqual([
      ...[true, true, false, false, false],
    ]);
  });

  it.each<[string, Record<string, unknown>, string, string | null, string]>([
    [
      ...(["no group of ours", { ...claims, roles: ["visitors"] }] as const),
      ...(["noRole", "ann@example.com", 'the claim "roles" holds no group of OIDC_ROLES'] as const),
    ],
    [
      ...(["no claim of groups", { sub: "1" }] as const),
      ...(["noRole", null, 'neither the ID token nor UserInfo has the claim "roles"'] as const),
    ],
    [
      ...([
        "too many groups",
        { ...claims, roles: undefined, _claim_names: { roles: "s" } },
      ] as const),
      ...(["tooManyGroups", "ann@example.com", 'left out the claim "roles"'] as const),
    ],
  ])("refuses a person with %s, and names the claim", (_, given, problem, account, reason) => {
    expect(readPerson(given, oidc)).toEqual({
      ok: false,
      failure: { problem, account, reason: expect.stringContaining(reason) },
    });
  });

  it("knows the overage of groups by hasgroups too, and not that of another claim", () => {
    const inGroups = { ...oidc, roleClaim: "groups" };
    const problemOf = (more: object) => readPerson({ sub: "1", ...more }, inGroups);
    expect(problemOf({ hasgroups: true })).toMatchObject({ failure: { problem: "tooManyGroups" } });
    expect(problemOf({ _claim_names: { other: "s" } })).toMatchObject({
      failure: { problem: "noRole" },
    });
  });

  it.each([[undefined], [""], [7], ["s".repeat(256)]])("refuses the subject %j", (sub) => {
    expect(readPerson({ ...claims, sub }, oidc)).toMatchObject({
      failure: { problem: "untrusted" },
    });
  });

  it.each([
    ["Ann \u202eEvil\u2066", "Ann Evil"],
    ["Ann\u0000\r\n  Lee\u200b", "Ann Lee"],
    ["\u3164 \u00ad", "ann@example.com"],
    ["   ", "ann@example.com"],
    ["…!?", "ann@example.com"],
    [7, "ann@example.com"],
    ["مریم\u200cها 👩\u200d🔬", "مریم\u200cها 👩\u200d🔬"],
    ["김하늘", "김하늘"],
  ])("makes of the name %j %j", (name, shown) => {
    expect(readPerson({ ...claims, name }, oidc)).toMatchObject({ value: { name: shown } });
  });

  it("cuts any name to a hundred characters that can be seen", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 3000 }), (name) => {
        const person = readPerson({ ...claims, name }, oidc);
        if (!person.ok) throw new Error("Ann should be read.");
        expect([...person.value.name].length).toBeLessThanOrEqual(100);
        expect(person.value.name).toMatch(/[\p{L}\p{N}]/u);
        expect(person.value.name).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e]/u);
      }),
    );
  });
});

describe("UserInfo", () => {
  const full = { sub: "1", email: "ann@example.com", email_verified: true, roles: ["helpers"] };

  it.each([["email"], ["email_verified"], ["roles"]])("is needed without %s", (claim) => {
    expect(needsUserInfo({ ...full, [claim]: undefined }, oidc)).toBe(true);
    expect(needsUserInfo(full, oidc)).toBe(false);
  });

  it("adds what the ID token lacks, and replaces nothing", () => {
    const userInfo = { ...full, email: "other@example.com", roles: ["owners"], name: "Ann" };
    expect(mergeClaims(full, userInfo, oidc)).toEqual({ ...full, name: "Ann" });
  });

  it("never vouches for the address of the ID token by that of another", () => {
    const idToken = { sub: "1", email: "boss@example.com" };
    expect(mergeClaims(idToken, full, oidc)).toMatchObject({
      email: "ann@example.com",
      email_verified: true,
    });
    expect(mergeClaims(idToken, { sub: "1", email_verified: true }, oidc)).toMatchObject({
      email: "boss@example.com",
      email_verified: undefined,
    });
  });

  it("adds groups at a path beside claims of the ID token", () => {
    const nested = { ...oidc, roleClaim: "realm_access.roles" };
    const idToken = { realm_access: { verified: true } };
    const merged = mergeClaims(idToken, { realm_access: { roles: ["makers"] } }, nested);
    expect(roleOf(merged, nested)).toBe("product");
  });
});
