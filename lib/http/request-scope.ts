/** What each log line of a request has. */
export type RequestScope = {
  requestId: string;
  /** What a proxy in front calls the request. */
  proxyRequestId?: string;
};

/**
 * A request's scope. Its id is always one of ours, so that nobody can give two requests the same; what came as X-Request-Id
 * stands beside it in the log where it has the form of an id, and is never sent back.
 */
export function scopeOf(headers: Headers, requestId: string): RequestScope {
  const given = headers.get("x-request-id");
  return given !== null && /^[\w.:+/=-]{1,128}$/.test(given) ? { requestId, proxyRequestId: given } : { requestId };
}
