import { useFormatter, useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { namedChannel } from "@/lib/channels/seen-channel";
import type { TrendView } from "./trend-view";

type SampleNoteProps = {
  view: Pick<TrendView, "channel" | "others" | "sampleUntil">;
  timeZone: string;
};

/** Until when what is shown is sample data, and of several channels, which ones it is of. */
export function SampleNote({ view, timeZone }: SampleNoteProps) {
  const t = useTranslations("trend");
  const format = useFormatter();
  const { channel, others, sampleUntil } = view;
  if (sampleUntil === null) return null;
  const time = format.dateTime(sampleUntil, "exact", { timeZone });
  const sampled = [channel, ...others].filter((one) => one.sampleUntil !== null);
  const names = format.list(sampled.map((one) => namedChannel(one).name));
  return (
    <Alert tone="neutral">
      {others.length === 0 ? t("sample", { time }) : t("sampleOf", { names, time })}
    </Alert>
  );
}
