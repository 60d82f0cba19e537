import { columnsOf, decodeKey, RowError, taskOf } from "../manifests/parse-row.ts";
import type { Task } from "../operations/operation.ts";

/**
 * The object of one row of a completion report's file of failed tasks, read as strictly as a manifest's row, since
 * something will be done to it. Keys are URL-encoded, as Longshore writes them.
 * @throws RowError
 */
export function failedTaskOf(line: string): Task {
  const [bucket = "", key = "", versionId = "", status = "", ...rest] = columnsOf(line);
  // A message may have them: it is what an endpoint said.
  if (`${bucket}${key}${versionId}`.includes("\uFFFD")) throw new RowError("has bytes that are not UTF-8");
  if (rest.length < 3) throw new RowError(`has ${rest.length + 4} columns where a completion report has 7`);
  if (status !== "failed") throw new RowError(`has the status ${JSON.stringify(status.slice(0, 50))} in a file of failed tasks`);
  return taskOf(bucket, decodeKey(key), versionId);
}
