import { z } from "zod";
import { instantOf } from "@/components/listing/filters/field-text";
import { AUDIT_ACTIONS, AUDIT_OUTCOMES } from "@/lib/audit/event";
import { AUDIT_SORTS, type AuditFilter, type AuditQuery, type AuditSort } from "@/lib/audit/list";
import type { Details } from "@/lib/audit/record";
import {
  joinedQuery,
  LINK_PARAM,
  REFUSED_PARAM,
  saysTooMuch,
  splitQuery,
  WITHOUT_PARAM,
} from "@/lib/links/link-address";
import "server-only";
import { env } from "@/lib/env";
import { openedLink } from "@/lib/links/links";

/** Rows per page. */
export const SIZES = [50, 100, 200] as const;

const [DEFAULT_SIZE] = SIZES;

export const NO_FILTER: AuditFilter = {
  ...{ from: null, to: null, person: null, actions: [], outcomes: [] },
  ...{ app: null, subscriberId: null, target: null, requestId: null },
};

/** The link that stores the texts of the filters, and those texts as a query. */
type AuditLink = { readonly id: string; readonly hidden: string };

/** The query of an audit address. */
export type AuditParams = AuditQuery & {
  /** The current app, which all URLs pass on. It is no filter. */
  readonly deskApp: string | null;
  /** Null if URLs may contain such texts, or if there are none. */
  readonly link: AuditLink | null;
};

/**
 * Reads the query of an address. Invalid values fall back to their defaults. A time without a zone, as a form
 * sends it, is in this time zone.
 */
export function readAuditParams(
  query: URLSearchParams,
  timeZone: string,
  link: AuditLink | null = null,
): AuditParams {
  return {
    filter: {
      from: momentOf(query.get("from"), timeZone),
      to: momentOf(query.get("to"), timeZone),
      person: textOf(query.get("person")),
      actions: AUDIT_ACTIONS.filter((action) => query.getAll("action").includes(action)),
      outcomes: AUDIT_OUTCOMES.filter((outcome) => query.getAll("outcome").includes(outcome)),
      app: textOf(query.get("inApp")),
      subscriberId: textOf(query.get("subscriber")),
      target: textOf(query.get("target")),
      requestId: textOf(query.get("request")),
    },
    sort: sortOf(query.get("sort")),
    size: SIZES.find((size) => size >= (numberOf(query.get("size")) ?? 0)) ?? 200,
    page: Math.max(1, numberOf(query.get("page")) ?? 1),
    through: numberOf(query.get("through")) || null,
    deskApp: textOf(query.get("app")),
    link,
  };
}

/** Returns the canonical query; defaults are left out. */
export function writeAuditParams({ filter, ...rest }: AuditParams): URLSearchParams {
  const { sort, size, page, through, deskApp } = rest;
  const isDefault = sort.by === "time" && sort.descending;
  const written: [string, string | number | null][] = [
    ["app", deskApp],
    ...writeFilter(filter),
    ["sort", isDefault ? null : `${sort.descending ? "-" : ""}${sort.by}`],
    ["size", size === DEFAULT_SIZE ? null : size],
    ["page", page === 1 ? null : page],
    ["through", through],
  ];
  return new URLSearchParams(
    written.flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]])),
  );
}

/** Returns the URL with changes, from the first page on and with all current rows. */
export function auditAddress(
  params: AuditParams,
  changes: Partial<AuditParams> = {},
  path = "/audit",
): string {
  const query = linkedQuery({ ...params, page: 1, through: null, ...changes });
  return query.size === 0 ? path : `${path}?${query}`;
}

/** With the link in place of its content, and the names of parameters that override it. */
function linkedQuery(params: AuditParams): URLSearchParams {
  const query = writeAuditParams(params);
  const { link } = params;
  if (link === null) return query;
  const { open, hidden } = splitQuery("audit", query);
  if (hidden === "") return open;
  open.set(LINK_PARAM, link.id);
  const kept = new URLSearchParams(hidden);
  for (const name of new URLSearchParams(link.hidden).keys()) {
    if (!kept.has(name)) open.append(WITHOUT_PARAM, name);
  }
  return open;
}

/** What the audit log records about the access. */
export function aboutOf({ filter, page }: AuditParams): Partial<Details> {
  const { app, subscriberId, ...rest } = filter;
  const said = writeFilter({ ...rest, app: null, subscriberId: null }).flatMap(([name, value]) =>
    value === null ? [] : [`${name}=${value}`],
  );
  if (page > 1) said.push(`page=${page}`);
  return { app, subscriberId, target: said.join(" ") || null };
}

/** Parses a query as input of a guard. Times without a zone are UTC. */
export const auditInput = z
  .instanceof(URLSearchParams)
  .transform((query) => readAuditParams(query, "UTC"));

function writeFilter(filter: AuditFilter): [string, string | null][] {
  const { from, to, person, actions, outcomes, app, subscriberId, target, requestId } = filter;
  return [
    ["from", from && momentText(from)],
    ["to", to && momentText(to)],
    ["person", person],
    ...actions.map((action): [string, string] => ["action", action]),
    ...outcomes.map((outcome): [string, string] => ["outcome", outcome]),
    ["inApp", app],
    ["subscriber", subscriberId],
    ["target", target],
    ["request", requestId],
  ];
}

const ZONED = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/;

function momentOf(text: string | null, timeZone: string): Date | null {
  if (text === null) return null;
  if (ZONED.test(text)) {
    const at = new Date(text);
    return Number.isNaN(at.getTime()) ? null : at;
  }
  const [date = "", time = ""] = text.split("T");
  return /^\d\d:\d\d(:\d\d)?$/.test(time) ? instantOf({ date, time }, timeZone) : null;
}

function momentText(at: Date): string {
  return at.toISOString().replace(".000Z", "Z");
}

const LONGEST_TEXT = 500;

// The audit log stores the replacement character for NUL too.
function textOf(text: string | null): string | null {
  return text?.replaceAll("\0", "\ufffd").trim().slice(0, LONGEST_TEXT) || null;
}

function numberOf(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function sortOf(text: string | null): AuditSort {
  const by = AUDIT_SORTS.find((name) => name === text?.replace(/^-/, ""));
  return by === undefined
    ? { by: "time", descending: true }
    : { by, descending: text?.startsWith("-") === true };
}

/** Why a URL shows nothing. */
export type LinkProblem =
  /** The desk does not know its link, or not any more. */
  | "unknown"
  /** It openly contained what it must not. */
  | "refused";

type RequestedAddress = {
  readonly query: URLSearchParams;
  readonly link: AuditLink | null;
  /** Then the query is incomplete and would show other rows. */
  readonly problem: LinkProblem | null;
};

/** Returns the query of an address of this page or of its export, with the part behind its link. */
export async function requestedQuery(address: URLSearchParams): Promise<RequestedAddress> {
  if (!env().strictAddresses) return { query: address, link: null, problem: null };
  const query = splitQuery("audit", address).open;
  if (address.has(REFUSED_PARAM) || saysTooMuch("audit", address)) {
    return { query, link: null, problem: "refused" };
  }
  const id = address.get(LINK_PARAM);
  if (id === null) return { query, link: null, problem: null };
  const hidden = await openedLink("audit", id);
  if (hidden === null) return { query, link: null, problem: "unknown" };
  const whole = joinedQuery("audit", address, hidden);
  for (const name of address.getAll(WITHOUT_PARAM)) whole.delete(name);
  return { query: whole, link: { id, hidden }, problem: null };
}
