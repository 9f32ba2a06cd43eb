"use client";

import dynamic from "next/dynamic";

// What most lookups never show is fetched by those that do.

export const loadChips = () =>
  import("@/components/channel/filters/filter-chips").then((module) => module.FilterChips);

export const FilterChips = dynamic(loadChips, { ssr: false });

export const Membership = dynamic(
  () => import("./membership").then((module) => module.Membership),
  {
    ssr: false,
  },
);

export const loadScreens = () => import("./list-screens");

export const UnknownSubscriber = dynamic(() => loadScreens().then((all) => all.UnknownSubscriber));
export const FollowsNothing = dynamic(() => loadScreens().then((all) => all.FollowsNothing));
export const PastTheEnd = dynamic(() => loadScreens().then((all) => all.PastTheEnd));
export const NoMatch = dynamic(() => loadScreens().then((all) => all.NoMatch));

export const RecentLookups = dynamic(
  () => import("./recent-lookups").then((module) => module.RecentLookups),
  { ssr: false },
);

export const Reveals = dynamic(() => import("./reveals").then((module) => module.Reveals), {
  ssr: false,
});

export const SelectionBar = dynamic(
  () => import("./selection-bar").then((module) => module.SelectionBar),
  { ssr: false },
);

export const WholeSetNotice = dynamic(
  () => import("./whole-set-notice").then((module) => module.WholeSetNotice),
  { ssr: false },
);
