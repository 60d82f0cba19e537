/**
 * Text from outside as PostgreSQL takes it: keys and endpoints' messages may hold NUL or half a character, which its JSON refuses.
 * @param max in UTF-16 units
 */
export const storableText = (text: string, max: number): string => text.slice(0, max).toWellFormed().replaceAll("\0", "\uFFFD");

/** For schemas: whether a text that a person typed can be stored as it is. */
export const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes("\0");
