"use client";

import { FailureAlert } from "@/components/action/failure";
import { addressQuery, useLinks } from "@/components/shell/link-context";
import type { Failure } from "@/lib/failure";
import { type LookupParams, serializeLookup } from "../search-params";

type ExportFailedProps = {
  failure: Failure | null;
  params: LookupParams;
  onRetry: () => void;
};

/** Why there is no file. */
export function ExportFailed({ failure, params, onRetry }: ExportFailedProps) {
  const links = useLinks();
  const openDefaultApp = async () => {
    const wanted = new URLSearchParams(serializeLookup({ ...params, app: null }));
    location.assign(`/lookup?${await addressQuery(links, wanted)}`);
  };
  return (
    <FailureAlert
      failure={failure}
      retrying={false}
      onRetry={onRetry}
      onDefaultApp={openDefaultApp}
    />
  );
}
