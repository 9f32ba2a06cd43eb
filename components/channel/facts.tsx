"use client";

import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useMemo, useState } from "react";
import { CopyButton } from "@/components/ui/copy";
import { Checkbox } from "@/components/ui/field";
import { prettyJson } from "@/lib/json-text";
import { Avatar } from "./avatar";
import { useAge } from "./relative-time";
import { TextBlock } from "./text";

export type Fact = {
  readonly id: string;
  readonly label: string;
  readonly value: ReactNode;
  /** Whether the value can receive the focus when its focused content is replaced. */
  readonly focusable?: boolean;
};

/** Labelled values under a heading. Hidden without any. */
export function FactList({ title, facts }: { title: string; facts: readonly Fact[] }) {
  return (
    <section hidden={facts.length === 0}>
      <h3 className="mb-2 font-semibold">{title}</h3>
      <dl className="grid grid-cols-[minmax(0,1fr)] gap-3">
        {facts.map(({ id, label, value, focusable }) => (
          <div key={id}>
            <dt className="text-dense text-muted">{label}</dt>
            <dd className="mt-0.5" tabIndex={focusable ? -1 : undefined}>
              {value}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

type FactValueProps = {
  /** Names the value in the labels of the copy buttons. */
  label: string;
  value: string | number | Date | null;
  /** The format of a text: prose, an id or address, or program data. */
  look: "text" | "code" | "data";
  /** The label of a missing value. */
  nothing: string;
};

/** One exact value with a copy button. */
export function FactValue({ label, value, look, nothing }: FactValueProps) {
  const t = useTranslations("drawer");
  const format = useFormatter();
  if (value === null) return <span className="text-muted">{nothing}</span>;
  if (value instanceof Date) return <MomentList at={value} label={label} />;
  return (
    <div className="flex items-start gap-2">
      <div className="min-w-0 flex-1">
        {typeof value === "number" ? (
          format.number(value)
        ) : look === "data" ? (
          <JsonText text={value} />
        ) : (
          <TextBlock text={value} className={look === "code" ? "break-all font-mono" : ""} />
        )}
      </div>
      <CopyButton value={String(value)} label={t("copy", { what: label })} />
    </div>
  );
}

/** A time in four formats, each with a copy button. */
function MomentList({ at, label }: { at: Date; label: string }) {
  const t = useTranslations("drawer");
  const format = useFormatter();
  const forms = {
    relative: useAge(at, at),
    local: format.dateTime(at, "exact"),
    utc: at.toISOString().replace(".000Z", "Z"),
    unix: String(at.getTime() / 1000),
  };
  return (
    <ul className="grid gap-0.5">
      {(Object.keys(forms) as (keyof typeof forms)[]).map((form) => (
        <li key={form} className="flex items-center gap-2">
          <span className="w-28 shrink-0 text-dense text-muted">{t(form)}</span>
          <time dateTime={at.toISOString()} className="min-w-0 flex-1 tabular-nums">
            {forms[form]}
          </time>
          <CopyButton value={forms[form]} label={t("copyAs", { what: label, form: t(form) })} />
        </li>
      ))}
    </ul>
  );
}

/** Custom data. JSON is indented, with a checkbox for the original text. */
function JsonText({ text }: { text: string }) {
  const t = useTranslations("drawer");
  const pretty = useMemo(() => prettyJson(text), [text]);
  const [isRaw, setRaw] = useState(false);
  const code = "rounded-control bg-background p-2 font-mono text-dense";
  if (pretty === null) return <TextBlock text={text} className={code} />;
  return (
    <>
      <TextBlock text={isRaw ? text : pretty} className={code} />
      <Checkbox checked={isRaw} onChange={(event) => setRaw(event.target.checked)}>
        {t("asReceived")}
      </Checkbox>
    </>
  );
}

type ChannelHeadProps = { channelId: string; name: string | null; avatarUrl: string | null };

/** A channel's picture and its full ID. */
export function ChannelHead({ channelId, name, avatarUrl }: ChannelHeadProps) {
  const label = useTranslations("fields")("channelId");
  const t = useTranslations("drawer");
  return (
    <div className="flex flex-wrap items-center gap-3">
      <div className="[&>span]:size-20 [&>span]:text-title [&>span]:leading-20">
        <Avatar url={avatarUrl} name={name ?? channelId} />
      </div>
      <dl className="min-w-0 flex-1 basis-48">
        <dt className="text-dense text-muted">{label}</dt>
        <dd className="flex items-start gap-1">
          <TextBlock text={channelId} className="min-w-0 break-all font-mono" />
          <CopyButton value={channelId} label={t("copyChannelId")} />
        </dd>
      </dl>
    </div>
  );
}
