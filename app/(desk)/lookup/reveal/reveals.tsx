"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import type { Field } from "@/lib/chat-api/types";
import { RevealDialog } from "./reveal-dialog";
import type { Revealed } from "./revealed";
import type { Access } from "./use-access";

type RevealsProps = {
  app: string;
  subscriberId: string;
  access: Access;
  /** The fields that the role sees after giving a reason, revealed or not. */
  masked: readonly Field[];
  /** The mask that was pressed, or null. */
  pressed: HTMLElement | null;
  onClose: () => void;
};

/** Asks for the reason when a mask is pressed, and says what is revealed until when. */
export function Reveals(props: RevealsProps) {
  const { app, subscriberId, access, masked, pressed, onClose } = props;
  const t = useTranslations("reveal");
  const labels = useTranslations("fields");
  const format = useFormatter();
  const queries = useQueryClient();
  const landing = useRef<HTMLElement | null>(null);
  const field = masked.find((name) => name === pressed?.dataset.reveal);

  // The mask that was pressed will be gone, and the focus must not go with it.
  useEffect(() => {
    if (pressed) return;
    landing.current?.focus();
    landing.current = null;
  }, [pressed]);

  const onRevealed = (fresh: readonly Revealed[]) => {
    // The server may have masked again what this browser took for revealed: then nothing else reads it again.
    const isKnown = fresh.some((reveal) => access.readable.includes(reveal.field));
    for (const kind of ["lookup", "whole", "row"]) {
      const queryKey = [kind, app, subscriberId];
      // What an earlier reason has brought is not for this one.
      queries.removeQueries({ queryKey, type: "inactive" });
      if (isKnown) void queries.resetQueries({ queryKey });
    }
    access.add(fresh);
    landing.current = pressed?.closest<HTMLElement>("[tabindex]") ?? null;
    onClose();
  };
  const revealed = masked.filter((name) => access.readable.includes(name));
  return (
    <>
      <p role="status" className={revealed.length > 0 ? "text-dense text-muted" : "sr-only"}>
        {revealed.length > 0 &&
          t("shownUntil", {
            fields: revealed.map((name) => labels(name)).join(", "),
            subscriberId,
            time: format.dateTime(access.until, "time"),
          })}
      </p>
      {field && (
        <RevealDialog
          {...{ field, app, subscriberId, onRevealed, onClose }}
          others={access.masked.filter((name) => name !== field)}
        />
      )}
    </>
  );
}
