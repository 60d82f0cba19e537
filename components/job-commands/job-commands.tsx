"use client";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import type { CreateJobInput } from "#lib/jobs/job-schema.ts";
import { awsCommand, curlCommand, onlyOurs } from "#lib/s3-control/create-job-command.ts";
import { Alert } from "../ui/alert.tsx";
import { Code } from "../ui/code.tsx";
import { CodeWithCopy } from "../ui/code-with-copy.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { visibleJson } from "../visible-text.ts";

type Way = "aws" | "curl" | "json";

/** One job three ways, to copy: for the AWS CLI, for curl, and as the JSON of both. */
export default function JobCommands({ request }: { request: CreateJobInput }) {
  const ours = onlyOurs(request);
  const [way, setWay] = useState<Way>(ours.length > 0 ? "curl" : "aws");
  const accountId = /:iam::(\d+):/.exec(request.RoleArn)?.[1] ?? "ACCOUNT_ID";
  const place = { endpoint: window.location.origin, accountId };
  const json = visibleJson(request);
  return (
    <Tabs
      label="Ways to make this job"
      value={way}
      onValueChange={setWay}
      tabs={[
        { value: "aws", label: "AWS CLI", content: ours.length > 0 ? <NotByAws ours={ours} /> : <ByAws command={awsCommand(request, place)} /> },
        {
          value: "curl",
          label: "curl",
          content: (
            <Way note="Signs in as you, and sends the job to the console’s JSON API. Run twice, it makes one job: another ClientRequestToken makes another.">
              <CodeWithCopy value={curlCommand(request, place)} label="Copy the curl commands" />
            </Way>
          ),
        },
        {
          value: "json",
          label: "JSON",
          content: (
            <Way note="To keep, to send to somebody, or to fill this form in again with “Import JSON”.">
              <CodeWithCopy value={json} label="Copy the JSON" />
            </Way>
          ),
        },
      ]}
    />
  );
}

const Way = ({ note, children }: { note: ReactNode; children: ReactNode }) => (
  <div className="flex flex-col gap-2.5">
    <p className="text-note text-text-muted">{note}</p>
    {children}
  </div>
);

const ByAws = ({ command }: { command: string }) => (
  <Way
    note={
      <>
        For bash and other POSIX shells, with the profile <Code>longshore</Code>:{" "}
        <Link href="/keys" className="font-medium text-accent-text hover:underline">
          make an access key
        </Link>{" "}
        for it. Each run makes a job of its own.
      </>
    }
  >
    <CodeWithCopy value={command} label="Copy the AWS CLI’s command" />
  </Way>
);

const NotByAws = ({ ours }: { ours: readonly string[] }) => (
  <Alert title="The AWS CLI cannot say this job">Amazon S3 does not have {ours.join(", ")}, so its clients refuse to send it. Use curl instead.</Alert>
);
