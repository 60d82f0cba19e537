/** What ended a job, in a few words; the reason beside it says where and what to do. */
const titles: Record<string, string> = {
  ManifestNotFound: "The manifest is not there",
  ManifestChanged: "The manifest has changed since the job was created",
  ManifestForbidden: "The manifest may not be read",
  ManifestUnreadable: "The manifest could not be read",
  InvalidManifest: "The manifest is not right",
  EmptyManifest: "There is no object to work on",
  ManifestTooLong: "Too many objects are selected",
  ManifestOutputForbidden: "The generated list may not be kept where it should be",
  ListingForbidden: "The bucket may not be listed",
  ListingFailed: "The bucket could not be listed",
  ListingUnreliable: "The endpoint does not list objects reliably",
  BucketNotFound: "A bucket does not exist",
  BucketElsewhere: "A bucket is in another region",
  ObjectLockMissing: "A bucket has no Object Lock",
  StoreNotTrusted: "The store does wrongly what the job needs",
  RoleNotFound: "An execution role is gone",
  ReportForbidden: "The completion report may not be written",
  ReportWriteFailed: "The completion report could not be written",
  FunctionNotAllowed: "The function may not be called from here",
  WorkAreaForbidden: "The work area may not be written to",
  EndpointUnavailable: "The endpoint did not answer",
  JobFailureThresholdExceeded: "Too many tasks failed",
  ConfirmationExpired: "Nobody confirmed the job in time",
  InternalError: "Longshore had an error of its own",
};

/** A code of another version is told as any failure. */
export const failureTitle = (code: string): string => (Object.hasOwn(titles, code) ? (titles[code] as string) : "The job failed");
