"use client";
import { findOperation, operationNames } from "#lib/operations/registry.ts";
import { isShown } from "../operation-form/form-values.ts";
import { ErrorText } from "../operation-form/group-field.tsx";
import { OperationForm } from "../operation-form/operation-form.tsx";
import { belongsTo } from "../operation-form/sections.ts";
import { SafeText } from "../safe-text.tsx";
import { Alert } from "../ui/alert.tsx";
import { Card, CardBody, CardHeader } from "../ui/card.tsx";
import { formOf } from "./draft.ts";
import { OperationPicker } from "./operation-picker.tsx";
import { OperationSummary } from "./operation-summary.tsx";
import { errorAt, type StepProps } from "./step-props.ts";
import { useDistrust } from "./use-distrust.ts";

/** What to do with the objects. */
export function OperationStep({ draft, update, issues }: StepProps) {
  const { name } = draft.operation;
  const choose = (next: string) => update((now) => ({ ...now, operation: { ...now.operation, name: next } }));
  const operation = operationNames.includes(name) ? findOperation(name) : null;
  const values = formOf(draft);
  const inside = issues
    .filter((issue) => issue.path.startsWith(`Operation.${name}.`))
    .map((issue) => ({ ...issue, path: issue.path.slice(`Operation.${name}.`.length) }));
  const shown = operation?.fields.filter((field) => isShown(field, values)) ?? [];
  const homeless = inside.filter((issue) => !shown.some((field) => belongsTo(field, issue.path)));
  const distrust = useDistrust(draft);
  const missing = errorAt(issues, "Operation") ?? errorAt(issues, `Operation.${name}`);
  return (
    <>
      <Card>
        <CardHeader title="Operation" description="What the job does to every object of the manifest." />
        <CardBody className="flex flex-col gap-2">
          <div data-invalid={missing ? true : undefined}>
            <OperationPicker name={name} onChoose={choose} distrust={distrust.ofChoice} />
          </div>
          <ErrorText id="operation-error">{missing}</ErrorText>
          {!missing && distrust.ofParameters !== null && (
            <Alert tone="danger" title="The store does not do this rightly">
              <SafeText text={distrust.ofParameters} />
            </Alert>
          )}
        </CardBody>
      </Card>
      {operation && (operation.fields.length > 0 || homeless.length > 0) && (
        <Card>
          <CardHeader title={operation.title} />
          <CardBody className="flex flex-col gap-4">
            {homeless.map((issue) => (
              <Alert key={issue.path} tone="danger" title={issue.message} />
            ))}
            <OperationForm
              key={name}
              operation={operation}
              values={values}
              onChange={(form) => update((now) => ({ ...now, operation: { ...now.operation, forms: { ...now.operation.forms, [name]: form } } }))}
              issues={inside}
              connectionId={draft.manifest.connectionId}
            />
          </CardBody>
        </Card>
      )}
      {operation && <OperationSummary draft={draft} />}
    </>
  );
}
