export interface Series {
  name: string;
  labels: Record<string, string>;
  value: number;
}

export interface Exposition {
  /** By name, without the suffixes of a histogram. */
  types: Map<string, string>;
  series: Series[];
}

const label = /([a-zA-Z_][\w]*)="((?:[^"\\\n]|\\["\\n])*)"/;
const line = new RegExp(`^([a-zA-Z_:][\\w:]*)(?:\\{(${label.source}(?:,${label.source})*)?\\})? (\\S+)$`);

/** Reads Prometheus's text format as strictly as its own parser. @throws Error that has the line that is wrong */
export function parseExposition(text: string): Exposition {
  if (!text.endsWith("\n")) throw new Error("The last line does not end");
  const types = new Map<string, string>();
  const helped = new Set<string>();
  const series: Series[] = [];
  const seen = new Set<string>();
  for (const one of text.split("\n")) {
    if (one === "") continue;
    const help = /^# HELP ([a-zA-Z_:][\w:]*) ./.exec(one)?.[1];
    const [, typed, type] = /^# TYPE ([a-zA-Z_:][\w:]*) (counter|gauge|histogram|summary|untyped)$/.exec(one) ?? [];
    if (help !== undefined) helped.add(help);
    else if (typed !== undefined && type !== undefined) {
      if (types.has(typed)) throw new Error(`${typed} is there twice`);
      types.set(typed, type);
    } else {
      const [, name = "", labels = ""] = line.exec(one) ?? [];
      const value = one.slice(one.lastIndexOf(" ") + 1);
      if (name === "" || (Number.isNaN(Number(value)) && !/^(?:nan|[+-]inf)$/i.test(value))) throw new Error(`Not a line of the format: ${one}`);
      const family = familyOf(name, types);
      if (family === null || !helped.has(family)) throw new Error(`${name} comes before its TYPE and HELP`);
      const key = one.slice(0, one.lastIndexOf(" "));
      if (seen.has(key)) throw new Error(`There are two values of ${key}`);
      seen.add(key);
      series.push({ name, labels: labelsOf(labels), value: Number(value) });
    }
  }
  return { types, series };
}

function familyOf(name: string, types: Map<string, string>): string | null {
  if (types.has(name)) return name;
  const base = name.replace(/_(?:bucket|sum|count)$/, "");
  return ["histogram", "summary"].includes(types.get(base) ?? "") ? base : null;
}

const labelsOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(new RegExp(label.source, "g"))].map(([, name = "", value = ""]) => [
      name,
      value.replace(/\\(.)/g, (_all, one) => (one === "n" ? "\n" : one)),
    ]),
  );
