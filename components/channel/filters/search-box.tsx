"use client";

import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useState } from "react";
import { Input } from "@/components/ui/input";

/** Where the key "/" leads, and the focus when the last filter is gone. */
export const SEARCH_BOX_ID = "filter-rows";

type SearchBoxProps = {
  search: string;
  /** Called at every input, but not with a text that is still being composed. */
  onSearch: (text: string) => void;
};

/** The search over all texts of the rows. */
export function SearchBox({ search, onSearch }: SearchBoxProps) {
  const t = useTranslations("filters");
  const [composed, setComposed] = useState<string | null>(null);
  return (
    <span className="relative inline-flex w-44 max-sm:flex-1">
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2 size-4 text-muted" />
      <Input
        id={SEARCH_BOX_ID}
        type="search"
        aria-label={t("search")}
        aria-keyshortcuts="/"
        placeholder={t("placeholder")}
        value={composed ?? search}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="search"
        className="peer pl-8"
        onCompositionStart={(event) => setComposed(event.currentTarget.value)}
        onCompositionEnd={(event) => {
          setComposed(null);
          onSearch(event.currentTarget.value);
        }}
        onChange={(event) => {
          if (composed === null) onSearch(event.target.value);
          else setComposed(event.target.value);
        }}
        onKeyDown={(event) => {
          // The Escape that ends a composition takes back only what is being composed.
          if (event.key !== "Escape" || isComposing(event) || search === "") return;
          event.preventDefault();
          onSearch("");
        }}
      />
      <kbd
        aria-hidden
        className={`pointer-events-none absolute top-1.5 right-1.5 h-5 rounded-mark border border-line px-1.5 font-mono text-dense text-muted peer-focus:hidden max-sm:hidden ${search === "" ? "" : "hidden"}`}
      >
        /
      </kbd>
    </span>
  );
}

function isComposing({ nativeEvent, keyCode }: KeyboardEvent): boolean {
  // Safari has ended the composition by then, and only the old key code 229 still tells.
  return nativeEvent.isComposing || keyCode === 229;
}
