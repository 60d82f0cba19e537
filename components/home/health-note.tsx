import Link from "next/link";
import type { Health } from "#lib/home/home-views.ts";
import { SafeText } from "../safe-text.tsx";
import { Alert } from "../ui/alert.tsx";
import { Code } from "../ui/code.tsx";

const link = "rounded font-medium text-text underline underline-offset-2";

/** What is wrong with what runs the jobs; nothing where nothing is. */
export function HealthNote({ health: { workersAlive, connections } }: { health: Health }) {
  const [first, ...others] = connections;
  return (
    <>
      {workersAlive === 0 && (
        <Alert tone="warning" title="No worker is running">
          Jobs wait until one does; nothing is lost meanwhile. Start one with <Code>npm run worker</Code>, and see it on the page{" "}
          <Link href="/workers" className={link}>
            Workers
          </Link>
          .
        </Alert>
      )}
      {first && (
        <p className="text-note text-text-muted">
          The store of{" "}
          <Link href={`/connections/${first.id}`} className={link}>
            <SafeText text={first.name} />
          </Link>{" "}
          {first.problem}, as its probe found
          {others.length > 0 && (
            <>
              , and so it is with{" "}
              <Link href="/connections" className={link}>
                {others.length === 1 ? "another connection" : `${others.length} other connections`}
              </Link>
            </>
          )}
          . What it does not do is not offered.
        </p>
      )}
    </>
  );
}
