import { useFormatter, useTranslations } from "next-intl";

/** Times that are listed: the newest ones. */
const LISTED = 100;

/** The messages that the marks at the foot of the chart mean, for who wants to read their times. */
export function MessageTimes({
  messages,
  timeZone,
}: {
  messages: readonly Date[];
  timeZone: string;
}) {
  const t = useTranslations("trend");
  const format = useFormatter();
  if (messages.length === 0) return null;
  const newest = messages.slice(-LISTED).toReversed();
  return (
    <details>
      <summary className="w-fit rounded-mark text-accent-ink underline-offset-4 hover:underline">
        {t("messageTimes", { count: messages.length })}
      </summary>
      {newest.length < messages.length && (
        <p className="mt-2 text-dense text-muted">{t("newestTimes", { count: LISTED })}</p>
      )}
      <ol className="mt-2 grid grid-cols-[repeat(auto-fill,minmax(14rem,1fr))] gap-x-6 gap-y-0.5 text-dense tabular-nums">
        {newest.map((at) => (
          <li key={at.getTime()}>
            <time dateTime={at.toISOString()}>{format.dateTime(at, "exact", { timeZone })}</time>
          </li>
        ))}
      </ol>
    </details>
  );
}
