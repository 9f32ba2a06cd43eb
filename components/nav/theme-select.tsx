"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useRouter } from "next/navigation";
import { OverlaySelect } from "@/components/ui/overlay-select";
import { rememberPreference } from "./preference";
import { type Theme, themes } from "./theme";

type ThemeSelectProps = { label: string; theme: Theme; names: Record<Theme, string> };

export function ThemeSelect({ label, theme, names }: ThemeSelectProps) {
  const router = useRouter();
  const Icon = icons[theme];

  function choose(next: string) {
    rememberPreference("theme", next);
    router.refresh();
  }

  return (
    <OverlaySelect
      label={label}
      value={theme}
      options={themes.map((name) => ({ value: name, label: names[name] }))}
      onChange={choose}
    >
      <Icon className="size-4 shrink-0" />
    </OverlaySelect>
  );
}

const icons = { system: Monitor, light: Sun, dark: Moon };
