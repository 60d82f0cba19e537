/** A key of a list that was asked for with EncodingType "url": S3 writes a space as `+`, and a plus as `%2B`. */
export function decodeListed(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
