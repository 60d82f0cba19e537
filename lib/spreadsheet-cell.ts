/** What spreadsheets take for a formula's beginning; the wide forms are as good as the narrow in some of them. */
const formula = /^[\s\0]*[=+\-@＝＋－＠|]|^[\t\r\n]/;

/**
 * A cell of a CSV that people open in a spreadsheet. Text that somebody else wrote must not become a formula there: an apostrophe
 * before it makes it plain text. What it holds is quoted as RFC 4180 has it.
 */
export function spreadsheetCell(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
