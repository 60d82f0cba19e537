import { jsonResponse } from "#lib/http/errors.ts";
import { openApiDocument } from "#lib/openapi/openapi-document.ts";

/** → the description of this API. It has nothing that a session would have to guard. */
export const GET = (): Response => {
  document ??= openApiDocument();
  return jsonResponse(document);
};
let document: ReturnType<typeof openApiDocument> | undefined;
