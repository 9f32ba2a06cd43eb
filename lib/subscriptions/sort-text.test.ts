import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sorts } from "@/lib/testing/arbitrary-subscriptions";
import { COLUMN_IDS, parseSorts as parse, writeSorts } from "./filter";

const parseSorts = (text: string) => parse(text, COLUMN_IDS);

describe("the text of sorts", () => {
  it("brings back all sorts", () => {
    fc.assert(
      fc.property(sorts, (wanted) => {
        expect(parseSorts(writeSorts(wanted)) ?? []).toEqual(wanted);
      }),
    );
  });

  it.each([
    ["-subscriberCount,name", "-subscriberCount,name"],
    ["name,-name", "name"],
    ["secretKey,-channelId", "-channelId"],
    ["name,ownerId,createdAt,avatarUrl", "name,ownerId,createdAt"],
    ["nobody,name,name,ownerId,createdAt", "name,ownerId,createdAt"],
  ])("understands %s as %s", (text, canonical) => {
    expect(writeSorts(parseSorts(text) ?? [])).toBe(canonical);
  });

  it.each(["", "-", ",", "--name", "Name", "toString", " name"])("refuses %j", (text) => {
    expect(parseSorts(text)).toBeNull();
  });
});
