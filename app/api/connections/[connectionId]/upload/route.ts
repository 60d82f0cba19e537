import { uploadManifest, uploadManifestQuery } from "#lib/browse/upload-manifest.ts";
import { costly } from "#lib/http/budgets.ts";
import { route } from "#lib/http/route.ts";
import { connectionParams } from "../connection-params.ts";

/** The body is the file, as it is; it is passed on as it comes. */
export const POST = route<{ connectionId: string }>(
  ({ ctx, params, url, request }) => {
    const bytes = Number(request.headers.get("content-length") ?? Number.NaN);
    return uploadManifest(ctx, {
      ...connectionParams.parse(params),
      ...uploadManifestQuery.parse(Object.fromEntries(url.searchParams)),
      body: request.body,
      bytes: Number.isSafeInteger(bytes) ? bytes : null,
    });
  },
  { contentType: "text/csv", ...costly },
);
