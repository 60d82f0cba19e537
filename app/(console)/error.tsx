"use client";
import { ErrorMessage } from "../../components/shell/error-message.tsx";

export default function ConsoleError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return <ErrorMessage digest={error.digest} onRetry={retry} />;
}
