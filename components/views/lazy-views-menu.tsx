"use client";

import dynamic from "next/dynamic";
import { type ComponentType, useState } from "react";
import { ViewsButton } from "./views-button";

/**
 * The saved views of a room, whose menu is fetched only when somebody reaches for it.
 *
 * @param load fetches the room's menu: the one of all rooms, with the room's actions
 */
export function lazyViewsMenu<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  const ViewsMenu = dynamic<Props>(load, { ssr: false });
  return function LazyViewsMenu(props: Props) {
    const [wanted, setWanted] = useState(false);
    if (wanted) return <ViewsMenu {...props} />;
    return (
      <ViewsButton
        aria-haspopup="dialog"
        aria-expanded={false}
        onPointerEnter={load}
        onFocus={load}
        onClick={() => setWanted(true)}
      />
    );
  };
}
