import { describe, expect, it } from "vitest";
import {
  CATALOGUE_SIZE,
  type Channel,
  channelAt,
  EPOCH,
  faceUrl,
  findChannel,
  lastMsgTime,
  subscriberNum,
} from "./catalogue";

const YEAR = 365 * 86_400;
const channels = Array.from({ length: CATALOGUE_SIZE }, (_, number) => channelAt(number));

describe("the catalogue", () => {
  it("has different ids and names, within the sizes the vendor allows", () => {
    expect(new Set(channels.map((channel) => channel.Official_Account)).size).toBe(CATALOGUE_SIZE);
    expect(new Set(channels.map((channel) => channel.Name)).size).toBe(CATALOGUE_SIZE);
    expect(channels.filter((channel) => !isWithinSizes(channel))).toStrictEqual([]);
  });

  it("finds every channel by its id, beyond the catalogue too", () => {
    const numbers = [...channels.keys(), 9999, 50_000, 99_998, 99_999];
    for (const number of numbers) {
      expect(findChannel(channelAt(number).Official_Account)).toBe(channelAt(number));
    }
    expect(findChannel(channelAt(100_000).Official_Account)).toBeNull();
  });

  it("speaks four languages for a dozen organisations", () => {
    for (const letters of [
      /^[A-Z][a-z]+ /,
      /^\p{Script=Hangul}+ /u,
      /[ぁ-ヿ]/,
      /^\p{Script=Han}+$/u,
    ]) {
      expect(channels.filter((channel) => letters.test(channel.Name)).length).toBeGreaterThan(250);
    }
    const names = new Set(channels.map((channel) => channel.Organization));
    names.delete("");
    expect(names.size).toBe(12);
  });

  it("has channels of every kind that a screen has to cope with", () => {
    const kinds: Record<string, (channel: Channel) => boolean> = {
      withoutCreateTime: (channel) => channel.CreateTime === undefined,
      withoutMessages: (channel) => lastMsgTime(channel, EPOCH) === 0,
      silentForYears: (channel) => isSilent(channel),
      withoutAvatar: (channel) => faceUrl(channel, "") === undefined,
      withEmptyAvatar: (channel) => faceUrl(channel, "") === "",
      withJson: (channel) => channel.CustomString.startsWith("{"),
      withoutCustomString: (channel) => channel.CustomString === "",
      huge: (channel) => subscriberNum(channel, EPOCH) > 1_000_000,
      tiny: (channel) => subscriberNum(channel, EPOCH) < 50,
      shrinking: (channel) => subscriberNum(channel, EPOCH + YEAR) < subscriberNum(channel, EPOCH),
    };
    for (const [kind, isOfKind] of Object.entries(kinds)) {
      expect(channels.filter(isOfKind).length, kind).toBeGreaterThan(4);
    }
  });
});

describe("a channel", () => {
  it("grows with the clock and never falls below zero", () => {
    const growing = { ...channelAt(1), subscribers: { count: 100, perDay: 10 } };
    expect(subscriberNum(growing, EPOCH)).toBe(100);
    expect(subscriberNum(growing, EPOCH + 86_400 * 3)).toBe(130);
    expect(subscriberNum(growing, EPOCH - 86_400 * 100)).toBe(0);
  });

  it("has its last message at the last beat before now", () => {
    const beating = { ...channelAt(1), messages: { at: 1000, every: 60 } };
    expect(lastMsgTime(beating, 900)).toBe(1000);
    expect(lastMsgTime(beating, 1059)).toBe(1000);
    expect(lastMsgTime(beating, 1060)).toBe(1060);
    expect(lastMsgTime(beating, 1185)).toBe(1180);
  });
});

function isSilent(channel: Channel): boolean {
  const last = lastMsgTime(channel, EPOCH);
  return last > 0 && last < EPOCH - 2 * YEAR;
}

function isWithinSizes(channel: Channel): boolean {
  const sizes: [string, number][] = [
    [channel.Official_Account, 48],
    [channel.Owner_Account, 32],
    [channel.Name, 150],
    [channel.Introduction, 400],
    [channel.Organization, 500],
    [channel.CustomString, 3000],
  ];
  return (
    /^@TOA#_[\x20-\x7e]+$/.test(channel.Official_Account) &&
    sizes.every(([text, most]) => Buffer.byteLength(text) <= most)
  );
}
