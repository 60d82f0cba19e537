/** A job that cannot be prepared, and why: shown to the operator and in DescribeJob's FailureReasons. */
export class PrepareFailure extends Error {
  override name = "PrepareFailure";
  readonly code: string;

  /** @param reason names the row or the object, and says what to do */
  constructor(code: string, reason: string) {
    super(reason);
    this.code = code;
  }
}
