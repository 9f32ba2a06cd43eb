import { describe, expect, it } from "vitest";
import { pastedIds } from "./add-dialog";

describe("the ids in a text", () => {
  it.each([
    ["a list of lines", "@TOA#_1\n @TOA#_2 \r\n\n@TOA#_1", ["@TOA#_1", "@TOA#_2"], 0],
    ["a list on one line", "@TOA#_1, @TOA#_2；@TOA#_3、@TOA#_4", 4, 0],
    ["quotes", '"@TOA#_1","@TOA#_2"', ["@TOA#_1", "@TOA#_2"], 0],
    ["a file of the desk", "Name,Channel ID\r\nNews,'@TOA#_1\r\n", ["@TOA#_1"], 3],
    ["ids of another kind, with a header", "Channel ID\nnews\nsport", ["news", "sport"], 1],
    ["nothing", " \n,\t", [], 0],
  ])("of %s", (_, text, ids, ignored) => {
    const found = pastedIds(text);
    if (typeof ids === "number") expect(found.ids).toHaveLength(ids);
    else expect(found.ids).toEqual(ids);
    expect(found.ignored).toBe(ignored);
  });
});
