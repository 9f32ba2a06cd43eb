import { useTranslations } from "next-intl";
import { channelAddress } from "@/lib/channels/channels-address";
import type { DeliveredNotice } from "@/lib/digest/list-deliveries";
import { visibleText } from "@/lib/visible-text";
import { TableLink } from "./table-link";

/** Notices of a delivery that are shown; further ones are counted. */
const SHOWN = 3;

type ToldNoticesProps = { told: readonly DeliveredNotice[]; defaultApp: string };

/** What a delivery tells, and of which channels. */
export function ToldNotices({ told, defaultApp }: ToldNoticesProps) {
  const t = useTranslations("status.digest");
  const more = told.length - SHOWN;
  return (
    <ul>
      {told.slice(0, SHOWN).map(({ id, kind, app, channelId, name }) => {
        const shown = visibleText(name ?? channelId);
        return (
          <li key={id} className="flex gap-2">
            <span className="text-muted">{t(`kinds.${kind}`)}</span>
            <TableLink href={channelAddress(app, channelId, defaultApp)} title={shown}>
              <bdi className="block max-w-64 truncate">{shown}</bdi>
            </TableLink>
          </li>
        );
      })}
      {more > 0 && <li className="text-muted">{t("more", { count: more })}</li>}
    </ul>
  );
}
