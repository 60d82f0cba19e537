import { demand } from "../auth/permissions.ts";
import { orConflict } from "../connections/conflicts.ts";
import { AppError } from "../errors.ts";
import type { Context } from "../jobs/context.ts";
import { isUuid } from "../jobs/move-job.ts";
import { maxSavedFilters, type SavedFilterView, savedFilterSchema, savedFilterUpdateSchema } from "./saved-filter-schema.ts";

const shown = { id: true, name: true, query: true } as const;
const taken = { path: "name", message: "You have a saved filter of this name already. Choose another name, or overwrite that one." };
const missing = "There is no such saved filter of yours. It may have been deleted.";

function ownerOf(ctx: Context): string {
  demand(ctx, "job.read");
  if (ctx.caller.userId === null) throw new AppError("Forbidden", "Only a person can have saved filters.");
  return ctx.caller.userId;
}

/** The caller's own, by name. @throws AppError Forbidden */
export async function listSavedFilters(ctx: Context): Promise<SavedFilterView[]> {
  const filters = await ctx.db.savedFilter.findMany({ where: { userId: ownerOf(ctx) }, select: shown });
  return filters.sort((a, b) => a.name.localeCompare(b.name));
}

/** @throws AppError Forbidden, Conflict (the name is taken, or there are too many); ZodError */
export async function createSavedFilter(ctx: Context, input: unknown): Promise<SavedFilterView> {
  const userId = ownerOf(ctx);
  const data = savedFilterSchema.parse(input);
  return orConflict({ taken, missing }, () =>
    ctx.db.$transaction(async (tx) => {
      // One at a time per person, so that two requests at once cannot both be the last one allowed.
      const owner = await tx.$queryRaw<unknown[]>`SELECT 1 FROM "User" WHERE id = ${userId} FOR UPDATE`;
      if (owner.length === 0) throw new AppError("Unauthenticated", "Your account has been removed.");
      const count = await tx.savedFilter.count({ where: { userId } });
      if (count >= maxSavedFilters) throw new AppError("Conflict", `You have ${count} saved filters, and no more are kept. Delete one first.`);
      return tx.savedFilter.create({ data: { ...data, userId, createdAt: ctx.now() }, select: shown });
    }),
  );
}

/** Renames it, has it hold another query, or both. @throws AppError Forbidden, NotFound, Conflict; ZodError */
export async function updateSavedFilter(ctx: Context, id: string, input: unknown): Promise<SavedFilterView> {
  const userId = ownerOf(ctx);
  const { name, query } = savedFilterUpdateSchema.parse(input);
  if (!isUuid(id)) throw new AppError("NotFound", missing);
  return orConflict({ taken, missing }, () =>
    ctx.db.savedFilter.update({
      where: { id, userId },
      data: { ...(name !== undefined && { name }), ...(query !== undefined && { query }) },
      select: shown,
    }),
  );
}

/** @throws AppError Forbidden, NotFound */
export async function deleteSavedFilter(ctx: Context, id: string): Promise<null> {
  const userId = ownerOf(ctx);
  if (!isUuid(id)) throw new AppError("NotFound", missing);
  await orConflict({ missing }, () => ctx.db.savedFilter.delete({ where: { id, userId } }));
  return null;
}
