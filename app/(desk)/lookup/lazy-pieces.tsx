"use client";

import dynamic from "next/dynamic";
import type { ComponentType } from "react";
import { useLinks } from "@/components/shell/link-context";

// Most lookups never show these, so they load on demand.

/** Only in the browser. */
function piece<Props>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  return dynamic(load, { ssr: false });
}

export const InspectorDialog = piece(() =>
  import("./inspector/inspector-dialog").then((module) => module.InspectorDialog),
);

export const loadExportDialog = () =>
  import("./export/export-dialog").then((module) => module.LookupExportDialog);

export const LookupExportDialog = piece(loadExportDialog);

export const Membership = piece(() =>
  import("./membership/membership").then((module) => module.Membership),
);

export const ChannelDrawer = piece(() =>
  import("./row/channel-drawer").then((module) => module.ChannelDrawer),
);

export const RecentLookups = piece(() =>
  import("./recent/recent-lookups").then((module) => module.RecentLookups),
);

export const Reveals = piece(() => import("./reveal/reveals").then((module) => module.Reveals));

export const SelectedChannels = piece(() =>
  import("./list/selected-channels").then((module) => module.SelectedChannels),
);

export const WholeSetNotice = piece(() =>
  import("./stream/whole-set-notice").then((module) => module.WholeSetNotice),
);

export const loadScreens = () => import("./list/list-screens");

export const UnknownSubscriber = dynamic(() => loadScreens().then((all) => all.UnknownSubscriber));
export const Canceled = dynamic(() => loadScreens().then((all) => all.Canceled));
export const FollowsNothing = dynamic(() => loadScreens().then((all) => all.FollowsNothing));
export const PastTheEnd = dynamic(() => loadScreens().then((all) => all.PastTheEnd));
export const NoMatch = dynamic(() => loadScreens().then((all) => all.NoMatch));
export const SlowAnswer = dynamic(() => loadScreens().then((all) => all.SlowAnswer));

const StrictLookup = dynamic(() => import("./strict-lookup").then((module) => module.StrictLookup));

/** Loads StrictLookup if addresses are strict. */
export function LazyStrictLookup() {
  const links = useLinks();
  return links && <StrictLookup links={links} />;
}
