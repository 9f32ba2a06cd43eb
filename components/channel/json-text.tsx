"use client";

import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { prettyJson } from "@/lib/json-text";
import { TextBlock } from "./text-block";

/** Custom data: on lines of its own when it is JSON, and as it came when somebody wants to see that. */
export function JsonText({ text }: { text: string }) {
  const t = useTranslations("drawer");
  const pretty = useMemo(() => prettyJson(text), [text]);
  const [isRaw, setRaw] = useState(false);
  const code = "rounded-control bg-background p-2 font-mono text-dense";
  if (pretty === null) return <TextBlock text={text} className={code} />;
  return (
    <>
      <TextBlock text={isRaw ? text : pretty} className={code} />
      <Checkbox checked={isRaw} onChange={(event) => setRaw(event.target.checked)}>
        {t("asReceived")}
      </Checkbox>
    </>
  );
}
