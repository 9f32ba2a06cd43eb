"use client";

import { useTranslations } from "next-intl";
import { type ComponentType, useEffect, useRef, useState } from "react";
import { createKeyHandler } from "./key-handler";
import { isDialogOpen } from "./open-dialog";
import { usableCommands } from "./registry";
import { useCommand } from "./use-command";

/** What the palette and the help sheet are given. */
export type ViewProps = {
  apple: boolean;
  singleKeys: boolean;
  onSingleKeys: (on: boolean) => void;
  /** The last change of it was not stored. */
  forgetful: boolean;
  onClose: () => void;
};

type View = { name: keyof typeof views; Content: ComponentType<ViewProps> };

type ShortcutsProps = {
  apple: boolean;
  /** Whether single letters are commands: the person's preference. */
  singleKeys: boolean;
  /** Stores the preference, and tells whether it is stored. */
  onSingleKeys: (on: boolean) => Promise<boolean>;
};

/** The keys of the desk, its command palette and its help sheet. */
export function Shortcuts({ apple, singleKeys, onSingleKeys }: ShortcutsProps) {
  const t = useTranslations("shortcuts");
  const [on, setOn] = useState(singleKeys);
  const [forgetful, setForgetful] = useState(false);
  const [view, setView] = useState<View | null>(null);
  const loading = useRef(false);

  async function switchSingleKeys(wanted: boolean) {
    setOn(wanted);
    setForgetful(false);
    // A call that does not come back stores as little as one that is refused.
    setForgetful(!(await onSingleKeys(wanted).catch(() => false)));
  }

  async function toggle(name: View["name"]) {
    if (view?.name === name) return setView(null);
    loading.current = true;
    try {
      const Content = await views[name]();
      setView({ name, Content });
    } catch {
      // Not to be had now, as when the network is away; the next press asks for it again.
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
      // What is typed for a palette that is still on its way must not run commands instead.
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
      forgetful={forgetful}
      onClose={() => setView(null)}
    />
  );
}

// Fetched when somebody reaches for them.
const views = {
  palette: () => import("./palette").then((module) => module.Palette),
  help: () => import("./help-sheet").then((module) => module.HelpSheet),
};
