/** An error as AWS's clients know it: `code` is the model's name of the exception where the model has one, else S3's own. */
export class S3ControlError extends Error {
  readonly code: string;
  readonly httpStatus: number;

  constructor(code: string, httpStatus: number, message: string) {
    super(message);
    this.name = "S3ControlError";
    this.code = code;
    this.httpStatus = httpStatus;
  }
}
