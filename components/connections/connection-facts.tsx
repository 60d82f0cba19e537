import Link from "next/link";
import type { ReactNode } from "react";
import type { ConnectionView } from "#lib/connections/connection-views.ts";
import { limitsWords } from "../limits-words.ts";
import { SafeText } from "../safe-text.tsx";
import { Code } from "../ui/code.tsx";
import { DescriptionList } from "../ui/description-list.tsx";
import { Time } from "../ui/time.tsx";

/** @param more what a list adds */
export function ConnectionFacts({ connection, more = [] }: { connection: ConnectionView; more?: readonly { term: string; value: ReactNode }[] }) {
  const { region, addressing, accessKeyId, workBucket, workPrefix, limits, lambdaEndpoint, certificates } = connection;
  return (
    <DescriptionList
      items={[
        { term: "Region", value: <Code>{region}</Code> },
        { term: "Addressing", value: addressing === "path" ? "Path" : "Virtual-hosted" },
        { term: "Access key ID", value: <Code className="break-all">{accessKeyId}</Code> },
        { term: "Work area", value: <Code className="break-all">{`s3://${workBucket}/${workPrefix}`}</Code> },
        { term: "Limits", value: limitsWords(limits) },
        ...(lambdaEndpoint ? [{ term: "Lambda endpoint", value: <Code className="break-all">{lambdaEndpoint}</Code> }] : []),
        ...(certificates.length > 0 ? [{ term: "Also trusts", value: <Certificates certificates={certificates} /> }] : []),
        ...more,
      ]}
    />
  );
}

export const RolesLink = ({ roles }: Pick<ConnectionView, "roles">) => (
  <Link href="/roles" className="rounded text-accent-text underline-offset-2 hover:underline">
    {roles === 0 ? "None yet" : roles}
  </Link>
);

const Certificates = ({ certificates }: Pick<ConnectionView, "certificates">) => (
  <ul className="flex flex-col gap-0.5">
    {certificates.map(({ name, expiresAt }) => (
      <li key={`${name} ${expiresAt}`}>
        <SafeText text={name} />
        <span className="text-text-muted">
          , until <Time value={expiresAt} absolute />
        </span>
      </li>
    ))}
  </ul>
);
