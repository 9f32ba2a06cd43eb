// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { useState } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { FIELDS } from "@/lib/chat-api/types";
import messages from "@/lib/messages/en.json";
import { type LookupParams, serializeLookup } from "../search-params";
import { LookupForm } from "./lookup-form";

const APPS = [
  { slug: "demo", sdkAppId: 1_400_000_001 },
  { slug: "other", sdkAppId: 1_400_000_002 },
];

/** The form over an address with this subscriber; `told` holds what it asked for, oldest first. */
function open(start = "") {
  const client = new QueryClient();
  const refetch = vi.spyOn(client, "refetchQueries");
  const told = { looks: [] as string[], follows: [] as string[], asks: [] as string[], refetch };
  function Room() {
    const [subscriber, setSubscriber] = useState(start);
    return (
      <LookupForm
        subscriber={subscriber}
        app={null}
        apps={APPS}
        onLook={(id) => {
          told.looks.push(id);
          setSubscriber(id);
        }}
        onFollow={(params: LookupParams) => {
          told.follows.push(serializeLookup(params));
          setSubscriber(params.subscriber ?? "");
        }}
        onAsk={(channelId) => told.asks.push(channelId)}
      />
    );
  }
  render(
    <NextIntlClientProvider locale="en" messages={messages}>
      <QueryClientProvider client={client}>
        <Room />
      </QueryClientProvider>
    </NextIntlClientProvider>,
  );
  return told;
}

const field = () => screen.getByRole<HTMLInputElement>("textbox", { name: "Subscriber ID" });
const lookUp = () => fireEvent.click(screen.getByRole("button", { name: "Look up" }));
const said = () => screen.getByRole("status").textContent;

function paste(text: string) {
  field().select();
  return fireEvent.paste(field(), { clipboardData: { getData: () => text } });
}

const BODY = `{"Subscriber_Account": "107867", "Limit": 50, "Offset": 100, "ResponseFilter": {
  "OfficialAccountBaseInfoFilter": ["Name", "CreateTime"], // two
  "SelfInfoFilter": ["SubscribeTime"] }}`;

describe("the field", () => {
  afterEach(() => vi.unstubAllGlobals());
  const pointer = (isFine: boolean) => vi.stubGlobal("matchMedia", () => ({ matches: isFine }));

  it("has the focus on arrival, unless somebody was looked up already", () => {
    pointer(true);
    open();
    expect(document.activeElement).toBe(field());
    cleanup();
    open("107867");
    expect(document.activeElement).toBe(document.body);
  });

  it("does not take the focus on a touch screen", () => {
    pointer(false);
    open();
    expect(document.activeElement).toBe(document.body);
  });
});

describe("what is pasted is said, then asked", () => {
  it("an id with what was around it", async () => {
    const told = open();
    paste(' "107867",\n');
    await waitFor(() => expect(said()).toBe("Found the subscriber ID 107867."));
    expect(field().value).toBe("107867");
    expect(told.looks).toEqual([]);
    lookUp();
    expect(told.looks).toEqual(["107867"]);
    expect(said()).toBe("");
  });

  it("nothing about a plain id, which the browser pastes", () => {
    open();
    expect(paste("107867")).toBe(true);
    expect(said()).toBe("");
  });

  it("a JSON request", async () => {
    const told = open("user-1");
    expect(paste(BODY)).toBe(false);
    await waitFor(() =>
      expect(said()).toBe(
        "Found a JSON request for 107867 with 3 fields.“Look up” repeats this request: rows 101–150.",
      ),
    );
    lookUp();
    expect(told.follows).toEqual([
      "?subscriber=107867&fields=name,createdAt,subscribedAt&offset=100",
    ]);
    expect(said()).toBe("");
    expect(field().value).toBe("107867");
  });

  it("a curl line, to its app, without its signature", async () => {
    const told = open();
    const address =
      "https://console.tim.qq.com/v4/x?sdkappid=1400000002&usersig=eJw-canary&random=1";
    paste(`curl '${address}' \\\n -d '{"Subscriber_Account":"107867"}'`);
    await waitFor(() =>
      expect(said()).toContain("Found a curl command for 107867 with 11 fields."),
    );
    expect(said()).toContain("It is for the app other");
    expect(document.body.innerHTML).not.toContain("canary");
    expect(field().value).toBe("107867");
    lookUp();
    expect(told.follows).toEqual([`?app=other&subscriber=107867&fields=${FIELDS.join()}&size=200`]);
  });

  it("a curl line that is none leaves no signature in the field either", async () => {
    open();
    paste("curl https://console.tim.qq.com/v4/x?usersig=eJw-canary&random=1");
    await waitFor(() => expect(field().value).toContain("usersig=…&random=1"));
    fireEvent.change(field(), { target: { value: "?usersig=eJw-canary" } });
    expect(field().value).toBe("?usersig=…");
  });

  it("a curl line of an app that the desk has not", async () => {
    open();
    paste(`curl 'https://x/?sdkappid=7' -d '{"Subscriber_Account":"107867"}'`);
    await waitFor(() => expect(said()).toContain("Its app 7 is not configured here"));
  });

  it("a link, of which only what an address knows is taken", async () => {
    const told = open();
    paste("https://desk.example.com/lookup?subscriber=107867&size=20&evil=1&q=news&whole=1");
    await waitFor(() =>
      expect(said()).toBe("Found a Channel Desk link to 107867. “Look up” opens it."),
    );
    lookUp();
    expect(told.follows).toEqual(["?subscriber=107867&size=20&whole=1&q=news"]);
  });

  it("a column, from which one after another is chosen", async () => {
    const told = open();
    paste("UserID\n107867\n'0012\nuser-1\n");
    await waitFor(() => expect(said()).toBe("Found 3 IDs. Choose one to look up."));
    const list = within(screen.getByRole("list", { name: "IDs found" }));
    expect(list.getAllByRole("button").map((button) => button.textContent)).toEqual([
      "107867",
      "0012",
      "user-1",
    ]);
    lookUp();
    expect(document.activeElement).toBe(list.getByRole("button", { name: "107867" }));
    fireEvent.click(list.getByRole("button", { name: "0012" }));
    expect(told.looks).toEqual(["0012"]);
    expect(field().value).toBe("0012");
    const chosen = screen.getByRole("button", { name: "0012" });
    expect(chosen.getAttribute("aria-current")).toBe("true");
    fireEvent.click(screen.getByRole("button", { name: "user-1" }));
    expect(told.looks).toEqual(["0012", "user-1"]);

    fireEvent.change(field(), { target: { value: "107868" } });
    expect(screen.queryByRole("list")).toBeNull();
  });

  it("a long column by its first, with the count of all", async () => {
    open();
    paste(Array.from({ length: 1234 }, (_, index) => `user-${index}`).join("\n"));
    await waitFor(() => expect(said()).toContain("Found 1,234 IDs."));
    expect(said()).toContain("Showing the first 50.");
    expect(within(screen.getByRole("list")).getAllByRole("button")).toHaveLength(50);
  });

  it.each([
    ["107,867", "This is a number with separators.", ["107867", "107", "867"]],
    ["107.867", "This is a number with separators.", ["107867", "107.867"]],
    ["1.07867E+05", "a number that a spreadsheet shortened. Compare", ["107867", "1.07867E+05"]],
    ["1.079E+05", "shortened, and digits are missing. Copy the original ID.", ["1.079E+05"]],
    ["Customer user-44 says", "This text has several words.", ["user-44", "Customer user-44 says"]],
  ])("%j as a choice, before anything is asked", async (text, sentence, ids) => {
    const told = open();
    paste(text);
    await waitFor(() => expect(said()).toContain(sentence));
    expect(field().value).toBe(text);
    lookUp();
    expect(told.looks).toEqual([]);
    const buttons = within(screen.getByRole("list")).getAllByRole("button");
    expect(buttons.map((button) => button.textContent)).toEqual(ids);
    expect(document.activeElement).toBe(buttons[0]);
    fireEvent.click(buttons.at(-1) as HTMLElement);
    expect(told.looks).toEqual([ids.at(-1)]);
    expect(said()).toBe("");
  });

  it("a row of a spreadsheet by its one id", async () => {
    const told = open();
    paste("Jane\tuser-5\tjane@example.com\t2026-11-01");
    await waitFor(() => expect(field().value).toBe("user-5"));
    lookUp();
    expect(told.looks).toEqual(["user-5"]);
  });

  it("a list in which a number was shortened, and warns of it", async () => {
    open();
    paste("user-5\n1.07867E+05");
    await waitFor(() => expect(said()).toContain("Found 2 IDs."));
    expect(said()).toContain("Some look like numbers that a spreadsheet shortened.");
  });

  it("a channel's id, and offers to ask whether the subscriber follows it", async () => {
    const told = open("107867");
    fireEvent.focus(field());
    paste("'@TOA#_news");
    await waitFor(() => expect(said()).toBe("Found the channel ID @TOA#_news."));
    lookUp();
    expect(screen.getByText(/^This is a channel ID/)).toBeDefined();
    fireEvent.click(screen.getByRole("button", { name: "Check whether 107867 is subscribed" }));
    expect(told.asks).toEqual(["@TOA#_news"]);
    expect(field().value).toBe("107867");
    expect(document.activeElement).toBe(field());
  });

  it("a channel's id, and offers nothing where nobody was looked up", async () => {
    const told = open();
    paste("@TOA#_news");
    await waitFor(() => expect(said()).toContain("the channel ID"));
    expect(screen.queryByRole("button", { name: /subscribed/ })).toBeNull();
    lookUp();
    expect(screen.getByText(/^This is a channel ID/)).toBeDefined();
    expect(told.looks).toEqual([]);
  });
});

describe("typing", () => {
  it("recognises as well, and looks up an id as it stands", async () => {
    const told = open();
    for (const [typed, id] of [
      ["O'Brien", "O'Brien"],
      ["UserID: 107867", "107867"],
      ['"a,b"', "a,b"],
      ["  107868 ", "107868"],
    ] as const) {
      fireEvent.change(field(), { target: { value: typed } });
      lookUp();
      await waitFor(() => expect(told.looks.at(-1)).toBe(id));
      expect(field().value).toBe(id);
    }
  });

  it("of the same id asks the vendor again", () => {
    const told = open("107867");
    lookUp();
    expect(told.looks).toEqual([]);
    expect(told.refetch).toHaveBeenCalledOnce();
  });

  it("a number with separators gives the same choice", async () => {
    open();
    fireEvent.change(field(), { target: { value: "107.867" } });
    await waitFor(() => expect(said()).toContain("This is a number with separators."));
  });

  it("leaves the id of the address alone", async () => {
    open("a,b");
    fireEvent.focus(field());
    fireEvent.change(field(), { target: { value: "a,bc" } });
    await waitFor(() => expect(said()).toContain("Found 2 IDs."));
    fireEvent.change(field(), { target: { value: "a,b" } });
    expect(said()).toBe("");
  });

  it("of a paste into the middle of a text stays where it is", async () => {
    open();
    fireEvent.change(field(), { target: { value: "abcd" } });
    field().setSelectionRange(2, 2);
    fireEvent.paste(field(), { clipboardData: { getData: () => "x y\n" } });
    await waitFor(() => expect(field().value).toBe("abx y cd"));
  });
});
