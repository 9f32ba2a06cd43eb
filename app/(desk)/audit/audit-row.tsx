import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Identifier } from "@/components/channel/identifier";
import { UntrustedText } from "@/components/channel/untrusted-text";
import { Badge } from "@/components/ui/badge";
import { CopyMark } from "@/components/ui/copy-mark";
import type { Tone } from "@/components/ui/tone";
import type { AuditRow as Row } from "@/lib/audit/chain";
import type { AuditOutcome } from "@/lib/audit/event";
import { ROLES } from "@/lib/auth/permissions";
import { FIELDS } from "@/lib/chat-api/types";
import { type AuditColumn, COLUMNS } from "./columns";

/** One thing that somebody did, or tried to. On a narrow screen it is some lines, what and outcome first. */
export function AuditRow({ row }: { row: Row }) {
  const t = useTranslations("audit.columns");
  const cells = useCells(row);
  return (
    <tr className="bg-raised hover:bg-hover max-sm:flex max-sm:flex-wrap max-sm:items-center max-sm:gap-x-3 max-sm:border-line max-sm:border-b max-sm:px-3 max-sm:py-2">
      {COLUMNS.map(({ name, isNumber, narrow }) => (
        <td
          key={name}
          data-label={t(name)}
          className={`${CELL} ${narrow} ${isNumber ? "tabular-nums sm:text-right" : ""}`}
        >
          {cells[name]}
        </td>
      ))}
    </tr>
  );
}

const CELL =
  "align-top max-sm:min-w-0 max-sm:empty:hidden sm:border-line sm:border-b sm:bg-inherit sm:px-2 sm:py-2 sm:first:sticky sm:first:left-0 sm:first:pl-3";

function useCells(row: Row): Record<AuditColumn["name"], ReactNode> {
  const t = useTranslations("audit");
  const actions = useTranslations("audit.actions");
  const roles = useTranslations("roles");
  const format = useFormatter();
  const { at, actorEmail, actorRole, address, action, rows, durationMs, requestId } = row;
  const role = ROLES.find((known) => known === actorRole);
  return {
    time: (
      <time dateTime={at.toISOString()} title={at.toISOString()} className="whitespace-nowrap">
        {format.dateTime(at, "exact")}
      </time>
    ),
    person:
      actorEmail === null ? (
        <span className="text-muted">{t("nobody")}</span>
      ) : (
        <UntrustedText text={actorEmail} className="sm:max-w-56" />
      ),
    role: role ? (
      <span className="whitespace-nowrap">{roles(role)}</span>
    ) : (
      actorRole && <UntrustedText text={actorRole} />
    ),
    address: address && <UntrustedText text={address} className="font-mono" />,
    action: <span className="whitespace-nowrap">{actions(action)}</span>,
    about: <About row={row} />,
    fields: row.fields && row.fields.length > 0 && <Fields names={row.fields} />,
    rows: rows !== null && format.number(rows),
    outcome: <Outcome row={row} />,
    duration: durationMs !== null && t("milliseconds", { count: durationMs }),
    request: (
      <span className="flex items-center gap-1">
        <bdi title={requestId} className="font-mono">
          {requestId.slice(0, 8)}
        </bdi>
        <CopyMark value={requestId} label={t("copyRequestId")} />
      </span>
    ),
  };
}

function About({ row: { action, app, subscriberId, target, reason } }: { row: Row }) {
  const t = useTranslations("audit");
  if (app === null && subscriberId === null && target === null && reason === null) return null;
  return (
    <span className="grid min-w-0 gap-0.5 sm:min-w-40 sm:max-w-72">
      {(app !== null || subscriberId !== null) && (
        <span className="flex min-w-0 items-center gap-2">
          {app !== null && <UntrustedText text={app} className="shrink-0 text-muted" />}
          {subscriberId !== null && (
            <Identifier id={subscriberId} copyLabel={t("copySubscriberId")} />
          )}
        </span>
      )}
      {target !== null && <UntrustedText text={target} />}
      {reason !== null && (
        <span className="flex min-w-0 gap-1">
          <span className="shrink-0 text-muted">
            {t(action === "people.changeRole" ? "change" : "reason")}
          </span>
          <UntrustedText text={reason} className="min-w-0" />
        </span>
      )}
    </span>
  );
}

function Fields({ names }: { names: readonly string[] }) {
  const t = useTranslations("audit");
  const fields = useTranslations("fields");
  return (
    <details>
      <summary className="w-fit whitespace-nowrap rounded-mark">
        {t("fieldCount", { count: names.length })}
      </summary>
      <ul>
        {names.map((name) => {
          const known = FIELDS.find((field) => field === name);
          return <li key={name}>{known ? fields(known) : <UntrustedText text={name} />}</li>;
        })}
      </ul>
    </details>
  );
}

const TONES: Readonly<Record<AuditOutcome, Tone>> = {
  started: "warn",
  done: "neutral",
  partial: "warn",
  cancelled: "warn",
  refused: "bad",
  failed: "bad",
};

function Outcome({ row: { outcome, code } }: { row: Row }) {
  const t = useTranslations("audit.outcomes");
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-1.5">
      <Badge tone={TONES[outcome]}>{t(outcome)}</Badge>
      {code !== null && <UntrustedText text={code} className="font-mono sm:max-w-32" />}
    </span>
  );
}
