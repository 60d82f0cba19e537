/** "Priority" and "must be a whole number" make a sentence; a message that is one already stays. */
export const sentence = (label: string, message: string): string => (/^\p{Ll}/u.test(message) ? `${label} ${message}` : message);
