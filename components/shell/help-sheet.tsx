"use client";

import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { Alert } from "@/components/ui/alert";
import { Dialog } from "@/components/ui/dialog";
import { Checkbox } from "@/components/ui/field";
import {
  type CommandViewProps,
  GROUPS,
  liveCommands,
  mountedCommands,
  subscribeToCommands,
} from "./commands";
import { KeyCaps } from "./key-caps";
import { areCharacters, keyNames } from "./keys";

/** The shortcuts of this page, and the switch for those that type characters. */
export function HelpSheet({
  apple,
  singleKeys,
  onSingleKeys,
  notStored,
  onClose,
}: CommandViewProps) {
  const t = useTranslations("shortcuts");
  useSyncExternalStore(subscribeToCommands, mountedCommands, mountedCommands);
  const listed = liveCommands().filter(({ keys }) => keys);

  return (
    <Dialog title={t("help")} onClose={onClose}>
      <p className="text-muted">{t("findsAll", { keys: keyNames("mod+k", apple).join() })}</p>
      {GROUPS.filter((group) => listed.some((command) => command.group === group)).map((group) => (
        <section key={group} className="mt-4">
          <h3 className="font-medium">{t(`groups.${group}`)}</h3>
          <ul>
            {listed
              .filter((command) => command.group === group)
              .map(({ id, label, keys }) => (
                <li key={id} className="flex min-h-8 items-center gap-3 border-line border-b">
                  <span className="min-w-0 flex-1 break-words">{label}</span>
                  {keys && (
                    <>
                      {!singleKeys && areCharacters(keys) && (
                        <span className="text-dense text-muted">{t("off")}</span>
                      )}
                      <KeyCaps keys={keys} apple={apple} />
                    </>
                  )}
                </li>
              ))}
          </ul>
        </section>
      ))}
      <Checkbox
        className="mt-4"
        checked={singleKeys}
        onChange={(event) => onSingleKeys(event.target.checked)}
      >
        {t("singleKeys")}
      </Checkbox>
      <p className="text-dense text-muted">
        {t("singleKeysHint", { modifier: apple ? "⌘" : "Ctrl" })}
      </p>
      {notStored && (
        <div className="mt-2">
          <Alert tone="warn">{t("notStored")}</Alert>
        </div>
      )}
    </Dialog>
  );
}
