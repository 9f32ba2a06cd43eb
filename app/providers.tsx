"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { setNonce } from "get-nonce";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useInsertionEffect, useState } from "react";
import { OwnOrigins, useAvatars } from "@/components/channel/avatar";

type ProvidersProps = { nonce: string; ownOrigins: readonly string[]; children: ReactNode };

/** What every page needs: queries, the address as state, the nonce for added styles, and the desk's origins. */
export function Providers({ nonce, ownOrigins, children }: ProvidersProps) {
  const [queryClient] = useState(createQueryClient);
  useAvatars();
  return (
    <QueryClientProvider client={queryClient}>
      <NuqsAdapter>
        <StyleNonce nonce={nonce} />
        <OwnOrigins value={ownOrigins}>{children}</OwnOrigins>
      </NuqsAdapter>
    </QueryClientProvider>
  );
}

/** A read costs the vendor's budget and says when it was made: nothing is read again unasked. */
function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: false,
        // Offline, a request fails with a message instead of waiting.
        networkMode: "always",
      },
      mutations: { networkMode: "always" },
    },
  });
}

function StyleNonce({ nonce }: { nonce: string }) {
  // A refresh brings a newer nonce, but the document keeps the policy it was loaded with.
  const [first] = useState(nonce);
  useInsertionEffect(() => setNonce(first), [first]);
  return null;
}
