"use client";

import dynamic from "next/dynamic";
import { type ComponentProps, useState } from "react";
import { ViewsButton } from "./views-button";

type Props = Omit<ComponentProps<typeof import("./views-menu").ViewsMenu>, "loading">;

const load = () => import("./views-menu").then((module) => module.ViewsMenu);

/** The saved views, whose menu is fetched only when somebody reaches for it. */
export function LazyViewsMenu(props: Props) {
  const [wanted, setWanted] = useState(false);
  const button = (
    <ViewsButton
      aria-haspopup="dialog"
      aria-expanded={false}
      onPointerEnter={load}
      onFocus={load}
      onClick={() => setWanted(true)}
    />
  );
  return wanted ? <ViewsMenu {...props} /> : button;
}

const ViewsMenu = dynamic(load, { ssr: false });
