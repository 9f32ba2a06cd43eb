"use client";

import dynamic from "next/dynamic";
import { type ComponentProps, useState } from "react";
import { ColumnsButton } from "./columns-button";

type Props = Omit<ComponentProps<typeof import("./column-picker").ColumnPicker>, "loading">;

const load = () => import("./column-picker").then((module) => module.ColumnPicker);

/** The column picker, whose popover is fetched only when somebody reaches for it. */
export function LazyColumnPicker(props: Props) {
  const [wanted, setWanted] = useState(false);
  const button = (
    <ColumnsButton
      groups={props.groups}
      aria-haspopup="dialog"
      aria-expanded={false}
      onPointerEnter={load}
      onFocus={load}
      onClick={() => setWanted(true)}
    />
  );
  return wanted ? <ColumnPicker {...props} /> : button;
}

const ColumnPicker = dynamic(load, { ssr: false });
