/** One word of a POSIX shell that is exactly this text, whatever is in it: within single quotes nothing means anything. */
export const shellQuote = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
