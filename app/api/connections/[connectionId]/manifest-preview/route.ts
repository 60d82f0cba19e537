import { previewManifest, previewManifestBody } from "#lib/browse/preview-manifest.ts";
import { costly } from "#lib/http/budgets.ts";
import { route } from "#lib/http/route.ts";
import { connectionParams } from "../connection-params.ts";

export const POST = route<{ connectionId: string }>(
  async ({ ctx, params, body }) => previewManifest(ctx, { ...connectionParams.parse(params), ...previewManifestBody.parse(await body()) }),
  costly,
);
