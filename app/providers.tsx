"use client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
import { Toaster } from "sonner";
import { ApiError } from "../components/api-client.ts";

/** What was asked wrongly is not asked again; what could not be reached is, twice. */
const retry = (failures: number, error: Error): boolean => failures < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500);

export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(() => new QueryClient({ defaultOptions: { queries: { retry, staleTime: 2_000 } } }));
  return (
    <QueryClientProvider client={client}>
      <NuqsAdapter>{children}</NuqsAdapter>
      <Toaster
        // At the bottom it would lie over the buttons that decide: Run job, Next.
        position="top-center"
        toastOptions={{
          style: { background: "var(--overlay)", color: "var(--text)", borderColor: "var(--border-strong)", fontFamily: "var(--font-sans)" },
          classNames: { description: "!text-text-muted" },
        }}
      />
    </QueryClientProvider>
  );
}
