import { Code, CodeBlock } from "../ui/code.tsx";

/** How a worker is started, here or elsewhere. */
export const StartWorker = () => (
  <div className="flex flex-col gap-3 text-note text-text-muted">
    <p>On this machine, in Longshore’s folder:</p>
    <CodeBlock className="text-text">npm run worker</CodeBlock>
    <p>
      On another machine, one that reaches the same PostgreSQL and the S3 endpoints: with a copy of this version of Longshore, and the same{" "}
      <Code className="text-text">DATABASE_URL</Code>, <Code className="text-text">LONGSHORE_SECRET</Code> and{" "}
      <Code className="text-text">LONGSHORE_ACCOUNT_ID</Code> in its environment or its <Code className="text-text">.env</Code> file. It joins in by itself, and
      appears here within seconds.
    </p>
    <p>To take a worker away, end it with Ctrl-C or SIGTERM: it takes nothing new, and what it runs is finished or given back.</p>
  </div>
);
