import type { useTranslations } from "next-intl";
import type { Subscription } from "@/lib/chat-api/types";
import { MINUTE_MS } from "@/lib/time";
import type { ListAnswer } from "../list/list-answer";
import type { Count } from "./recent";

/**
 * What has changed since an earlier lookup. `rows`: subscriptions that began since, and those that ended;
 * a channel that was left and subscribed to again counts in both. `total`: by how many channels the list
 * is longer, or shorter if below 0.
 */
type Difference =
  | { readonly kind: "rows"; readonly added: number; readonly ended: number }
  | { readonly kind: "total"; readonly more: number };

/** Milliseconds by which the clocks of Channel Desk and the vendor may differ. */
const DOUBT = MINUTE_MS;

type Answer = Pick<ListAnswer, "state" | "rows" | "total" | "readTo">;

/** Compares the totals, or the subscriptions if the whole list says without doubt which of them are new. */
export function differenceSince(earlier: Count, answer: Answer): Difference {
  const { state, rows, total, readTo } = answer;
  const more = total - earlier.total;
  if (state !== "complete") return { kind: "total", more };
  const isSure = ({ subscribedAt }: Subscription) => {
    const at = subscribedAt?.getTime();
    if (at === undefined || at > (readTo?.getTime() ?? 0) + DOUBT) return false;
    return Math.abs(at - earlier.at) > DOUBT;
  };
  const isNew = ({ subscribedAt }: Subscription) => (subscribedAt?.getTime() ?? 0) > earlier.at;
  const added = rows.filter(isNew).length;
  const ended = added - more;
  return ended >= 0 && rows.every(isSure)
    ? { kind: "rows", added, ended }
    : { kind: "total", more };
}

type Translator = ReturnType<typeof useTranslations<"lookup">>;

/** Returns the difference in words. */
export function describeDifference(t: Translator, difference: Difference): string {
  if (difference.kind === "total") {
    const { more } = difference;
    if (more === 0) return t("since.sameTotal");
    return more > 0 ? t("since.more", { count: more }) : t("since.fewer", { count: -more });
  }
  const { added, ended } = difference;
  return added + ended === 0 ? t("since.noChange") : t("since.rows", { added, ended });
}
