/** Why a whole job cannot go on: shown to the operator, and in DescribeJob's FailureReasons. */
export class JobFailure extends Error {
  override name = "JobFailure";
  readonly code: string;

  /** @param reason names the row or the object, and says what to do */
  constructor(code: string, reason: string) {
    super(reason);
    this.code = code;
  }
}
