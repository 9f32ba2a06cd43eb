import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { useCountdown } from "./use-countdown";

/** Says once how long to wait, and counts down for the eye only. */
export function WaitAlert({ seconds, onEnd }: { seconds: number; onEnd: () => void }) {
  const t = useTranslations("signIn");
  const left = useCountdown(seconds, onEnd);
  return (
    <Alert tone="warn">
      <span className="sr-only">{t("wait", { seconds })}</span>
      <span aria-hidden className="tabular-nums">
        {t("wait", { seconds: left })}
      </span>
    </Alert>
  );
}
