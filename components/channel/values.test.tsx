import { fireEvent, render, screen } from "@testing-library/react";
import { createFormatter, NextIntlClientProvider } from "next-intl";
import { expect, it } from "vitest";
import { CopyRegion } from "@/components/ui/copy";
import messages from "@/lib/messages/en.json";
import { CompareLink } from "./compare-link";
import { Sparkline } from "./sparkline";
import { ChangeText, Identifier, ProblemCode } from "./values";

const format = createFormatter({ locale: "en", timeZone: "UTC" });

it.each([
  ["a sign and a share", 1204, 2.44, "+1,204+2.4%"],
  ["both of a loss", -1204, -2.44, "−1,204−2.4%"],
  ["more digits of a small share", 5, 0.04, "+5+0.04%"],
  ["that a share is too small for two digits", 5, 0.004, "+5+<0.01%"],
  ["that a loss is too small for two digits", -5, -0.004, "−5−<0.01%"],
  ["a share that rounds up to two digits", 5, 0.005, "+5+0.01%"],
  ["no share of what was zero", 5, null, "+5"],
  ["nothing else where nothing has moved", 0, 0, "0"],
])("says %s", (_what, absolute, percent, said) => {
  const { container } = render(<ChangeText change={{ absolute, percent }} format={format} />);
  expect(container.textContent).toBe(said);
});

it.each(["ko", "ja", "zh-CN"] as const)(
  "has a share that is too small for two digits in %s",
  (locale) => {
    const change = { absolute: 1, percent: 0.001 };
    const { container } = render(
      <ChangeText {...{ change }} format={createFormatter({ locale, timeZone: "UTC" })} />,
    );
    expect(container.textContent).toBe("+1+<0.01%");
  },
);

it("says the share alone in a column of its own", () => {
  const change = { absolute: -1204, percent: -2.44 };
  const { container } = render(<ChangeText change={change} percent="alone" format={format} />);
  expect(container.textContent).toBe("−2.4%");
});

it.each([
  ["timeout", messages.failures.ofRefresh.timeout],
  ["20005", `20005 ${messages.failures.codes["20005"]}`],
  ["99999", `99999 ${messages.failures.rejected}`],
  ["notAllowed", messages.failures.notAllowed.happened],
  ["wrongOrigin", "This request did not come from a Channel Desk page."],
  ["bug", messages.failures.bug],
  ["unheardOf", "unheardOf"],
])("says what %s means", (problem, said) => {
  const { container } = render(
    <NextIntlClientProvider locale="en" messages={messages} timeZone="UTC">
      <ProblemCode code={problem} />
    </NextIntlClientProvider>,
  );
  expect(container.textContent).toBe(said);
});

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

it("copies an ID by a press on it, unless it opens its row", async () => {
  await navigator.clipboard.writeText("");
  render(
    <NextIntlClientProvider locale="en" messages={messages} timeZone="UTC">
      <CopyRegion>
        <Identifier id="@TOA#_opens" copyLabel="Copy the first" opens />
        <Identifier id="@TOA#_plain" copyLabel="Copy the second" />
      </CopyRegion>
    </NextIntlClientProvider>,
  );
  fireEvent.click(screen.getByText("@TOA#_opens"));
  fireEvent.click(screen.getByText("@TOA#_plain"));
  const mark = screen.getByRole("button", { name: "Copy the second" });
  await expect.poll(() => mark.dataset.outcome).toBe("copied");
  expect(await navigator.clipboard.readText()).toBe("@TOA#_plain");
  const other = screen.getByRole("button", { name: "Copy the first" });
  expect(other.dataset.outcome).toBeUndefined();
});

it.each([
  [[], null],
  [["a"], null],
  [["a", "b,c"], "/channels/view?app=demo&channel=a&with=b%252Cc"],
  [["a", "b", "c", "d", "e"], "/channels/view?app=demo&channel=a&with=b%2Cc%2Cd%2Ce"],
  [["a", "b", "c", "d", "e", "f"], null],
])("compares %j in one chart, if it holds them", (channelIds, href) => {
  const { container } = render(
    <NextIntlClientProvider locale="en" messages={messages} timeZone="UTC">
      <CompareLink {...{ app: "demo", channelIds }} />
    </NextIntlClientProvider>,
  );
  expect(container.querySelector("a")?.getAttribute("href") ?? null).toBe(href);
});
