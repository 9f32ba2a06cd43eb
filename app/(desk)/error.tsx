"use client";

import { PageError, type PageErrorProps } from "@/components/shell/page-error";

/** Inside the frame, so that the other rooms stay within reach. */
export default function DeskErrorPage(props: PageErrorProps) {
  return <PageError {...props} />;
}
