import { describe, expect, it } from "vitest";
import { FIELDS } from "@/lib/chat-api/types";
import { visibleFields } from "./fields";

describe("visibleFields", () => {
  it("shows support and administrators every field", () => {
    expect(visibleFields("support")).toEqual(FIELDS);
    expect(visibleFields("admin")).toEqual(FIELDS);
  });

  it("keeps what was said about a subscriber from product managers", () => {
    expect(visibleFields("product")).toEqual(
      FIELDS.filter((field) => field !== "subscriberCustomString"),
    );
  });
});
