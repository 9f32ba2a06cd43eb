import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button";
import { channelAddress, MOST_COMPARED } from "@/lib/channels/channels-address";

type CompareLinkProps = { app: string; channelIds: readonly string[] };

/** Leads to one chart of these channels. Renders nothing for one channel, or for more than a chart holds. */
export function CompareLink({ app, channelIds }: CompareLinkProps) {
  const t = useTranslations("table");
  const [first, ...others] = channelIds;
  if (first === undefined || others.length === 0 || channelIds.length > MOST_COMPARED) return null;
  return (
    <Link
      prefetch={false}
      href={channelAddress(app, first, null, others)}
      className={buttonClass("secondary")}
    >
      {t("compare")}
    </Link>
  );
}
