import { fireEvent, render, screen } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { expect, it, vi } from "vitest";
import messages from "@/lib/messages/en.json";
import { formats } from "@/lib/messages/formats";
import { hasBand, TrendFigure } from "./trend-figure";

vi.mock("@/components/chart/lazy-plot", () => ({ LazyPlot: () => null }));

const line = (least: (number | null)[], most: (number | null)[]) => ({
  ...{ label: "News", values: most },
  ...{ least, most },
});

it.each([
  ["has a height", [line([1, 2], [3, 2])], true],
  ["has single counts only", [line([2, 2], [2, 2])], false],
  ["has readings only", [line([null, null], [null, null])], false],
  ["has a height at its last moment only, where nothing is drawn", [line([2, 1], [2, 3])], false],
  ["is one of two", [line([1, 2], [3, 2]), line([1, 2], [3, 2])], false],
])("names the band in the legend where it is drawn: a line that %s", (_, lines, has) => {
  expect(hasBand({ moments: [0, 1], lines } as never)).toBe(has);
});

it("says that there is no picture to download before the chart is drawn", async () => {
  const data = { from: 0, to: 1, moments: [], lines: [], marks: [] };
  render(
    <NextIntlClientProvider locale="en" messages={messages} formats={formats} timeZone="UTC">
      <TrendFigure
        {...{ data, counts: [], baseless: [], label: "Subscribers", timeZone: "UTC" }}
        {...{ isIndex: false, isReduced: false, isOneReading: false }}
        picture={{ title: "News", notes: [], fileName: "news.png" }}
      />
    </NextIntlClientProvider>,
  );
  fireEvent.click(screen.getByRole("button", { name: "Download PNG" }));
  const sentence = "Could not create the image. Wait until the chart appears, then try again.";
  expect((await screen.findByText(sentence)).getAttribute("role")).toBe("status");
});
