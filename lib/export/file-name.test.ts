import { expect, it } from "vitest";
import { attachment, exportFileName, manifestFileName } from "./formats";

const at = new Date("2026-02-03T04:05:06.789Z");

it.each([
  ["107867", "channels-of-107867-demo-20260203T040506Z.csv"],
  ["../../etc/passwd", "channels-of-.._.._etc_passwd-demo-20260203T040506Z.csv"],
  ['a"b;c\\d', "channels-of-a_b_c_d-demo-20260203T040506Z.csv"],
  ["CON: <x>|?*%00", "channels-of-CON_x_00-demo-20260203T040506Z.csv"],
  ["\r\nSet-Cookie: a=b", "channels-of-_Set-Cookie_a_b-demo-20260203T040506Z.csv"],
])("makes a name that every system takes of %j", (subscriberId, name) => {
  expect(exportFileName(`channels-of-${subscriberId}-demo`, at, "csv")).toBe(name);
  expect(attachment(name)).toBe(`attachment; filename="${name}"; filename*=UTF-8''${name}`);
});

it("names the manifest after its file", () => {
  expect(manifestFileName("channels-of-1.csv-20260203T040506Z.csv")).toBe(
    "channels-of-1.csv-20260203T040506Z.manifest.json",
  );
});
