"use client";
import { ErrorMessage } from "../components/shell/error-message.tsx";

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="grid min-h-dvh place-items-center">
      <ErrorMessage digest={error.digest} onRetry={reset} />
    </main>
  );
}
