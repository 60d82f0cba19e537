import { findOperation, operationNames } from "#lib/operations/registry.ts";
import { paramsOf } from "../operation-form/form-values.ts";
import { SafeText } from "../safe-text.tsx";
import { Alert } from "../ui/alert.tsx";
import { type Draft, formOf } from "./draft.ts";

/** The operation in a sentence and what is lost by it, as soon as its form is right. */
export function OperationSummary({ draft }: { draft: Draft }) {
  const { name } = draft.operation;
  if (!operationNames.includes(name)) return null;
  const operation = findOperation(name);
  const parsed = operation.schema.safeParse(paramsOf(operation, formOf(draft)));
  if (!parsed.success) return null;
  if (draft.options.dryRun) {
    return (
      <Alert title={<SafeText text={`A dry run, which changes nothing, of: ${operation.describe(parsed.data)}.`} />}>
        Every object is read, and the completion report says what would change.
      </Alert>
    );
  }
  const [warning, irreversible] = [operation.warning(parsed.data), operation.irreversible(parsed.data)];
  return (
    <Alert tone={irreversible ? "danger" : warning ? "warning" : "info"} title={<SafeText text={`For every object: ${operation.describe(parsed.data)}.`} />}>
      {warning && <SafeText text={warning} />}
      {irreversible && (
        <p className={warning ? "mt-1.5" : ""}>
          <SafeText text={irreversible} />
        </p>
      )}
    </Alert>
  );
}
