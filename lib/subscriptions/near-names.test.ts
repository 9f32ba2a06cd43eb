import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  editsAllowed,
  letterForm,
  nameForm,
  nearChannels,
  nearness,
  nearOwnChannels,
} from "./near-names";

const letter = fc.constantFrom(
  ..."abcdefghijklmnopqrstuvwxyzäßİσς서울마라톤新闻ニュース0123456789",
);
const word = fc.array(letter, { minLength: 1, maxLength: 8 }).map((letters) => letters.join(""));
const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(" "));
const noise = fc.constantFrom(
  " ",
  "  ",
  "\u00a0",
  "\u3000",
  "-",
  "–",
  "’",
  "'",
  "“",
  '"',
  ".",
  "!",
);

describe("the forms of a name", () => {
  it.each([
    ["  Leeds   Radio ", "LEEDS RADIO"],
    ["“Leeds Radio”", "LEEDS RADIO"],
    ['"Leeds Radio"', "LEEDS RADIO"],
    ["The ‘Hour’ – live", "THE 'HOUR' - LIVE"],
    ["Ｌｅｅｄｓ", "LEEDS"],
    ['""', '""'],
  ])("%j is %j", (text, form) => expect(nameForm(text)).toBe(form));

  it("keep names apart that differ in punctuation only", () => {
    expect(nameForm("C++ News")).not.toBe(nameForm("C News"));
  });

  it("keep a name without letters", () => expect(letterForm("😀!")).toBe("😀!"));
});

describe("nearness", () => {
  it.each<[string, string, number | null]>([
    ["Leeds Radio Hour", "leeds radio hour", 0],
    ["서울마라톤", "서울 마라톤", 0],
    ["Leeds Radio", "Leeds Radio Hour", 1],
    ["Radio", "Leeds Radio Hour", 2],
    ["Hour Leeds", "Leeds Radio Hour", 3],
    ["Leads Radio", "Leeds Radio Hour", 4],
    ["Leesd Radio", "Leeds Radio Hour", 5],
    ["Bristol", "Leeds Radio Hour", null],
    ["xyz", "xya", null],
    ["", "Leeds", null],
    ["Leeds", "", null],
  ])("of %j to %j is %j", (wanted, name, rank) => expect(nearness(wanted, name)).toBe(rank));

  it("does not depend on blanks, quotes and punctuation", () => {
    fc.assert(
      fc.property(name, fc.array(noise, { maxLength: 6 }), fc.nat(), (text, marks, seed) => {
        const characters = [...text];
        for (const [index, mark] of marks.entries()) {
          characters.splice((seed * (index + 7)) % (characters.length + 1), 0, mark);
        }
        return nearness(characters.join(""), text) === 0;
      }),
    );
  });

  it("finds each part of a name", () => {
    fc.assert(
      fc.property(name, fc.nat(), fc.nat(), (text, from, length) => {
        const letters = [...letterForm(text)];
        const start = from % letters.length;
        const part = letters.slice(start, start + 1 + (length % (letters.length - start)));
        const found = nearness(part.join(""), text);
        return found !== null && found <= 2;
      }),
    );
  });

  it("finds a name in which one letter was left out, added or mistaken", () => {
    const edit = fc.constantFrom("leave out", "add", "mistake");
    fc.assert(
      fc.property(name, edit, letter, fc.nat(), (text, kind, added, at) => {
        const letters = [...letterForm(text)];
        const place = at % letters.length;
        if (kind === "leave out") letters.splice(place, 1);
        else letters.splice(place, kind === "add" ? 0 : 1, ...letterForm(added));
        fc.pre(editsAllowed(letters.length) > 0);
        // A letter may have two in its folded form, as ß has.
        fc.pre([...letterForm(added)].length === 1);
        return nearness(letters.join(""), text) !== null;
      }),
    );
  });
});

describe("near channels", () => {
  it("come nearest first, each ID once, found by name or ID", () => {
    const hour = { channelId: "@TOA#_1", name: "Leeds Radio Hour" };
    const radio = { channelId: "@TOA#_2", name: "Radio Leeds" };
    const plain = { channelId: "@TOA#_3", name: "Leeds Radio" };
    const byId = { channelId: "@TOA#_leedsradio" };
    const again = { channelId: "@TOA#_3", name: "Leeds Radio" };
    const channels = [byId, radio, hour, plain, again, { channelId: "@TOA#_9", name: "News" }];
    expect(nearChannels("leeds radio", channels, 9)).toEqual([plain, hour, byId, radio]);
    expect(nearChannels("leeds radio", channels, 1)).toEqual([plain]);
  });

  it("of the subscriber come before any number of other known ones", () => {
    const own = { channelId: "@TOA#_own", name: "Leeds Radio Hour" };
    const shorter = Array.from({ length: 20 }, (_, n) => ({
      channelId: `@TOA#_${n}`,
      name: `Leeds ${n}`,
    }));
    const near = nearOwnChannels("Leeds", [own], [own, ...shorter], 8);
    expect(near).toHaveLength(8);
    expect(near[0]).toBe(own);
    expect(near.filter(({ channelId }) => channelId === "@TOA#_own")).toHaveLength(1);
  });
});
