import { render } from "@testing-library/react";
import { createFormatter } from "next-intl";
import { expect, it } from "vitest";
import { ChangeText } from "./change-text";

const format = createFormatter({ locale: "en", timeZone: "UTC" });

it.each([
  ["a sign and a share", 1204, 2.44, "+1,204+2.4%"],
  ["both of a loss", -1204, -2.44, "-1,204-2.4%"],
  ["more digits of a small share", 5, 0.04, "+5+0.04%"],
  ["no share of what was zero", 5, null, "+5"],
  ["nothing else where nothing has moved", 0, 0, "0"],
])("says %s", (_what, absolute, percent, said) => {
  const { container } = render(<ChangeText change={{ absolute, percent }} format={format} />);
  expect(container.textContent).toBe(said);
});
