import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { FailureText } from "@/components/action/failure";
import { Alert } from "@/components/ui/alert";
import { buttonClass } from "@/components/ui/button";
import { Screen } from "@/components/ui/screen";
import type { ChatAppLabel } from "@/lib/chat";
import type { Failure } from "@/lib/failure";
import { visibleText } from "@/lib/visible-text";
import { directoryAddress, NO_DATES, type ViewParams, viewAddress } from "./params";

/** The address has no channel. */
export function NothingAsked({ app }: { app: string | null }) {
  const t = useTranslations("trend");
  return (
    <>
      <h1 className="font-semibold text-title">{t("title")}</h1>
      <Screen
        happened={t("nothingAsked.happened")}
        remedy={t("nothingAsked.remedy")}
        action={<ToDirectory app={app} />}
      />
    </>
  );
}

/** The channel is unknown. It may still exist. */
export function NotKnown({ params, app }: { params: ViewParams; app: ChatAppLabel | null }) {
  const t = useTranslations("trend");
  const { channel } = params;
  const id = () => <bdi className="break-all font-mono">{visibleText(channel ?? "")}</bdi>;
  return (
    <>
      <h1 className="font-semibold text-title">{t("title")}</h1>
      <Screen
        happened={t.rich("notKnown.happened", { id, app: visibleText(app?.name ?? "") })}
        remedy={t("notKnown.remedy")}
        action={<ToDirectory app={params.app} />}
      />
    </>
  );
}

function ToDirectory({ app }: { app: string | null }) {
  const t = useTranslations("trend");
  return (
    <Link
      prefetch={false}
      href={directoryAddress(app, null)}
      className={`${buttonClass("secondary")} mt-2`}
    >
      {t("toDirectory")}
    </Link>
  );
}

type NothingInRangeProps = { params: ViewParams; countedAt: Date; timeZone: string };

/** There is no count in the range. */
export function NothingInRange({ params, countedAt, timeZone }: NothingInRangeProps) {
  const t = useTranslations("trend");
  const time = useFormatter().dateTime(countedAt, "exact", { timeZone });
  const action = (
    <Link
      prefetch={false}
      href={viewAddress(params, { range: "all", ...NO_DATES })}
      className={`${buttonClass("secondary")} mt-2`}
    >
      {t("showAll")}
    </Link>
  );
  return (
    <Screen
      happened={t("noneInRange.happened", { time })}
      remedy={t("noneInRange.remedy")}
      action={action}
    />
  );
}

/** The request was refused. */
export function ViewFailure({ failure, params }: { failure: Failure; params: ViewParams }) {
  const t = useTranslations("trend");
  const action = (
    <a
      href={failure.code === "unknownApp" ? "/channels" : viewAddress(params)}
      className={buttonClass("secondary")}
    >
      {failure.code === "unknownApp" ? t("toDirectory") : t("retry")}
    </a>
  );
  return (
    <Alert action={action}>
      <FailureText failure={failure} />
    </Alert>
  );
}
