import { expect, it } from "vitest";
import { unsetVariables } from "./unset-variables";

it("blanks whatever configures a desk", () => {
  const blank = unsetVariables();
  expect(blank).toMatchObject({ APP_URL: "", CHAT_APPS: "", DATABASE_URL: "", PORT: "" });
  expect(new Set(Object.values(blank))).toEqual(new Set([""]));
});
