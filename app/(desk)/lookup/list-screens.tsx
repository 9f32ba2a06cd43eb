"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { isReadToEnd, type ListAnswer } from "./list-answer";

/** One sentence of what is the case, one of what to do, and at most one action. */
function Screen({ happened, remedy, action }: Record<"happened" | "remedy" | "action", ReactNode>) {
  return (
    <div className="grid justify-items-start gap-2 rounded-control border border-line bg-raised p-6">
      <p className="font-medium">{happened}</p>
      <p className="text-muted">{remedy}</p>
      {action}
    </div>
  );
}

export function UnknownSubscriber({ subscriberId }: { subscriberId: string }) {
  const t = useTranslations("lookup.unknown");
  return <Screen happened={t("happened", { subscriberId })} remedy={t("remedy")} action={null} />;
}

export function FollowsNothing({ subscriberId }: { subscriberId: string }) {
  const t = useTranslations("lookup.followsNothing");
  return <Screen happened={t("happened", { subscriberId })} remedy={t("remedy")} action={null} />;
}

export function PastTheEnd({ total, onFirst }: { total: number; onFirst: () => void }) {
  const t = useTranslations("lookup.pastTheEnd");
  const action = <Button onClick={onFirst}>{t("action")}</Button>;
  return <Screen happened={t("happened", { total })} remedy={t("remedy")} action={action} />;
}

/** Rows there are, and none of them matches. A "none" of an incomplete list says so. */
export function NoMatch({ answer, onReset }: { answer: ListAnswer; onReset: () => void }) {
  const t = useTranslations("wholeSet");
  const { rows, total } = answer;
  const action = <Button onClick={onReset}>{t("reset")}</Button>;
  const happened = isReadToEnd(answer)
    ? t("noMatch")
    : t("noMatchOfRead", { read: rows.length, total });
  return <Screen happened={happened} remedy={t("noMatchRemedy")} action={action} />;
}
