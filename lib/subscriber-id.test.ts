import { describe, expect, it } from "vitest";
import { subscriberIdProblem } from "./subscriber-id";

describe("subscriberIdProblem", () => {
  it.each(["107867", "007", "1234567890123456789", "user name", "a".repeat(32), "o'neil@x_-."])(
    "takes %s",
    (id) => {
      expect(subscriberIdProblem(id)).toBeNull();
    },
  );

  it.each([
    ["", "empty"],
    ["a".repeat(33), "tooLong"],
    ["@TOA#_shop", "channel"],
    ["用户", "unprintable"],
    ["a\u0000b", "unprintable"],
    ["a\u202eb", "unprintable"],
    ["a\nb", "unprintable"],
  ])("refuses %j as %s", (id, problem) => {
    expect(subscriberIdProblem(id)).toBe(problem);
  });
});
