"use client";
import { useState } from "react";
import { Checkbox } from "../ui/checkbox.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { RadioCards } from "../ui/radio-cards.tsx";
import { Select } from "../ui/select.tsx";
import { Switch } from "../ui/switch.tsx";
import { Textarea } from "../ui/textarea.tsx";
import { Column, Exhibit } from "./exhibit.tsx";

export const FieldExhibits = () => (
  <>
    <Exhibit
      title="Field, input and textarea"
      show={() => (
        <Column>
          <Field label="Description" help="What people find the job by." aside="0 of 256">
            <Input placeholder="Copy the 2026 photos" />
          </Field>
          <Field label="Priority" required error="must be a whole number">
            <Input defaultValue="ten" inputMode="numeric" />
          </Field>
          <Field label="Manifest object" required>
            <Input mono defaultValue="s3://sample-manifests/photos-2026.csv" />
          </Field>
          <Field label="Connection" required>
            <Input disabled defaultValue="Sandbox" />
          </Field>
          <Field label="Reason">
            <Textarea defaultValue="The prefix is the wrong one." />
          </Field>
        </Column>
      )}
    >
      A field names its control, and ties help and error to it. What is not required says so.
    </Exhibit>
    <Exhibit title="Choices" show={() => <Choices />}>
      Cards where the options need words of their own, a select where they are many and short, a switch for what counts at once.
    </Exhibit>
  </>
);

function Choices() {
  const [scope, setScope] = useState<"all" | "failed">("all");
  const [storage, setStorage] = useState<string | null>("GLACIER");
  const [ticked, setTicked] = useState(true);
  const [on, setOn] = useState(true);
  return (
    <Column>
      <Field label="Report" required group>
        <RadioCards
          value={scope}
          onValueChange={setScope}
          columns={2}
          options={[
            { value: "all", title: "All tasks", description: "A row for each object" },
            { value: "failed", title: "Failed tasks only", description: "Short where all goes well" },
          ]}
        />
      </Field>
      <Field label="Storage class" required>
        <Select
          value={storage}
          onValueChange={setStorage}
          options={[
            { value: "STANDARD", label: "STANDARD" },
            { value: "GLACIER", label: "GLACIER", description: "Restored before it is read" },
            { value: "DEEP_ARCHIVE", label: "DEEP_ARCHIVE", disabled: true },
          ]}
        />
      </Field>
      <Field label="Region" error="Choose one">
        <Select value={null} onValueChange={() => undefined} options={[]} />
      </Field>
      <Checkbox checked={ticked} onCheckedChange={setTicked} label="Rows have version ids" description="The third column of the manifest" />
      <Checkbox checked={false} indeterminate onCheckedChange={() => undefined} label="Some of the jobs" />
      <Checkbox checked disabled onCheckedChange={() => undefined} label="Cannot be changed" />
      <Switch checked={on} onCheckedChange={setOn} label="Dry run" description="Reads, and changes nothing" />
      <Switch checked={false} disabled onCheckedChange={() => undefined} label="Not available" />
    </Column>
  );
}
