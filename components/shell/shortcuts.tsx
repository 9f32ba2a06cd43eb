"use client";

import { useTranslations } from "next-intl";
import { type ComponentType, useEffect, useRef, useState } from "react";
import { isDialogOpen } from "@/components/ui/dialog";
import { type CommandViewProps, type TextMeanings, usableCommands, useCommand } from "./commands";
import { createKeyHandler } from "./keys";

type View = { name: keyof typeof views; Content: ComponentType<CommandViewProps> };

export type ShortcutsProps = {
  apple: boolean;
  /** The person's preference: whether shortcuts that type characters are on. */
  singleKeys: boolean;
  /** Stores the preference and returns whether that succeeded. */
  onSingleKeys: (on: boolean) => Promise<boolean>;
};

/** The keyboard shortcuts, the command palette and the help sheet. */
export function Shortcuts(props: ShortcutsProps & TextMeanings) {
  const { apple, singleKeys, onSingleKeys, meaningOf, search } = props;
  const t = useTranslations("shortcuts");
  const [on, setOn] = useState(singleKeys);
  const [notStored, setNotStored] = useState(false);
  const [view, setView] = useState<View | null>(null);
  const loading = useRef(false);

  async function switchSingleKeys(wanted: boolean) {
    setOn(wanted);
    setNotStored(false);
    setNotStored(!(await onSingleKeys(wanted).catch(() => false)));
  }

  async function toggle(name: View["name"]) {
    if (view?.name === name) return setView(null);
    loading.current = true;
    try {
      const Content = await views[name]();
      setView({ name, Content });
    } catch {
      // Offline, for example. The next press tries again.
    } finally {
      loading.current = false;
    }
  }

  const always = { group: "desk", inDialog: true } as const;
  useCommand({
    ...always,
    id: "palette",
    label: t("palette"),
    keys: "mod+k",
    run: () => void toggle("palette"),
  });
  useCommand({
    ...always,
    id: "help",
    label: t("help"),
    keys: "?",
    run: () => void toggle("help"),
  });

  useEffect(() => {
    const commands = () => {
      // Keys typed while the palette loads must not run commands.
      if (loading.current) return [];
      const usable = usableCommands(isDialogOpen());
      return view ? usable.filter(({ id }) => id in views) : usable;
    };
    const handle = createKeyHandler({
      commands,
      apple,
      singleKeys: on,
      now: () => performance.now(),
    });
    document.addEventListener("keydown", handle);
    return () => document.removeEventListener("keydown", handle);
  }, [apple, on, view]);

  if (!view) return null;
  return (
    <view.Content
      apple={apple}
      singleKeys={on}
      onSingleKeys={(wanted) => void switchSingleKeys(wanted)}
      notStored={notStored}
      meaningOf={meaningOf}
      search={search}
      onClose={() => setView(null)}
    />
  );
}

// Loaded on first use.
const views = {
  palette: () => import("./palette").then((module) => module.Palette),
  help: () => import("./help-sheet").then((module) => module.HelpSheet),
};
