"use client";

import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { Avatar } from "@/components/channel/avatar";
import { visibleText } from "@/lib/visible-text";
import type { OverviewChannel, OverviewList } from "./overview-answer";

export type ListColumn = {
  readonly name: string;
  readonly width: `w-${number}`;
  readonly cell: (channel: OverviewChannel) => ReactNode;
};

type ChannelListProps = {
  title: string;
  list: OverviewList;
  /** What leads to all of them. */
  all: string;
  /** Beside the channel itself. */
  columns: readonly ListColumn[];
};

/** The first few of some channels, and the way to all of them. */
export function ChannelList({ title, list, all, columns }: ChannelListProps) {
  const t = useTranslations("overview");
  const id = useId();
  const { href, rows } = list;
  return (
    <section aria-labelledby={id} className="grid grid-cols-[minmax(0,1fr)] content-start gap-2">
      <div className="flex items-baseline gap-3">
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        <Link
          href={href}
          aria-describedby={id}
          className="text-accent-ink tabular-nums underline-offset-2 hover:underline"
        >
          {all}
        </Link>
      </div>
      {rows.length === 0 ? (
        <p className="border-line border-t py-2 text-muted">{t("none")}</p>
      ) : (
        <table aria-labelledby={id} className="w-full table-fixed border-line border-t text-left">
          <thead className="text-dense text-muted">
            <tr>
              <th scope="col" className="py-1 font-normal">
                {t("columns.channel")}
              </th>
              {columns.map(({ name, width }) => (
                <th key={name} scope="col" className={`${width} py-1 pl-3 text-right font-normal`}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((channel) => (
              <tr key={channel.channelId} className="border-line border-t">
                <th scope="row" className="py-1.5 font-normal">
                  <ChannelName channel={channel} />
                </th>
                {columns.map(({ name, cell }) => (
                  <td key={name} className="py-1.5 pl-3 text-right tabular-nums">
                    {cell(channel)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function ChannelName({ channel }: { channel: OverviewChannel }) {
  const t = useTranslations("overview");
  const format = useFormatter();
  const { channelId, name, avatarUrl, subscriberCount, href } = channel;
  const shown = visibleText(name ?? channelId);
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span className="shrink-0">
        <Avatar url={avatarUrl} name={name ?? channelId} />
      </span>
      <span className="min-w-0">
        <Link
          href={href}
          title={shown}
          className="block truncate font-medium underline-offset-2 hover:underline"
        >
          <bdi>{shown}</bdi>
        </Link>
        {subscriberCount !== null && (
          <span className="block truncate text-dense text-muted tabular-nums">
            <span className="sm:hidden">{format.number(subscriberCount)}</span>
            <span className="max-sm:hidden">
              {t("subscribers", {
                count: format.number(subscriberCount),
                value: subscriberCount,
              })}
            </span>
          </span>
        )}
      </span>
    </span>
  );
}
