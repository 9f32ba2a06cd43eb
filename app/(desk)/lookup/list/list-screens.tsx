"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Screen } from "@/components/ui/screen";
import { useClock } from "@/components/ui/use-clock";
import { isReadToEnd, type ListAnswer } from "./list-answer";

export function UnknownSubscriber({ subscriberId }: { subscriberId: string }) {
  const t = useTranslations("lookup.unknown");
  return <Screen happened={t("happened", { subscriberId })} remedy={t("remedy")} />;
}

/** Somebody has ended the wait for the answer. */
export function Canceled({ subscriberId, onRetry }: { subscriberId: string; onRetry: () => void }) {
  const t = useTranslations("lookup.slow");
  const action = <Button onClick={onRetry}>{t("retry")}</Button>;
  return <Screen happened={t("canceled", { subscriberId })} remedy={t("remedy")} action={action} />;
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

/** Seconds after which a reader is told that the answer is still on its way. */
const SLOW_SECONDS = 3;

/** Tells how long an answer has been waited for, once that is long, and ends the wait. */
export function SlowAnswer({ onCancel }: { onCancel: () => void }) {
  const t = useTranslations("lookup.slow");
  const [startedAt] = useState(() => new Date());
  const seconds = useClock((now) => Math.floor((now - startedAt.getTime()) / 1000), startedAt);
  if (seconds < SLOW_SECONDS) return null;
  return (
    <Alert tone="neutral" action={<Button onClick={onCancel}>{t("cancel")}</Button>}>
      <p>
        {t("waiting")} <span aria-hidden>{t("seconds", { seconds })}</span>
      </p>
    </Alert>
  );
}
