"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { KeyCaps } from "./key-caps";
import { areCharacters } from "./keys";
import type { PaletteOption, PaletteSection } from "./palette-options";

type PaletteListProps = {
  id: string;
  sections: readonly PaletteSection[];
  current: PaletteOption | null;
  apple: boolean;
  singleKeys: boolean;
  onPoint: (option: PaletteOption) => void;
  onChoose: (option: PaletteOption) => void;
};

/** The list under the palette's field, which keeps the focus. */
export function PaletteList(props: PaletteListProps) {
  const { id, sections, current, apple, singleKeys, onPoint, onChoose } = props;
  const t = useTranslations("shortcuts");
  const list = useRef<HTMLDivElement>(null);
  const options = sections.flatMap((section) => section.options);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is current is what is scrolled to
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [current?.id]);

  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-label={t("title")}
      tabIndex={-1}
      className="mt-3 max-h-[50dvh] overflow-y-auto empty:hidden"
    >
      {sections.map(({ group, options: members }) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a listbox
        <div key={group} role="group" aria-labelledby={`${id}-${group}`} className="pb-2">
          <p id={`${id}-${group}`} className="px-2 py-1 text-dense text-muted">
            {t(`groups.${group}`)}
          </p>
          {members.map((option) => (
            <button
              key={option.id}
              type="button"
              role="option"
              tabIndex={-1}
              id={`${id}-${options.indexOf(option)}`}
              aria-selected={option === current}
              onPointerMove={() => option !== current && onPoint(option)}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => onChoose(option)}
              className="flex min-h-8 w-full items-center gap-3 rounded-control border border-transparent px-2 py-1 text-left aria-selected:bg-accent-soft forced-colors:aria-selected:border-control"
            >
              <span className="min-w-0 flex-1 break-words">{option.label}</span>
              {option.keys && (singleKeys || !areCharacters(option.keys)) && (
                <KeyCaps keys={option.keys} apple={apple} />
              )}
            </button>
          ))}
        </div>
      ))}
    </div>
  );
}
