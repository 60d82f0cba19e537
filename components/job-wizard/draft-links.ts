import type { SampleName } from "./samples.ts";

/**
 * The wizard at its last step, filled in with one of the samples (samples.ts): three clicks make a job of it. Only where the
 * installation has the sandbox; elsewhere the wizard says so, and begins empty.
 */
export const sampleHref = (name: SampleName): string => `/jobs/new?sample=${name}`;
