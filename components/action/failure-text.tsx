import { useTranslations } from "next-intl";
import type { Failure } from "@/lib/failure";
import { visibleText } from "@/lib/visible-text";

type FailureTextProps = {
  /** Null: the desk was not reached, or failed in a way it did not foresee. */
  failure: Failure | null;
  /** Said instead of what the failure says would help. */
  remedy?: string;
};

/** What failed and what to do about it, with the vendor's code and words. */
export function FailureText({ failure, remedy }: FailureTextProps) {
  const t = useTranslations("failed");
  const { vendor = null, requestId = null } = failure ?? {};
  return (
    <>
      <p className="font-medium">{failure?.happened ?? t("unreachable.happened")}</p>
      <p>{remedy ?? failure?.remedy ?? t("unreachable.remedy")}</p>
      {vendor && (
        <p className="mt-1 text-dense">
          <span>
            {vendor.code === null
              ? t("detail")
              : t("vendorCode", { code: String(vendor.code) })}{" "}
          </span>
          <bdi className="font-mono">{visibleText(vendor.info)}</bdi>
        </p>
      )}
      {requestId && (
        <p className="text-dense">
          {t("request")} <span className="font-mono">{requestId}</span>
        </p>
      )}
    </>
  );
}
