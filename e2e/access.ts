import { readFileSync } from "node:fs";
import type { Desk } from "./desk";
import type { Role } from "./sign-in";

/** The roles that get an answer, or anybody. */
type Opens = readonly Role[] | "anybody";

const EVERYBODY = ["support", "product", "admin"] as const;

/** A page or route of the build, by the name that the build gives it. */
export type AddressAccess = {
  readonly name: string;
  readonly address: string;
  readonly opens: Opens;
  /** What is posted to a route that takes a body. */
  readonly body?: unknown;
};

const CHANNELS_ROLES = ["product", "admin"] as const;

const LOOKED_UP = "app=demo&subscriber=107867";

const CHANNEL = "@TOA#_test_mill_subscriber_OA";
// Not the one that is searched for in what nobody may see: an address is repeated to everybody.
const ONE_CHANNEL = `/channels/view?channel=${encodeURIComponent("@TOA#_@TOA#F4QJ")}`;

/** Every page, with an address that shows what it is for. */
export const PAGES: readonly AddressAccess[] = [
  { name: "/page", address: "/", opens: EVERYBODY },
  { name: "/sign-in/page", address: "/sign-in", opens: "anybody" },
  { name: "/choose-password/page", address: "/choose-password", opens: "anybody" },
  { name: "/(desk)/account/page", address: "/account", opens: EVERYBODY },
  { name: "/(desk)/lookup/page", address: `/lookup?${LOOKED_UP}`, opens: EVERYBODY },
  { name: "/(desk)/bulk/page", address: "/bulk", opens: EVERYBODY },
  { name: "/(desk)/overview/page", address: "/overview", opens: CHANNELS_ROLES },
  { name: "/(desk)/channels/page", address: "/channels", opens: CHANNELS_ROLES },
  { name: "/(desk)/channels/view/page", address: ONE_CHANNEL, opens: CHANNELS_ROLES },
  { name: "/(desk)/status/page", address: "/status", opens: ["admin"] },
  { name: "/(desk)/audit/page", address: "/audit", opens: ["admin"] },
  { name: "/(desk)/people/page", address: "/people", opens: ["admin"] },
];

/** Every route that answers with data or a file. */
export const ROUTES: readonly AddressAccess[] = [
  { name: "/api/health/route", address: "/api/health", opens: "anybody" },
  {
    name: "/(desk)/lookup/stream/route",
    address: `/lookup/stream?${LOOKED_UP}&fields=name`,
    opens: EVERYBODY,
  },
  {
    name: "/(desk)/lookup/export/route",
    address: `/lookup/export?${LOOKED_UP}&format=csv`,
    opens: ["product", "admin"],
  },
  {
    ...{ name: "/(desk)/bulk/run/route", address: "/bulk/run", opens: EVERYBODY },
    body: { app: "demo", subscriberIds: ["107867"], channelId: CHANNEL },
  },
  {
    name: "/(desk)/bulk/export/route",
    address: "/bulk/export?format=csv",
    opens: ["product", "admin"],
    body: {
      ...{ app: "demo", channelId: null, readAt: 0, asked: 1 },
      records: [["107867", "found", 8, null, null, null]],
    },
  },
  {
    name: "/(desk)/channels/export/route",
    address: "/channels/export?format=csv",
    opens: CHANNELS_ROLES,
  },
  {
    name: "/(desk)/channels/view/export/route",
    address: `${ONE_CHANNEL.replace("view", "view/export")}&format=csv`,
    opens: CHANNELS_ROLES,
  },
  { name: "/(desk)/audit/export/route", address: "/audit/export", opens: ["admin"] },
];

/** What a form is posted to where addresses hold no ids: it answers with where to go. */
export const ASK: readonly AddressAccess[] = [
  { name: "/(desk)/lookup/ask/route", address: "/lookup/ask", opens: EVERYBODY },
  { name: "/(desk)/audit/ask/route", address: "/audit/ask", opens: ["admin"] },
];

/** What the sign-in library answers, each by an address of its own. */
export const SIGN_IN_ROUTE = "/api/auth/[...nextauth]/route";

/** What the vendor calls, and nobody else: it opens to a signature, whoever is signed in. */
export const WEBHOOK_ROUTE = "/api/webhooks/[app]/route";

/** What the framework itself puts into every build: they show nothing of ours. */
export const FRAMEWORK = ["/_global-error/page", "/_not-found/page"];

export type ActionAccess = {
  /** The file, without `app/(desk)/`, and the export. */
  readonly name: string;
  /** The page that it is sent to. */
  readonly page: string;
  readonly input: unknown;
  readonly opens: Opens;
};

const QUESTION = {
  ...{ app: "demo", subscriberId: "107867" },
  ...{ fields: ["name"], offset: 0, size: 20 },
};
const NO_ONE = "00000000-0000-4000-8000-000000000000";

/** Every server action, with an input that it takes. */
export const ACTIONS: readonly ActionAccess[] = [
  ...actionsOf("/lookup", EVERYBODY, {
    "preference-actions.ts rememberCsvSeparator": "comma",
    "preference-actions.ts rememberSingleKeys": true,
    "preference-actions.ts savePreference": { name: "singleKeys", value: true },
    "lookup/actions.ts lookup": QUESTION,
    "lookup/inspector/inspect-actions.ts inspect": QUESTION,
    "lookup/row/row-actions.ts readRow": {
      ...{ app: "demo", subscriberId: "107867" },
      ...{ channelId: CHANNEL, offsetHint: 0 },
    },
    "membership-actions.ts askMembership": {
      ...{ app: "demo", subscriberId: "107867" },
      channel: CHANNEL,
    },
    "membership-actions.ts suggestChannels": { app: "demo", text: "a" },
    "lookup/views/view-actions.ts listViews": null,
    "lookup/views/view-actions.ts saveView": { name: "Walked", query: "q=a", isTeam: false },
    "lookup/views/view-actions.ts renameView": { id: NO_ONE, name: "Walked again" },
    "lookup/views/view-actions.ts deleteView": NO_ONE,
    "link-actions.ts storeLink": { id: "walkedWalkedWalkedWalke", query: "q=a" },
    "link-actions.ts openLink": "walkedWalkedWalkedWalke",
  }),
  ...actionsOf("/lookup", ["admin"], {
    "lookup/reveal/reveal-actions.ts reveal": {
      ...{ app: "demo", subscriberId: "107867" },
      ...{ fields: ["subscriberCustomString"], reason: "walking by" },
    },
  }),
  ...actionsOf("/overview", CHANNELS_ROLES, { "overview/actions.ts overview": { app: "demo" } }),
  ...actionsOf("/channels", CHANNELS_ROLES, {
    "channels/actions.ts readDirectory": { query: "view=all", trends: true },
    "channels/actions.ts readChoices": { query: "view=all", column: "ownerId" },
    "channels/actions.ts readChannel": { app: "demo", channelId: CHANNEL },
    "channels/change-actions.ts addChannels": { app: "demo", ids: [CHANNEL] },
    "channels/actions.ts refreshChannel": { app: "demo", channelId: CHANNEL },
    "channels/change-actions.ts watchChannels": {
      ...{ app: "demo", channelIds: [CHANNEL] },
      ...{ isTeam: true, watched: true },
    },
    "channels/change-actions.ts tagChannels": {
      ...{ app: "demo", channelIds: [CHANNEL] },
      ...{ tag: "Walked", tagged: true },
    },
    "channels/change-actions.ts changeTagPeriod": { tag: "Walked", minutes: 30 },
    "channels/view-actions.ts listViews": null,
    "channels/view-actions.ts saveView": { name: "Walked", query: "q=a", isTeam: false },
    "channels/view-actions.ts renameView": { id: NO_ONE, name: "Walked again" },
    "channels/view-actions.ts deleteView": NO_ONE,
    "channels/view-actions.ts listAlerts": { app: "demo" },
    "channels/view-actions.ts setAlert": { app: "demo", viewId: NO_ONE, isOn: true },
    "alert-actions.ts listPersonalAlerts": null,
    "alert-actions.ts markAlertsRead": { upTo: 0 },
  }),
  ...actionsOf("/status", ["admin"], { "status/actions.ts testConnection": { app: "demo" } }),
  ...actionsOf("/account", EVERYBODY, {
    "account/actions.ts beginCodes": null,
    "account/actions.ts changePassword": { password: "wrong", next: "wrong" },
    "account/actions.ts switchCodesOn": { ticket: "none", newCode: "000000", password: "wrong" },
    "account/actions.ts switchCodesOff": { code: "000000", password: "wrong" },
    "account/actions.ts linkAccount": { password: "wrong" },
    "account/actions.ts endSessions": { target: NO_ONE, password: "wrong" },
  }),
  ...actionsOf("/people", ["admin"], {
    "people/actions.ts invitePerson": { email: "new@demo.test", name: "New", role: "support" },
    "people/actions.ts inviteAgain": { id: NO_ONE },
    "people/actions.ts changeRole": { id: NO_ONE, from: "support", to: "admin" },
    "people/actions.ts resetPassword": { id: NO_ONE },
    "people/actions.ts resetCodes": { id: NO_ONE },
    "people/actions.ts disablePerson": { id: NO_ONE },
    "people/actions.ts enablePerson": { id: NO_ONE },
    "people/actions.ts endSessions": { id: NO_ONE },
    "people/actions.ts endAllSessions": null,
  }),
  ...actionsOf("/choose-password", "anybody", {
    "app/choose-password/actions.ts readLink": "none",
    "app/choose-password/actions.ts choosePassword": { token: "none", password: "wrong" },
  }),
];

function actionsOf(
  page: string,
  opens: Opens,
  inputs: Readonly<Record<string, unknown>>,
): ActionAccess[] {
  return Object.entries(inputs).map(([name, input]) => ({ name, page, input, opens }));
}

/** The pages and routes that the build has. */
export function builtAddresses(): string[] {
  return Object.keys(readManifest("app-paths-manifest"));
}

/** The server actions that the build has, each by its name, with the id that a request names it by. */
export function builtActions(): ReadonlyMap<string, string> {
  const { node } = readManifest("server-reference-manifest") as unknown as {
    node: Record<string, { filename: string; exportedName: string }>;
  };
  return new Map(
    Object.entries(node).map(([id, { filename, exportedName }]) => [
      `${filename.replace("app/(desk)/", "")} ${exportedName}`,
      id,
    ]),
  );
}

function readManifest(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(`.next/server/${name}.json`, "utf8"));
}

/** Calls a server action as the framework's script does, by the name the table above gives it. */
export function callByHand(
  { url }: Pick<Desk, "url">,
  { name, page, input }: { readonly name: string; readonly page: string; readonly input: unknown },
  heads: Readonly<Record<string, string>>,
): Promise<Response> {
  const id = builtActions().get(name);
  if (id === undefined) throw new Error(`The build has no action ${name}.`);
  return fetch(url + page, {
    method: "POST",
    headers: {
      ...heads,
      "next-action": id,
      "content-type": "text/plain;charset=UTF-8",
      accept: "text/x-component",
      "sec-fetch-mode": "cors",
    },
    body: JSON.stringify([input]),
    redirect: "manual",
  });
}
