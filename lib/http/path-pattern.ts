/**
 * A request's route: its path, with the name of a parameter in braces where the parameter stands.
 * @param params as Next gives them: undefined for a route without any
 */
export function pathPattern(path: string, params: Readonly<Record<string, string | string[]>> | undefined): string {
  const segments = path.split("/");
  for (const [name, value] of Object.entries(params ?? {})) {
    // A value may be the same as a fixed part before it: what stands last is the parameter.
    const at = segments.findLastIndex((segment) => segment === value || decoded(segment) === value);
    if (at >= 0) segments[at] = `{${name}}`;
  }
  return segments.join("/");
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
