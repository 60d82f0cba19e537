import { styleText } from "node:util";

const terminal = process.stdout.isTTY === true;
const FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";

type Style = Parameters<typeof styleText>[0];
export const style = (format: Style, text: string): string => (terminal ? styleText(format, text) : text);

/** Shows that something is going on, and how long it took. */
export async function step<T>(label: string, work: () => Promise<T>): Promise<T> {
  const started = Date.now();
  const seconds = () => (Date.now() - started) / 1000;
  let frame = 0;
  const draw = () => process.stdout.write(`\r  ${style("cyan", FRAMES[frame++ % FRAMES.length] ?? "")} ${label} ${style("dim", `${seconds().toFixed(0)} s`)} `);
  const spinner = terminal ? setInterval(draw, 100) : undefined;
  const beat = terminal ? undefined : setInterval(() => console.log(`  … ${label} (${seconds().toFixed(0)} s so far)`), 15_000);
  const finish = (mark: string) => {
    clearInterval(spinner);
    clearInterval(beat);
    console.log(`${terminal ? "\r\x1b[K" : ""}  ${mark} ${label} ${style("dim", `${seconds().toFixed(1)} s`)}`);
  };
  try {
    const result = await work();
    finish(style("green", "✓"));
    return result;
  } catch (error) {
    finish(style("red", "✗"));
    throw error;
  }
}

/** Something that happened to a running service. */
export const notice = (name: string, text: string): void => console.log(`  ${style("yellow", "!")} ${style("bold", name)}: ${text}`);
