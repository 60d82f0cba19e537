"use client";
import { useState } from "react";
import { Card, CardBody, CardHeader } from "../ui/card.tsx";
import { Code } from "../ui/code.tsx";
import { CodeWithCopy } from "../ui/code-with-copy.tsx";
import { Field } from "../ui/field.tsx";
import { RadioCards } from "../ui/radio-cards.tsx";
import { Select } from "../ui/select.tsx";
import { Tabs } from "../ui/tabs.tsx";
import {
  type ApiPlace,
  accountHost,
  type ClientRegion,
  cliLines,
  credentialsLines,
  curlLines,
  hostsLine,
  javascriptLines,
  pythonLines,
} from "./api-commands.ts";

type Client = "cli" | "javascript" | "python" | "curl";

const clients = [
  { value: "cli", label: "AWS CLI", lines: cliLines },
  { value: "javascript", label: "JavaScript", lines: javascriptLines },
  { value: "python", label: "Python", lines: pythonLines },
  { value: "curl", label: "curl", lines: curlLines },
] as const;

export interface CommandsCardProps {
  endpoint: string;
  accountId: string;
  /** The person's own active keys, newest first. */
  keys: readonly { id: string; name: string }[];
  roleArn: string | null;
}

/** The lines that lead AWS's own clients to this console, filled in. */
export function CommandsCard({ endpoint, accountId, keys, roleArn }: CommandsCardProps) {
  const [client, setClient] = useState<Client>("cli");
  const [region, setRegion] = useState<ClientRegion>("snow");
  const [chosen, setChosen] = useState<string | null>(null);
  const accessKeyId = (keys.find((key) => key.id === chosen) ?? keys[0])?.id ?? null;
  const place: ApiPlace = { endpoint, accountId, accessKeyId, region, roleArn };
  const credentials = credentialsLines(accessKeyId);
  return (
    <Card className="mt-6" aria-labelledby="use-the-api">
      <CardHeader
        title={<span id="use-the-api">Use the API</span>}
        description="Longshore speaks AWS’s S3 Control API, so AWS’s own clients work with it as they are. These lines are filled in for this console."
      />
      <CardBody className="flex flex-col gap-6">
        <Step number={1} title="Put your key where clients look for it">
          {keys.length > 1 && (
            <Field label="Access key" required className="max-w-md">
              <Select
                value={accessKeyId}
                onValueChange={setChosen}
                options={keys.map(({ id, name }) => ({ value: id, label: name, description: <Code>{id}</Code> }))}
              />
            </Field>
          )}
          <p className="text-note text-text-muted leading-5">
            Add these lines to <Code>~/.aws/credentials</Code>, with the secret that was shown when the key was made.
          </p>
          <CodeWithCopy value={credentials} label="Copy the credentials’ lines" />
        </Step>
        <Step number={2} title="Let clients find this console">
          <RegionChoice place={place} onChange={setRegion} />
        </Step>
        <Step number={3} title="Call it">
          <Tabs
            label="Client"
            value={client}
            onValueChange={setClient}
            tabs={clients.map(({ value, label, lines }) => ({
              value,
              label,
              content: <CodeWithCopy value={lines(place)} label={`Copy the lines for ${label}`} />,
            }))}
          />
        </Step>
      </CardBody>
    </Card>
  );
}

function Step({ number, title, children }: { number: number; title: string; children: React.ReactNode }) {
  return (
    <section className="flex min-w-0 flex-col gap-3">
      <h3 className="flex items-center gap-2.5 font-medium">
        <span aria-hidden className="flex size-5.5 items-center justify-center rounded-full bg-surface-3 text-text-muted text-xs tabular-nums">
          {number}
        </span>
        {title}
      </h3>
      {children}
    </section>
  );
}

function RegionChoice({ place, onChange }: { place: ApiPlace; onChange: (region: ClientRegion) => void }) {
  const host = accountHost(place);
  const line = hostsLine(place);
  return (
    <>
      <RadioCards
        aria-label="How clients find this console"
        columns={2}
        value={place.region}
        onValueChange={onChange}
        options={[
          { value: "snow", title: "Region snow", description: `For recent clients: they call ${new URL(place.endpoint).host} itself. Nothing else to set up.` },
          {
            value: "us-east-1",
            title: "Any other region",
            description: host
              ? `For every client, old ones too: they put the account first, and look for ${host}.`
              : "For every client, old ones too. Open the console by a host name first: an address has no names below it.",
            disabled: host === null,
          },
        ]}
      />
      {place.region !== "snow" &&
        (line ? (
          <>
            <p className="text-note text-text-muted leading-5">
              Many systems know this name already. If a client cannot find it, add this line to <Code>/etc/hosts</Code>.
            </p>
            <CodeWithCopy value={line} label="Copy the line for /etc/hosts" />
          </>
        ) : (
          <p className="text-note text-text-muted leading-5">
            Let DNS lead <Code>{host}</Code> to this console. Whatever stands in front of it must pass the Host header on unchanged, since clients sign it.
          </p>
        ))}
    </>
  );
}
