/** Under which id a request's answer and the log have it, where better-auth handles it: set by our own route, whoever sent one. */
export const requestIdHeader = "x-longshore-request-id";
