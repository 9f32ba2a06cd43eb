import { describe, expect, it } from "vitest";
import {
  CATALOGUE_SIZE,
  type Channel,
  channelAt,
  EPOCH,
  isThere,
  lastMsgTime,
  numberInPlace,
  subscriberNum,
} from "./catalogue";

const DAY = 86_400;
const channels = Array.from({ length: CATALOGUE_SIZE }, (_, number) => channelAt(number));
// A year and more after the epoch, and before it, at different hours.
const times = [-200.3, -8.1, 0, 37.4, 173.9, 400.6].map((days) => EPOCH + Math.floor(days * DAY));

function moved(channel: Channel, now: number, seconds: number): number {
  const before = subscriberNum(channel, now - seconds);
  return before === 0 ? 0 : subscriberNum(channel, now) / before - 1;
}

describe.each(times)("at %i", (now) => {
  it("some channels have jumped in a week, some were purged, and most moved little", () => {
    const weekly = channels.map((channel) => moved(channel, now, 7 * DAY));
    expect(weekly.filter((share) => share > 0.2).length).toBeGreaterThan(5);
    expect(weekly.filter((share) => share < -0.08).length).toBeGreaterThan(5);
    const little = weekly.filter((share) => Math.abs(share) < 0.05);
    expect(little.length).toBeGreaterThan(CATALOGUE_SIZE / 2);
  });

  it("many move within ten minutes, but none by much", () => {
    const soon = channels.map((channel) => moved(channel, now, 600));
    expect(soon.filter((share) => share !== 0).length).toBeGreaterThan(CATALOGUE_SIZE / 4);
    // Very small ones move by a whole subscriber.
    const large = channels.filter((channel) => subscriberNum(channel, now) > 1000);
    const most = Math.max(...large.map((channel) => Math.abs(moved(channel, now, 60))));
    expect(most).toBeLessThan(0.05);
  });

  it("counts never fall below zero and stay whole", () => {
    const counts = channels.map((channel) => subscriberNum(channel, now));
    expect(counts.filter((count) => !Number.isSafeInteger(count) || count < 0)).toStrictEqual([]);
  });

  it("some fell silent in the week before, some speak again after a month", () => {
    const silence = (channel: Channel, time: number) => time - lastMsgTime(channel, time);
    const fellSilent = channels.filter((channel) => {
      const seconds = silence(channel, now);
      const every = channel.messages.every;
      return every > 0 && every < 7 * DAY && seconds >= 7 * DAY && seconds < 14 * DAY;
    });
    const again = channels.filter(
      (channel) =>
        channel.messages.every > 0 &&
        channel.messages.every < 7 * DAY &&
        silence(channel, now - 7 * DAY) > 30 * DAY &&
        silence(channel, now) < 7 * DAY,
    );
    expect(fellSilent.length).toBeGreaterThan(2);
    expect(again.length).toBeGreaterThan(2);
  });

  it("some were made in the week before, some of that kind are gone, none is twice", () => {
    const places = Array.from({ length: 30 }, (_, place) => numberInPlace(place, now));
    const passing = places.flatMap((number) => (number === null ? [] : [channelAt(number)]));
    const there = passing.filter((channel) => isThere(channel, now));
    const young = there.filter(({ CreateTime = 0 }) => CreateTime > now - 7 * DAY);
    const gone = passing.filter(
      ({ life }) => life && life.until <= now && life.until > now - 7 * DAY,
    );
    expect(young.length).toBeGreaterThan(2);
    expect(gone.length).toBeGreaterThan(1);
    expect(new Set(passing.map((channel) => channel.Official_Account)).size).toBe(30);
    for (const channel of young) expect(subscriberNum(channel, now)).toBeGreaterThanOrEqual(30);
  });
});

it("the last message is never earlier than it was, and never to come", () => {
  for (const channel of channels.slice(0, 300)) {
    let last = 0;
    for (let now = EPOCH; now < EPOCH + 120 * DAY; now += DAY / 3) {
      const time = lastMsgTime(channel, now);
      expect(time).toBeGreaterThanOrEqual(last);
      if (now > channel.messages.at) expect(time).toBeLessThanOrEqual(now);
      last = time;
    }
  }
});
