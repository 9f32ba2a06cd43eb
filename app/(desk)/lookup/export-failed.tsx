"use client";

import { addressQuery, useLinks } from "@/components/nav/link-context";
import type { Failure } from "@/lib/failure";
import { FailureScreen, Unreachable } from "./screens";
import { type LookupParams, serializeLookup } from "./search-params";

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
  if (!failure) return <Unreachable retrying={false} onRetry={onRetry} />;
  return (
    <FailureScreen
      failure={failure}
      nextTry={null}
      retrying={false}
      onRetry={onRetry}
      onDefaultApp={openDefaultApp}
    />
  );
}
