import Link from "next/link";
import { useTranslations } from "next-intl";
import { FailureText } from "@/components/action/failure-text";
import { Alert } from "@/components/ui/alert";
import { buttonClass } from "@/components/ui/button";
import { Screen } from "@/components/ui/screen";
import type { Failure } from "@/lib/failure";
import type { LinkProblem } from "./asked-address";
import { type AuditParams, auditAddress, NO_FILTER } from "./search-params";

/** There is no audit yet. */
export function Nothing() {
  const t = useTranslations("audit.nothing");
  return <Screen happened={t("happened")} remedy={t("remedy")} />;
}

/** There are rows, and the filters mean none of them. */
export function NoMatch({ params }: { params: AuditParams }) {
  const t = useTranslations("audit");
  const action = (
    <Link
      prefetch={false}
      href={auditAddress(params, { filter: NO_FILTER })}
      className={buttonClass("secondary")}
    >
      {t("filters.reset")}
    </Link>
  );
  return <Screen happened={t("noMatch.happened")} remedy={t("noMatch.remedy")} action={action} />;
}

/** Nothing is shown, because the address does not say what it was to say. */
export function LinkNotice({ problem }: { problem: LinkProblem }) {
  const t = useTranslations("audit.link");
  return (
    <Alert tone="warn">
      <p className="font-medium">{t(`${problem}.happened`)}</p>
      <p>{t(`${problem}.remedy`)}</p>
    </Alert>
  );
}

/** Nothing is shown, because it could not be written down that it was, or for another such reason. */
export function AuditFailure({ failure, address }: { failure: Failure; address: string }) {
  const t = useTranslations("audit");
  const action = (
    <a href={address} className={buttonClass("secondary")}>
      {t("retry")}
    </a>
  );
  return (
    <Alert action={action}>
      <FailureText failure={failure} />
    </Alert>
  );
}
