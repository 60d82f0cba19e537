"use client";
import { ErrorMessage } from "../components/shell/error-message.tsx";

export default function ErrorPage({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <main className="grid min-h-dvh place-items-center">
      <ErrorMessage digest={error.digest} onRetry={retry} />
    </main>
  );
}
