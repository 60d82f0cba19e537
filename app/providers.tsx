"use client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { ApiError } from "../components/api-client.ts";
import { LoadFailureNotice } from "../components/ui/load-failure-notice.tsx";
import { Toaster } from "../components/ui/toaster.tsx";

/** What was asked wrongly is not asked again; what could not be reached is, twice. */
const retry = (failures: number, error: Error): boolean => failures < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500);

export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(() => new QueryClient({ defaultOptions: { queries: { retry, staleTime: 2_000 } } }));
  return (
    <QueryClientProvider client={client}>
      {children}
      <Toaster />
      <LoadFailureNotice />
    </QueryClientProvider>
  );
}
