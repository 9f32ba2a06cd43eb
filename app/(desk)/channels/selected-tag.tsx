"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { keepComposingEnter } from "@/components/ui/composing-enter";
import { Input } from "@/components/ui/input";
import { MAX_TAG_LENGTH, tagName } from "@/lib/channels/tag-name";

type SelectedTagProps = { isPending: boolean; onTag: (tag: string, tagged: boolean) => void };

/** Asks which tag the selected channels shall have, or have no longer. */
export function SelectedTag({ isPending, onTag }: SelectedTagProps) {
  const t = useTranslations("channels.tags");
  const [written, setWritten] = useState("");
  const [isUnfit, setUnfit] = useState(false);
  const tag = (tagged: boolean) => {
    const name = tagName(written);
    setUnfit(name === null);
    if (name !== null && !isPending) onTag(name, tagged);
  };
  return (
    <form
      className="flex flex-wrap items-center gap-2"
      onKeyDown={keepComposingEnter}
      onSubmit={(event) => {
        event.preventDefault();
        tag(true);
      }}
    >
      <Input
        aria-label={t("name")}
        aria-invalid={isUnfit}
        placeholder={t("name")}
        value={written}
        dir="auto"
        autoComplete="off"
        maxLength={MAX_TAG_LENGTH * 2}
        className="!w-36"
        onChange={(event) => {
          setWritten(event.target.value);
          setUnfit(false);
        }}
      />
      <Button type="submit" aria-disabled={isPending}>
        {t("submit")}
      </Button>
      <Button aria-disabled={isPending} onClick={() => tag(false)}>
        {t("take")}
      </Button>
      {isUnfit && (
        <p role="alert" className="text-bad text-dense">
          {t("unfit", { max: MAX_TAG_LENGTH })}
        </p>
      )}
    </form>
  );
}
