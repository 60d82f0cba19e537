import { Counter, Gauge, type Metric, type Registry } from "prom-client";

type Labels = Partial<Record<string, string | number>>;
type Set = (labels: Labels, value: number) => void;

interface Described {
  name: string;
  help: string;
  labelNames?: readonly string[];
}

/** A counter whose values are kept elsewhere, and read when somebody asks. */
export function readCounter(registry: Registry, described: Described, read: (set: Set) => void | Promise<void>): void {
  new Counter<string>({
    ...described,
    registers: [registry],
    async collect() {
      this.reset();
      await read((labels, value) => this.inc(labels, value));
    },
  });
}

/** A gauge of the same kind. What is not set has no value, rather than an old one. */
export function readGauge(registry: Registry, described: Described, read: (set: Set) => void | Promise<void>): void {
  new Gauge<string>({
    ...described,
    registers: [registry],
    async collect() {
      this.reset();
      // Without labels it would be 0 where nobody knows.
      if (described.labelNames === undefined) this.remove();
      await read((labels, value) => this.set(labels, value));
    },
  });
}

export interface ReadHistogram {
  labels: Record<string, string>;
  /** By stretch, each for itself; one more than there are bounds. */
  counts: readonly number[];
  sum: number;
}

/** A histogram that was counted elsewhere. @param bounds upper ones, in order */
export function readHistogram(registry: Registry, { name, help }: Described, bounds: readonly number[], read: () => readonly ReadHistogram[]): void {
  const valuesOf = ({ labels, counts, sum }: ReadHistogram) => {
    let below = 0;
    const buckets = counts.map((count, at) => {
      below += count;
      return { metricName: `${name}_bucket`, labels: { ...labels, le: bounds[at] ?? "+Inf" }, value: below };
    });
    return [...buckets, { metricName: `${name}_sum`, labels, value: sum }, { metricName: `${name}_count`, labels, value: below }];
  };
  const metric = { name, help, type: "histogram", aggregator: "sum", get: async () => ({ name, help, type: "histogram", values: read().flatMap(valuesOf) }) };
  // prom-client's own histogram counts for itself and cannot be told what was counted; its registry asks for no more than this.
  registry.registerMetric(metric as unknown as Metric);
}
