import { render, screen } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { expect, it } from "vitest";
import messages from "@/lib/messages/en.json";
import { Sparkline } from "./sparkline";

function draw(values: readonly (number | null)[]) {
  const { container } = render(
    <NextIntlClientProvider locale="en" messages={messages} timeZone="UTC">
      <Sparkline values={values} />
    </NextIntlClientProvider>,
  );
  return container;
}

it("says where it begins and ends, and has a line for each stretch that is known", () => {
  const drawn = draw([null, 1200, 1300, null, null, 900, 1000, null, 950]);
  expect(screen.getByRole("img").getAttribute("aria-label")).toBe("from 1,200 to 950 in 8 days");
  expect(drawn.querySelectorAll("polyline")).toHaveLength(2);
  expect(drawn.querySelectorAll("circle")).toHaveLength(1);
});

it("of a count that never moved is a line in the middle", () => {
  const points = draw([7, 7, 7]).querySelector("polyline")?.getAttribute("points");
  expect(points?.split(" ").map((point) => point.split(",")[1])).toEqual(["12.0", "12.0", "12.0"]);
});

it("of one count does not say that it stayed", () => {
  const label = draw([null, null, 1200]).querySelector("svg")?.getAttribute("aria-label");
  expect(label).toBe("1,200, one day of data");
});

it("of nothing is nothing", () => {
  expect(draw([null, null]).innerHTML).toBe("");
});
