import { render } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { expect, it } from "vitest";
import messages from "@/lib/messages/en.json";
import { RefreshProblem } from "./refresh-problem";

it.each([
  ["timeout", messages.failures.ofRefresh.timeout],
  ["20005", `20005 ${messages.failures.codes["20005"]}`],
  ["99999", `99999 ${messages.failures.rejected}`],
])("says what %s means", (problem, said) => {
  const { container } = render(
    <NextIntlClientProvider locale="en" messages={messages} timeZone="UTC">
      <RefreshProblem problem={problem} />
    </NextIntlClientProvider>,
  );
  expect(container.textContent).toBe(said);
});
