/** AWS's codes for requests that cannot be authenticated: HTTP status and S3's own words. */
const codes = {
  AccessDenied: [403, "Access Denied"],
  AuthorizationHeaderMalformed: [400, "The authorization header you provided is invalid."],
  AuthorizationQueryParametersError: [400, "Error parsing the X-Amz-Credential parameter."],
  InvalidAccessKeyId: [403, "The AWS Access Key Id you provided does not exist in our records."],
  InvalidArgument: [400, "Invalid Argument"],
  InvalidRequest: [400, "Invalid Request"],
  InvalidToken: [400, "The provided token is malformed or otherwise invalid."],
  InvalidURI: [400, "Couldn't parse the specified URI."],
  RequestTimeTooSkewed: [403, "The difference between the request time and the current time is too large."],
  SignatureDoesNotMatch: [403, "The request signature we calculated does not match the signature you provided. Check your key and signing method."],
  XAmzContentSHA256Mismatch: [400, "The provided 'x-amz-content-sha256' header does not match what was computed."],
} as const satisfies Record<string, readonly [number, string]>;

export type SignatureErrorCode = keyof typeof codes;

/** Why a signed request is refused. The message is for the client: it holds nothing that the client did not send or does not know. */
export class SignatureError extends Error {
  readonly code: SignatureErrorCode;
  readonly httpStatus: number;

  constructor(code: SignatureErrorCode, message: string = codes[code][1]) {
    super(message);
    this.name = "SignatureError";
    this.code = code;
    this.httpStatus = codes[code][0];
  }
}
