"use client";

import { useTranslations } from "next-intl";
import {
  type KeyboardEvent,
  useEffect,
  useId,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { flushSync } from "react-dom";
import { Dialog } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { isDialogOpen } from "./open-dialog";
import { PaletteList } from "./palette-list";
import { type PaletteOption, paletteSections } from "./palette-options";
import { meaningOf, mountedCommands, subscribeToCommands, usableCommands } from "./registry";
import type { ViewProps } from "./shortcuts";

/** Finds a command by its words, or says what a pasted text means. */
export function Palette({ apple, singleKeys, onClose }: ViewProps) {
  const t = useTranslations("shortcuts");
  const listbox = useId();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  // Asked before this dialog opens itself.
  const [overDialog] = useState(isDialogOpen);
  useSyncExternalStore(subscribeToCommands, mountedCommands, mountedCommands);

  const usable = usableCommands(overDialog).filter(({ id }) => id !== "palette");
  const sections = paletteSections(usable, text, meaningOf);
  const options = sections.flatMap((section) => section.options);
  const current = options[Math.min(active, options.length - 1)];

  // The dialog gives the focus to its first control, which is the button that closes it.
  useEffect(() => field.current?.focus(), []);

  function choose({ run }: PaletteOption) {
    // First the focus goes back to where it was, so that the command may move it on.
    flushSync(onClose);
    run();
  }

  function onKeyDown(event: KeyboardEvent) {
    // While text is composed, arrows and Enter choose among what the input method offers.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const at = current ? options.indexOf(current) : 0;
    const next = {
      ArrowDown: (at + 1) % options.length,
      ArrowUp: (at + options.length - 1) % options.length,
      Home: 0,
      End: options.length - 1,
      Enter: at,
    }[event.key];
    if (next === undefined || !current) return;
    event.preventDefault();
    if (event.key === "Enter") choose(current);
    else setActive(next);
  }

  return (
    <Dialog title={t("title")} shape="top" onClose={onClose}>
      <Input
        ref={field}
        role="combobox"
        aria-label={t("search")}
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={listbox}
        aria-activedescendant={current && `${listbox}-${options.indexOf(current)}`}
        placeholder={t("search")}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="go"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <PaletteList
        id={listbox}
        sections={sections}
        current={current ?? null}
        apple={apple}
        singleKeys={singleKeys}
        onPoint={(option) => setActive(options.indexOf(option))}
        onChoose={choose}
      />
      <p role="status" className="text-muted not-empty:mt-3">
        {options.length === 0 && t("nothingFound")}
      </p>
    </Dialog>
  );
}
