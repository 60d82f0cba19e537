/** What spreadsheets take for a formula's beginning, also behind spaces; the wide forms are as good as the narrow in some of them. */
const begins = /^(?=[\s\0]*[=+\-@＝＋－＠|]|[\t\r\n])/;
/** Where spreadsheets of other countries part cells, or rows, although they should not: at what is within a field. */
const goesOn = /(?<=[;\t\r\n])(?=[\s\0"]*[=+\-@＝＋－＠|])/g;

/**
 * One field of a CSV that people open in a spreadsheet. What others wrote must not become a formula there: an apostrophe before it makes it
 * plain text, by whatever a spreadsheet parts cells. The rest is RFC 4180's quoting.
 */
export function csvField(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = value.replace(goesOn, "'").replace(begins, "'");
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A line with its line break, CRLF as RFC 4180 has it. */
export const csvLine = (fields: readonly (string | number | null)[]): string => `${fields.map(csvField).join(",")}\r\n`;
