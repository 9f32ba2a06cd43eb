import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AUDIT_ACTIONS, AUDIT_OUTCOMES } from "@/lib/audit/event";
import { AUDIT_SORTS } from "@/lib/audit/list";
import {
  type AuditParams,
  aboutOf,
  auditAddress,
  auditInput,
  NO_FILTER,
  readAuditParams,
  SIZES,
  writeAuditParams,
} from "./search-params";

const read = (query: string, timeZone = "UTC") =>
  readAuditParams(new URLSearchParams(query), timeZone);
const canonical = (query: string, timeZone = "UTC") =>
  decodeURIComponent(writeAuditParams(read(query, timeZone)).toString());

const DEFAULTS: AuditParams = {
  filter: NO_FILTER,
  sort: { by: "time", descending: true },
  ...{ size: 50, page: 1, through: null, deskApp: null, link: null },
};

describe("an address of the audit", () => {
  it("may say nothing, or nothing of use", () => {
    expect(read("")).toEqual(DEFAULTS);
    const useless =
      "from=&to=x&person=%20&action=fly&outcome=&inApp=&subscriber=&target=&request=&sort=hash&size=x&page=0&through=0&else=1";
    expect(read(useless)).toEqual(DEFAULTS);
    expect(canonical(useless)).toBe("");
  });

  it("is written in one way, whatever a form has sent", () => {
    const sent =
      "app=demo&sort=-rows&from=2026-03-01T09:00&to=&person=+ann&subscriber=007&size=50&outcome=failed&action=lookup&action=signIn&target=";
    const written =
      "app=demo&from=2026-03-01T00:00:00Z&person=ann&action=lookup&action=signIn&outcome=failed&subscriber=007&sort=-rows";
    expect(canonical(sent, "Asia/Seoul")).toBe(written);
    expect(canonical(written, "America/New_York")).toBe(written);
  });

  it.each([
    ["2026-03-01T09:00:30", "Asia/Seoul", "2026-03-01T00:00:30Z"],
    ["2026-03-01T09:00:30.5Z", "Asia/Seoul", "2026-03-01T09:00:30.500Z"],
    ["2026-13-01T09:00", "UTC", undefined],
    ["2026-02-30T09:00Z", "UTC", "2026-03-02T09:00:00Z"],
    ["2026-03-01", "UTC", undefined],
    ["2026-03-01T25:00Z", "UTC", undefined],
  ])("reads the moment %s in %s", (text, timeZone, moment) => {
    expect(writeAuditParams(read(`from=${text}`, timeZone)).get("from") ?? undefined).toBe(moment);
  });

  it("has sizes that are offered, and texts that the database can be asked for", () => {
    expect(["1", "50", "51", "100", "999"].map((size) => read(`size=${size}`).size)).toEqual([
      50, 50, 100, 100, 200,
    ]);
    expect(read(`person=a%00b`).filter.person).toBe("a\ufffdb");
    expect(read(`person=${"x".repeat(9000)}`).filter.person).toHaveLength(500);
  });

  it("means the same when it is written and read again", () => {
    const text = fc.option(
      fc.string({ minLength: 1, maxLength: 20 }).filter((given) => given === given.trim()),
    );
    const moment = fc.option(
      fc.date({ min: new Date(0), max: new Date("9999-12-31"), noInvalidDate: true }),
    );
    const params: fc.Arbitrary<AuditParams> = fc.record({
      filter: fc.record({
        from: moment,
        to: moment,
        person: text,
        actions: fc.subarray([...AUDIT_ACTIONS]),
        outcomes: fc.subarray([...AUDIT_OUTCOMES]),
        app: text,
        subscriberId: text,
        target: text,
        requestId: text,
      }),
      sort: fc.record({ by: fc.constantFrom(...AUDIT_SORTS), descending: fc.boolean() }),
      size: fc.constantFrom(...SIZES),
      page: fc.integer({ min: 1, max: 1e9 }),
      through: fc.option(fc.integer({ min: 1, max: 1e9 })),
      deskApp: text,
      link: fc.constant(null),
    });
    fc.assert(
      fc.property(params, (given) => {
        const address = writeAuditParams(given);
        expect(readAuditParams(address, "Asia/Seoul")).toEqual(given);
        expect(auditInput.parse(address)).toEqual(given);
      }),
    );
  });
});

describe("the ways from an address", () => {
  const params = read("app=demo&subscriber=u&sort=rows&size=100&page=3&through=9");

  it("lead to the first page of what there is then, but for other pages", () => {
    expect(auditAddress(params)).toBe("/audit?app=demo&subscriber=u&sort=rows&size=100");
    expect(auditAddress(params, { page: 2, through: 9 }, "/elsewhere")).toBe(
      "/elsewhere?app=demo&subscriber=u&sort=rows&size=100&page=2&through=9",
    );
    expect(auditAddress(DEFAULTS)).toBe("/audit");
  });

  it("hold a link in the place of what was typed, and name what of it holds no more", () => {
    const link = { id: "abc", hidden: "person=ann&subscriber=107867&target=107867" };
    const open = "app=demo&action=lookup&sort=rows&page=3&through=9";
    const linked = readAuditParams(new URLSearchParams(`${open}&${link.hidden}`), "UTC", link);
    const { filter } = linked;
    expect(auditAddress(linked)).toBe("/audit?app=demo&action=lookup&sort=rows&link=abc");
    expect(auditAddress(linked, { page: 2, through: 9 }, "/audit/export")).toBe(
      "/audit/export?app=demo&action=lookup&sort=rows&page=2&through=9&link=abc",
    );
    expect(auditAddress(linked, { filter: { ...filter, actions: [] } })).toBe(
      "/audit?app=demo&sort=rows&link=abc",
    );
    expect(auditAddress(linked, { filter: { ...filter, subscriberId: null, target: null } })).toBe(
      "/audit?app=demo&action=lookup&sort=rows&link=abc&without=subscriber&without=target",
    );
    expect(auditAddress(linked, { filter: NO_FILTER })).toBe("/audit?app=demo&sort=rows");
  });

  it("are told to the audit in words", () => {
    expect(aboutOf(params)).toEqual({ app: null, subscriberId: "u", target: "page=3" });
    expect(aboutOf(read("inApp=demo&action=lookup&action=signIn&person=ann"))).toEqual({
      app: "demo",
      subscriberId: null,
      target: "person=ann action=lookup action=signIn",
    });
    expect(aboutOf(DEFAULTS)).toEqual({ app: null, subscriberId: null, target: null });
  });
});
