// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { beforeEach, describe, expect, it } from "vitest";
import en from "@/lib/messages/en.json";
import { type Command, type TextMeanings, useCommand } from "./commands";
import { Shortcuts } from "./shortcuts";

let happened: string[] = [];
let stores = true;
beforeEach(() => {
  stores = true;
  happened = [];
});

function CommandOf(command: Omit<Command, "run">) {
  const dialog = () => (document.querySelector("dialog") ? " in a dialog" : "");
  useCommand({ ...command, run: () => happened.push(command.id + dialog()) });
  return null;
}

/** Takes ids of digits. */
const meaningOf = (text: string) =>
  /^\d+$/.test(text)
    ? { label: `Look up ${text}`, run: () => happened.push(`look up ${text}`) }
    : null;

/** Finds two channels of one name. */
async function phoenix(text: string) {
  happened.push(`search ${text}`);
  return ["@TOA#_1", "@TOA#_2"].map((id) => ({
    ...{ id, label: "Phoenix" },
    run: () => happened.push(`open ${id}`),
  }));
}

const nothing: TextMeanings["search"] = async () => [];

function open(singleKeys = true, more: ReactNode = null, search = nothing) {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <NextIntlClientProvider locale="en" timeZone="UTC" messages={en}>
        <Shortcuts
          apple={false}
          singleKeys={singleKeys}
          onSingleKeys={async (on) => {
            happened.push(`single keys ${on}`);
            return stores;
          }}
          meaningOf={meaningOf}
          search={search}
        />
        <button type="button">A button</button>
        <CommandOf id="export" label="Export" group="share" keys="e" />
        <CommandOf id="refresh" label="Refresh" group="table" keys="r" />
        <CommandOf id="expand" label="Expand" group="table" enabled={false} keys="x" />
        <CommandOf id="light" label="Theme: Light" group="desk" />
        {more}
      </NextIntlClientProvider>
    </QueryClientProvider>,
  );
}

const press = (key: string, more: KeyboardEventInit = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });

async function openPalette(): Promise<HTMLInputElement> {
  press("k", { ctrlKey: true });
  return screen.findByRole<HTMLInputElement>("combobox");
}

const type = (field: HTMLElement, value: string) => fireEvent.change(field, { target: { value } });
const shown = () => screen.queryAllByRole("option").map((option) => option.textContent);
const active = () =>
  document.getElementById(
    document.activeElement?.getAttribute("aria-activedescendant") ?? "nothing",
  )?.textContent;

describe("the palette", () => {
  it("opens with its field focused, and shows what can be done and its keys", async () => {
    open();
    const field = await openPalette();
    expect(document.activeElement).toBe(field);
    expect(shown()).toEqual(["RefreshR", "ExportE", "Keyboard shortcuts?", "Theme: Light"]);
    for (const name of ["Table", "Copy and export", "General"]) screen.getByRole("group", { name });
  });

  it("finds by words, and runs with Enter what the arrows choose", async () => {
    open();
    const field = await openPalette();
    type(field, "e");
    expect(active()).toBe("RefreshR");
    press("ArrowDown");
    expect(active()).toBe("ExportE");
    press("Home");
    expect(active()).toBe("RefreshR");
    press("ArrowUp");
    expect(active()).toBe("Theme: Light");
    press("End");
    expect(active()).toBe("Theme: Light");
    press("ArrowDown");
    expect(active()).toBe("RefreshR");
    press("Enter");
    expect(happened).toEqual(["refresh"]);
    expect(screen.queryByRole("combobox")).toBeNull();
  });

  it("finds channels, tells those of one name apart, and opens the chosen one", async () => {
    open(true, null, phoenix);
    const field = await openPalette();
    type(field, "p");
    type(field, "phoenix ");
    await waitFor(() => expect(shown()).toEqual(["Phoenix@TOA#_1", "Phoenix@TOA#_2"]));
    screen.getByRole("group", { name: "Channels" });
    press("ArrowDown");
    press("Enter");
    // One letter is in too many names.
    expect(happened).toEqual(["search phoenix", "open @TOA#_2"]);
  });

  it("runs nothing while a syllable is composed", async () => {
    open();
    await openPalette();
    press("Enter", { isComposing: true });
    press("Enter", { keyCode: 229 });
    press("ArrowDown", { isComposing: true });
    expect(happened).toEqual([]);
    expect(active()).toBe("RefreshR");
  });

  it("runs what is clicked, after the focus has gone back", async () => {
    open();
    screen.getByRole("button", { name: "A button" }).focus();
    await openPalette();
    const option = screen.getByRole("option", { name: /Export/ });
    fireEvent.pointerMove(option);
    expect(option.getAttribute("aria-selected")).toBe("true");
    fireEvent.click(option);
    expect(happened).toEqual(["export"]);
    expect(document.activeElement?.textContent).toBe("A button");
  });

  it("says what a text means that is no command", async () => {
    open();
    const field = await openPalette();
    type(field, "107867");
    expect(shown()).toEqual(["Look up 107867"]);
    press("Enter");
    expect(happened).toEqual(["look up 107867"]);
  });

  it("says so when a text is nothing", async () => {
    open();
    const field = await openPalette();
    type(field, "no such thing");
    expect(shown()).toEqual([]);
    expect(field.getAttribute("aria-activedescendant")).toBeNull();
    expect(screen.getByRole("status").textContent).toContain("No results");
    press("Enter");
    expect(happened).toEqual([]);
  });

  it("closes with the keys that opened it, and keeps other keys to itself", async () => {
    open();
    await openPalette();
    press("e");
    screen.getByRole("button", { name: "Close" }).focus();
    press("e");
    expect(happened).toEqual([]);
    press("k", { ctrlKey: true });
    expect(screen.queryByRole("combobox")).toBeNull();
    press("e");
    expect(happened).toEqual(["export"]);
  });

  it("runs nothing of what is typed before it is there", async () => {
    open();
    press("k", { ctrlKey: true });
    press("e");
    await screen.findByRole("combobox");
    expect(happened).toEqual([]);
  });
});

describe("a dialog", () => {
  const dialog = (
    <dialog open>
      <CommandOf id="next" label="Next row" group="row" keys="j" inDialog />
    </dialog>
  );

  it("has the keyboard to itself", () => {
    open(true, dialog);
    press("e");
    press("j");
    expect(happened).toEqual(["next in a dialog"]);
  });

  it("leaves its keys to the help sheet over it", async () => {
    open(true, dialog);
    press("?", { shiftKey: true });
    await screen.findByRole("checkbox");
    press("j");
    expect(happened).toEqual([]);
    press("?", { shiftKey: true });
    press("j");
    expect(happened).toEqual(["next in a dialog"]);
  });

  it("leaves the palette only what works in it", async () => {
    open(true, dialog);
    await openPalette();
    expect(shown()).toEqual(["Next rowJ", "Keyboard shortcuts?"]);
  });
});

describe("the help sheet", () => {
  it("lists every command that has keys, as the platform writes them", async () => {
    open();
    press("?", { shiftKey: true });
    const sheet = within(await screen.findByRole("dialog", { name: "Keyboard shortcuts" }));
    expect(sheet.getAllByRole("listitem").map((item) => item.textContent)).toEqual([
      "RefreshR",
      "ExpandX",
      "ExportE",
      "Command paletteCtrl K",
      "Keyboard shortcuts?",
    ]);
    expect(sheet.getByText(/^Press Ctrl K to search all commands/)).toBeDefined();
  });

  it("switches the characters off and on, and has it remembered", async () => {
    open();
    press("?", { shiftKey: true });
    const name = "Single-key shortcuts";
    fireEvent.click(await screen.findByRole("checkbox", { name }));
    expect(happened).toEqual(["single keys false"]);
    expect(screen.getAllByRole("listitem")[0]?.textContent).toBe("RefreshoffR");
    fireEvent.click(screen.getByRole("button", { name: "Close" }));
    press("e");
    press("?", { shiftKey: true });
    expect(happened).toEqual(["single keys false"]);

    await openPalette();
    expect(shown()).toContain("Export");
    press("k", { ctrlKey: true });
    expect(screen.queryByRole("combobox")).toBeNull();
  });

  it("says when the switch not saved, until it is", async () => {
    stores = false;
    open();
    press("?", { shiftKey: true });
    const checkbox = await screen.findByRole("checkbox");
    fireEvent.click(checkbox);
    expect((await screen.findByRole("alert")).textContent).toContain("not saved");
    fireEvent.click(checkbox);
    expect(screen.queryByRole("alert")).toBeNull();
    await screen.findByRole("alert");
    stores = true;
    await act(async () => fireEvent.click(checkbox));
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("starts as the person left it", () => {
    open(false);
    press("e");
    expect(happened).toEqual([]);
  });
});
