"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button, buttonClass } from "@/components/ui/button";
import { Screen } from "@/components/ui/screen";
import type { DirectoryView } from "@/lib/channels/known-channel";

/** The desk has met no channel of this app yet. */
export function NothingKnown() {
  const t = useTranslations("channels.nothingKnown");
  const action = (
    <Link prefetch={false} href="/lookup" className={`${buttonClass("secondary")} mt-2`}>
      {t("action")}
    </Link>
  );
  return <Screen happened={t("happened")} remedy={t("remedy")} action={action} />;
}

/** There are channels in this view, and none of them matches. */
export function NoMatch({ onReset }: { onReset: () => void }) {
  const t = useTranslations("channels.noMatch");
  const action = <Button onClick={onReset}>{t("action")}</Button>;
  return <Screen happened={t("happened")} remedy={t("remedy")} action={action} />;
}

/** There are channels, but none that this view is about. */
export function EmptyView({ view }: { view: DirectoryView }) {
  const t = useTranslations("channels.views");
  return <Screen happened={t(`${view}.none`)} remedy={t(`${view}.noneRemedy`)} />;
}
