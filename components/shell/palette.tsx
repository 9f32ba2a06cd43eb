"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import {
  type KeyboardEvent,
  useDeferredValue,
  useEffect,
  useId,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { flushSync } from "react-dom";
import { Dialog, isDialogOpen } from "@/components/ui/dialog";
import { Input } from "@/components/ui/field";
import {
  type Command,
  type CommandViewProps,
  type Found,
  GROUPS,
  type Group,
  type Meaning,
  mountedCommands,
  subscribeToCommands,
  usableCommands,
} from "./commands";
import { KeyCaps } from "./key-caps";
import { areCharacters } from "./keys";

/** Finds a command or a channel by its words, or offers what a pasted text means. */
export function Palette(props: CommandViewProps) {
  const { apple, singleKeys, meaningOf, search, onClose } = props;
  const t = useTranslations("shortcuts");
  const listbox = useId();
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  // Read before this dialog itself opens.
  const [overDialog] = useState(isDialogOpen);
  useSyncExternalStore(subscribeToCommands, mountedCommands, mountedCommands);

  const usable = usableCommands(overDialog).filter(({ id }) => id !== "palette");
  const sections = paletteSections(usable, text, meaningOf, useFound(text, search));
  const options = sections.flatMap((section) => section.options);
  const current = options[Math.min(active, options.length - 1)];

  // The dialog focuses its first control, the close button.
  useEffect(() => field.current?.focus(), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls to the current option
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [current?.id]);

  function choose({ run }: PaletteOption) {
    // Focus returns to the page first, so that the command can move it.
    flushSync(onClose);
    run();
  }

  function onKeyDown(event: KeyboardEvent) {
    // During text composition, arrows and Enter belong to the input method.
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
      <div
        ref={list}
        id={listbox}
        role="listbox"
        aria-label={t("title")}
        tabIndex={-1}
        className="mt-3 max-h-[50dvh] overflow-y-auto empty:hidden"
      >
        {sections.map(({ group, options: members }) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a listbox
          <div key={group} role="group" aria-labelledby={`${listbox}-${group}`} className="pb-2">
            <p id={`${listbox}-${group}`} className="px-2 py-1 text-dense text-muted">
              {t(`groups.${group}`)}
            </p>
            {members.map((option) => (
              <button
                key={option.id}
                type="button"
                role="option"
                tabIndex={-1}
                id={`${listbox}-${options.indexOf(option)}`}
                aria-selected={option === current}
                onPointerMove={() => option !== current && setActive(options.indexOf(option))}
                // The field keeps the focus.
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => choose(option)}
                className="flex min-h-8 w-full items-center gap-3 rounded-control border border-transparent px-2 py-1 text-left aria-selected:bg-accent-soft forced-colors:aria-selected:border-control"
              >
                <bdi className="min-w-0 flex-1 break-words">{option.label}</bdi>
                {option.hint && (
                  <bdi className="truncate font-mono text-dense text-muted">{option.hint}</bdi>
                )}
                {option.keys && (singleKeys || !areCharacters(option.keys)) && (
                  <KeyCaps keys={option.keys} apple={apple} />
                )}
              </button>
            ))}
          </div>
        ))}
      </div>
      <p role="status" className="text-muted not-empty:mt-3">
        {options.length === 0 && t("nothingFound")}
      </p>
    </Dialog>
  );
}

/** Shorter texts are in too many names. */
const SHORTEST_SEARCH = 2;

/** Returns what the text finds besides commands. */
function useFound(text: string, search: CommandViewProps["search"]): readonly Found[] {
  const wanted = useDeferredValue(text.trim());
  const { data = [] } = useQuery({
    queryKey: ["palette", location.search, wanted],
    enabled: wanted.length >= SHORTEST_SEARCH,
    queryFn: () => search(wanted),
    staleTime: 60_000,
  });
  return wanted === text.trim() ? data : [];
}

type PaletteOption = Pick<Command, "id" | "label" | "keys" | "run"> & { hint?: string };
type PaletteSection = {
  group: Group | "meaning" | "channels";
  options: readonly PaletteOption[];
};

/** Returns the commands that match the text, what was found by it, and what it means besides. */
export function paletteSections(
  commands: readonly Command[],
  text: string,
  meaningOf: (text: string) => Meaning | null,
  found: readonly Found[],
): readonly PaletteSection[] {
  const named = commands.filter(({ label }) => matches(text, label));
  const meaning = text.trim() === "" ? null : meaningOf(text);
  const rest: PaletteSection[] = [
    { group: "meaning", options: meaning ? [{ id: "meaning", ...meaning }] : [] },
    { group: "channels", options: found.map((each) => ({ ...each, hint: each.id })) },
  ];
  // Words name a channel, and digits a subscriber, unless they are the ID of a channel.
  const isName = !/\d/.test(text) || found.some(({ id }) => id === text.trim());
  return [
    // A text can be several of these. Then the command is more likely meant.
    ...GROUPS.map((group) => ({
      group,
      options: named.filter((command) => command.group === group),
    })),
    ...(isName ? rest.toReversed() : rest),
  ].filter(({ options }) => options.length > 0);
}

/** Returns whether the label contains every word of the text. */
function matches(text: string, label: string): boolean {
  const folded = fold(label);
  return fold(text)
    .split(/\s+/)
    .every((word) => folded.includes(word));
}

/** Splits compatibility forms and Hangul syllables, so that half a syllable matches too. */
function fold(text: string): string {
  return text.normalize("NFKD").toLowerCase();
}
