import type { Field } from "#lib/operations/operation.ts";

export interface Section {
  title: string | null;
  fields: Field[];
  /** May be folded away: nothing in it has to be filled in, and it does not come first. */
  optional: boolean;
}

/** Fields of one section are next to each other. */
export function sectionsOf(fields: readonly Field[]): Section[] {
  const sections: Section[] = [];
  for (const field of fields) {
    const title = field.section ?? null;
    const last = sections.at(-1);
    if (last && last.title === title) last.fields.push(field);
    else sections.push({ title, fields: [field], optional: sections.length > 0 && title !== null });
  }
  return sections.map((section) => ({ ...section, optional: section.optional && !section.fields.some((field) => field.required) }));
}

/** Whether what is wrong at `path` stands at the field: at its own path or within its value. */
export const belongsTo = (field: Field, path: string): boolean => path === field.path || path.startsWith(`${field.path}.`) || path.startsWith(`${field.path}#`);
