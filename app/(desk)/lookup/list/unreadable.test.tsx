import { useTable } from "@tanstack/react-table";
import { render, screen } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { describe, expect, it } from "vitest";
import { features } from "@/components/data-table/table";
import { FIELDS, type Subscription } from "@/lib/chat-api/types";
import messages from "@/lib/messages/en.json";
import { formats } from "@/lib/messages/formats";
import { useSubscriptionColumns } from "./columns";
import type { ListAnswer, ListState } from "./list-answer";
import { UnreadableNotice } from "./list-notice";

const AT = new Date("2026-03-10T12:00:00Z");
const ODD: Subscription = {
  channelId: "@TOA#_odd",
  name: "Odd",
  lastMessageAt: null,
  unreadable: ["subscriberCount", "subscribedAt"],
};

function draw(children: ReactNode) {
  render(
    <NextIntlClientProvider locale="en" messages={messages} formats={formats} timeZone="UTC">
      {children}
    </NextIntlClientProvider>,
  );
}

function Cells() {
  const fields = {
    offered: FIELDS,
    shown: FIELDS,
    readable: FIELDS,
    masked: ["subscribedAt"] as const,
  };
  const columns = useSubscriptionColumns(fields, AT);
  const table = useTable({ features, columns, data: [ODD] });
  return table
    .getRowModel()
    .rows[0]?.getAllCells()
    .map((cell) => (
      <div key={cell.id} data-testid={cell.column.id}>
        <table.FlexRender cell={cell} />
      </div>
    ));
}

describe("a value that could not be read", () => {
  it("is neither missing nor 0 nor masked in its cell", () => {
    draw(<Cells />);
    const text = (id: string) => screen.getByTestId(id).textContent;
    expect(text("subscriberCount")).toBe("unreadable");
    expect(text("subscribedAt")).toBe("unreadable");
    expect(text("lastMessageAt")).toBe("never");
  });
});

describe("the notice above the rows", () => {
  const notice = (rows: readonly Subscription[], unreadableRows: number, state: ListState) => {
    const times = { readFrom: AT, readTo: AT, duration: null };
    const answer: ListAnswer = {
      ...{ state, rows, unreadableRows, offset: 0, total: 3, known: true },
      ...times,
    };
    draw(<UnreadableNotice answer={answer} />);
    return document.body.textContent ?? "";
  };

  it("counts values and rows of a page", () => {
    const text = notice([ODD, { channelId: "b" }], 1, "page");
    expect(text).toContain("2 values could not be read");
    expect(text).toContain("1 channel could not be read");
  });

  it("leaves the rows to the notice of a list that was read to its end", () => {
    expect(notice([{ ...ODD, unreadable: ["name"] }], 1, "changed")).toBe(
      "1 value could not be read. Tencent Cloud sent an unknown format.",
    );
  });

  it("is absent where everything could be read", () => {
    expect(notice([{ channelId: "b" }], 0, "complete")).toBe("");
  });
});
