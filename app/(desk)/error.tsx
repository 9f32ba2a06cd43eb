"use client";

import { PageError, type PageErrorProps } from "@/components/shell/page-error";

/** Inside the frame, so that navigation still works. */
export default function DeskErrorPage(props: PageErrorProps) {
  return <PageError {...props} />;
}
