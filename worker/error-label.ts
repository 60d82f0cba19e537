import { adviceByCode } from "#lib/jobs/advice-by-code.ts";
import { otherCode } from "#lib/jobs/error-summary.ts";
import { networkCode } from "#lib/s3/network-codes.ts";

const network = "NetworkError";

/**
 * What a task's error code is counted under in the metrics. An endpoint could invent a code for each task, and each would be a
 * time series for good: only those that we know keep their names.
 */
export const errorLabel = (code: string): string => (Object.hasOwn(adviceByCode, code) ? code : networkCode.test(code) ? network : otherCode);
