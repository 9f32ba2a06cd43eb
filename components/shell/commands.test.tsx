// @vitest-environment happy-dom
import { render } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import {
  type Command,
  liveCommands,
  mountedCommands,
  runCommand,
  subscribeToCommands,
  usableCommands,
  useCommand,
} from "./commands";

function CommandOf(props: Partial<Command>) {
  useCommand({ id: "one", label: "One", group: "desk", run: () => undefined, ...props });
  return null;
}

const labels = () => liveCommands().map(({ label }) => label);

it("is there for as long as its owner is", () => {
  const { unmount } = render(<CommandOf />);
  expect(labels()).toEqual(["One"]);
  unmount();
  expect(labels()).toEqual([]);
});

it("runs the function of the last render", () => {
  const ran: string[] = [];
  const { rerender } = render(<CommandOf run={() => ran.push("first")} />);
  rerender(<CommandOf run={() => ran.push("second")} />);
  runCommand("one");
  expect(ran).toEqual(["second"]);
});

it("lets the last of two with one id win, and the first return after it", () => {
  const first = render(<CommandOf label="First" />);
  render(<CommandOf id="two" label="Two" />);
  const last = render(<CommandOf label="Last" />);
  expect(labels()).toEqual(["Two", "Last"]);
  last.unmount();
  expect(labels()).toEqual(["First", "Two"]);
  first.unmount();
  expect(labels()).toEqual(["Two"]);
});

it("tells of what others show, and of nothing else", () => {
  const { rerender } = render(<CommandOf />);
  const listener = vi.fn();
  const unsubscribe = subscribeToCommands(listener);
  const before = mountedCommands();
  rerender(<CommandOf run={() => undefined} />);
  expect(listener).not.toHaveBeenCalled();
  expect(mountedCommands()).toBe(before);
  rerender(<CommandOf label="Uno" />);
  expect(listener).toHaveBeenCalled();
  expect(mountedCommands()).not.toBe(before);
  expect(labels()).toEqual(["Uno"]);
  unsubscribe();
});

it("uses only what is enabled, and in a dialog only what is for dialogs", () => {
  render(
    <>
      <CommandOf id="off" enabled={false} inDialog />
      <CommandOf id="page" />
      <CommandOf id="dialog" inDialog />
    </>,
  );
  expect(usableCommands(false).map(({ id }) => id)).toEqual(["page", "dialog"]);
  expect(usableCommands(true).map(({ id }) => id)).toEqual(["dialog"]);
});
