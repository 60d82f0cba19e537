import type { Change, Operation, Permission, Steps, Task, TaskRun } from "./operation.ts";

/** The operation as a dry run does it: its run only reads, so that there is nothing to warn of, to be allowed or to be tried. */
export const dryRunOf = ({ trial: _trial, bucketQuestions: _questions, ...operation }: Operation): Operation => ({
  ...operation,
  warning: () => null,
  irreversible: () => null,
  needs: (params, store) => operation.previewNeeds?.(params, store) ?? [],
  permissions: (params, bucket) => readingOnly(operation.permissions(params, bucket)),
  run: (params, job) => dryRun(operation.preview(params, job)),
});

/** The run of a job that changes nothing: each task's result says what it would have changed. */
const dryRun = (preview: (task: Task) => Steps<Change>): TaskRun => ({
  size: 1,
  *steps([task]) {
    return [{ kind: "succeeded", httpStatus: 200, message: describeChange(yield* preview(task as Task)) }];
  },
});

/** As in "Would change Tags: a = 1 → team = data"; what stays as it is, is left out. */
export function describeChange({ before, after, does }: Change): string {
  if (does !== undefined) return `Would ${does}`;
  const names = [...new Set([...before, ...after].map(({ name }) => name))];
  const valueIn = (attributes: Change["before"], name: string) => attributes.find((attribute) => attribute.name === name)?.value ?? "none";
  const changes = names
    .map((name) => ({ name, from: valueIn(before, name), to: valueIn(after, name) }))
    .filter(({ from, to }) => from !== to)
    .map(({ name, from, to }) => `${name}: ${from} → ${to}`);
  return changes.length === 0 ? "Nothing would change" : `Would change ${changes.join("; ")}`;
}

/** What a dry run needs in place of what the operation does: to read what is written, and nothing else. */
export function readingOnly(permissions: readonly Permission[]): Permission[] {
  const read = permissions.flatMap(({ action, resource }) => {
    const reading = action.replace(/^s3:(?:Put|Delete|Restore)Object/, "s3:GetObject");
    return /^s3:(?:Get|List)/.test(reading) ? [{ action: reading, resource }] : [];
  });
  return read.filter((one, index) => read.findIndex(({ action, resource }) => action === one.action && resource === one.resource) === index);
}
