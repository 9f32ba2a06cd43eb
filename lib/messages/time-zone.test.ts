import { describe, expect, it } from "vitest";
import { chooseTimeZone } from "./time-zone";

describe("chooseTimeZone", () => {
  it.each([
    ["Asia/Seoul", "Asia/Seoul"],
    ["America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"],
    ["Mars/Olympus", "UTC"],
    ["<script>", "UTC"],
    ["", "UTC"],
    [undefined, "UTC"],
  ])("%j gives %s", (reported, expected) => {
    expect(chooseTimeZone(reported)).toBe(expected);
  });
});
