import { TOTP } from "otpauth";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { OpenedDatabase } from "@/lib/db/database";
import { accounts, recoveryCodes } from "@/lib/db/schema";
import { Secret } from "@/lib/secret";
import { deskEnvironment } from "@/lib/testing/desk-environment";
import { catchLog } from "@/lib/testing/desk-log";
import { testDatabases } from "@/lib/testing/test-databases";
import {
  countRecoveryCodes,
  newRecoveryCodes,
  newTotpSecret,
  recoveryCodeDigest,
  renewRecoveryCodes,
  spendCode,
  switchCodesOff,
  switchCodesOn,
  totpStepOf,
  totpUri,
} from "./one-time-codes";
import { seal } from "./seal";

for (const [name, value] of Object.entries(deskEnvironment("http://127.0.0.1:3000"))) {
  vi.stubEnv(name, value);
}

const now = new Date("2026-01-01T00:00:00Z");
const secret = newTotpSecret();

function codeOf(totpSecret: string, seconds = 0): string {
  return new TOTP({ secret: totpSecret }).generate({ timestamp: now.getTime() + seconds * 1000 });
}

describe.each(testDatabases)("one-time codes on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let ann: string;
  let bo: string;
  beforeAll(async () => {
    opened = await open();
    const people = ["ann", "bo"].map((name) => ({
      email: `${name}@example.com`,
      name,
      role: "support" as const,
    }));
    const added = await opened.db.insert(accounts).values(people).returning();
    [ann = "", bo = ""] = added.map(({ id }) => id);
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    for (const id of [ann, bo]) await switchCodesOff(opened.db, id);
  });

  async function switchOn(id = ann, seconds = -30): Promise<readonly string[]> {
    const code = codeOf(secret, seconds);
    const result = await switchCodesOn(opened.db, id, secret, code, now);
    if (!result.ok) throw new Error("Codes should be on.");
    return result.value.recoveryCodes;
  }
  const spend = (code: string, id = ann) => spendCode(opened.db, id, code, now);

  test("a wrong code does not switch them on", async () => {
    const wrong = codeOf(newTotpSecret());
    for (const code of [wrong, "", "000"]) {
      expect(await switchCodesOn(opened.db, ann, secret, code, now)).toMatchObject({
        failure: "wrong",
      });
    }
    expect(await spend(codeOf(secret))).toBeNull();
  });

  test("neither the secret nor a recovery code is in the database", async () => {
    const codes = await switchOn();
    const rows = [
      await opened.db.select().from(accounts),
      await opened.db.select().from(recoveryCodes),
    ];
    const text = JSON.stringify(rows);
    for (const each of [secret, ...codes]) expect(text).not.toContain(each);
  });

  test("they are not switched on twice", async () => {
    await switchOn();
    const other = newTotpSecret();
    expect(await switchCodesOn(opened.db, ann, other, codeOf(other), now)).toMatchObject({
      failure: "alreadyOn",
    });
    expect(await spend(codeOf(secret))).toBe("code");
  });

  test("the code that switched them on is used", async () => {
    await switchOn(ann, 0);
    expect(await spend(codeOf(secret))).toBeNull();
    expect(await spend(codeOf(secret, 30))).toBe("code");
  });

  test("of many who bring the same code at once, one is let in", async () => {
    const codes = await switchOn();
    for (const code of [codeOf(secret), codes[0] ?? ""]) {
      const spent = await Promise.all(Array.from({ length: 8 }, () => spend(code)));
      expect(spent.filter(Boolean)).toHaveLength(1);
    }
  });

  test("how a code is typed does not matter", async () => {
    const codes = await switchOn();
    const code = codeOf(secret);
    const wide = [...code].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    expect(await spend(` ${wide.slice(0, 3).join("")}\u3000${wide.slice(3).join("")} `)).toBe(
      "code",
    );
    expect(await spend(codes[0]?.toUpperCase().replaceAll("-", " ") ?? "")).toBe("recoveryCode");
  });

  test("each recovery code is good once, for its owner", async () => {
    const codes = await switchOn();
    expect(codes).toHaveLength(10);
    expect(await spend(codes[0] ?? "", bo)).toBeNull();
    for (const code of codes) expect(await spend(code)).toBe("recoveryCode");
    for (const code of codes) expect(await spend(code)).toBeNull();
    expect(await countRecoveryCodes(opened.db, ann)).toBe(0);
  });

  test("new recovery codes replace the earlier ones", async () => {
    const [earlier = ""] = await switchOn();
    const [renewed = ""] = await renewRecoveryCodes(opened.db, ann);
    expect(await spend(earlier)).toBeNull();
    expect(await countRecoveryCodes(opened.db, ann)).toBe(10);
    expect(await spend(renewed)).toBe("recoveryCode");
    expect(await countRecoveryCodes(opened.db, ann)).toBe(9);
  });

  test("once they are switched off, no code is good", async () => {
    const [recovery = ""] = await switchOn();
    await switchCodesOff(opened.db, ann);
    expect(await spend(codeOf(secret))).toBeNull();
    expect(await spend(recovery)).toBeNull();
  });

  test("with another AUTH_SECRET the recovery codes are still good", async () => {
    const [recovery = ""] = await switchOn();
    const totpSecret = seal(secret, ann, new Secret("another secret, also long enough"));
    await opened.db.update(accounts).set({ totpSecret });
    const log = catchLog();
    expect(await spend(codeOf(secret))).toBeNull();
    expect(log.join()).toContain("AUTH_SECRET");
    vi.restoreAllMocks();
    expect(await spend(recovery)).toBe("recoveryCode");
  });
});

describe("TOTP", () => {
  // The vectors of RFC 6238 for SHA-1, appendix B, of which six digits are used.
  const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  const at = (seconds: number) => new Date(seconds * 1000);

  test.each([
    [59, "287082"],
    [1111111109, "081804"],
    [1111111111, "050471"],
    [1234567890, "005924"],
    [2000000000, "279037"],
  ])("at %i s the code is %s", (seconds, code) => {
    expect(totpStepOf(SECRET, code, at(seconds))).toBe(Math.floor(seconds / 30));
  });

  test("a code is good in the step before its own and in the one after, and names its own", () => {
    const step = 37037036;
    const code = "081804";
    expect(totpStepOf(SECRET, code, at((step - 1) * 30 - 1))).toBeNull();
    expect(totpStepOf(SECRET, code, at((step - 1) * 30))).toBe(step);
    expect(totpStepOf(SECRET, code, at(step * 30))).toBe(step);
    expect(totpStepOf(SECRET, code, at((step + 2) * 30 - 1))).toBe(step);
    expect(totpStepOf(SECRET, code, at((step + 2) * 30))).toBeNull();
  });

  test.each(["", "81804", "0081804", "287082 ", "abcdef"])("%j is no code", (code) => {
    expect(totpStepOf(SECRET, code, at(59))).toBeNull();
  });

  test("secrets have 160 bits, and are new each time", () => {
    const secrets = new Set(Array.from({ length: 50 }, newTotpSecret));
    expect(secrets.size).toBe(50);
    for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  });

  test("the address for the app names the desk and the person", () => {
    const uri = new URL(totpUri(SECRET, "ann+x@example.com"));
    expect(uri.protocol + uri.host).toBe("otpauth:totp");
    expect(decodeURIComponent(uri.pathname)).toBe("/Channel Desk:ann+x@example.com");
    expect(Object.fromEntries(uri.searchParams)).toMatchObject({
      issuer: "Channel Desk",
      secret: SECRET,
      algorithm: "SHA1",
      digits: "6",
      period: "30",
    });
  });
});

describe("recovery codes", () => {
  test("there are ten, of 120 bits each, without letters that are taken for others", () => {
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes)
      expect(code).toMatch(/^([0-9a-hjkmnp-tv-z]{6}-){3}[0-9a-hjkmnp-tv-z]{6}$/);
  });

  test("every letter of the alphabet comes up", () => {
    const letters = new Set(Array.from({ length: 40 }, newRecoveryCodes).flat().join(""));
    expect(letters.size).toBe(33);
  });

  const DIGEST = recoveryCodeDigest("3mk01-0qxw2-abcde-fghjk");

  test.each([
    "3MK01-0QXW2-ABCDE-FGHJK",
    " 3mk01 0qxw2 abcde fghjk ",
    "3mk010qxw2abcdefghjk",
    "3mkoi-Oqxw2-abcde-fghjk",
    "3mkol\u20100qxw2\u2013abcde\u3000fghjk",
    "\uff13mk01-0qxw2-abcde-\uff46ghjk",
  ])("%s is the same code", (typed) => {
    expect(recoveryCodeDigest(typed)).toBe(DIGEST);
  });

  test("another code is another", () => {
    expect(recoveryCodeDigest("3mk01-0qxw2-abcde-fghjm")).not.toBe(DIGEST);
  });
});
