"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Screen } from "@/components/ui/screen";
import { isReadToEnd, type ListAnswer } from "./list-answer";

export function UnknownSubscriber({ subscriberId }: { subscriberId: string }) {
  const t = useTranslations("lookup.unknown");
  return <Screen happened={t("happened", { subscriberId })} remedy={t("remedy")} />;
}

export function FollowsNothing({ subscriberId }: { subscriberId: string }) {
  const t = useTranslations("lookup.followsNothing");
  return <Screen happened={t("happened", { subscriberId })} remedy={t("remedy")} />;
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
