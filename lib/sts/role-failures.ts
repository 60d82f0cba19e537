/**
 * STS does not let the role be assumed. What it says is for the one who looks after the role; another try changes nothing
 * until they have changed something.
 */
export class RoleRefused extends Error {
  override name = "RoleRefused";
  /** STS's own: "AccessDenied". */
  readonly code: string;
  /** For who knows errors of the SDK only (s3-failure.ts). */
  readonly $metadata: { httpStatusCode: number };

  /** @param message a whole sentence, and what to do */
  constructor(code: string, httpStatus: number, message: string) {
    super(message);
    this.code = code;
    this.$metadata = { httpStatusCode: httpStatus };
  }
}

/** STS does not answer, or says that it cannot just now: it passes, as with an endpoint that is away. */
export class RoleUnavailable extends Error {
  override name: string;
  readonly code: string;
  readonly $metadata: { httpStatusCode?: number };

  /** @param code of the network's trouble, or STS's own @param httpStatus 0: no answer */
  constructor(code: string, httpStatus: number, message: string) {
    super(message);
    this.name = code;
    this.code = code;
    this.$metadata = httpStatus === 0 ? {} : { httpStatusCode: httpStatus };
  }
}
