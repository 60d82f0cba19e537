const WIDTH = 30;

export interface Progress {
  add: (amount: number) => void;
  set: (value: number) => void;
  end: () => void;
}

/** A bar on a terminal; elsewhere a line for every tenth. */
export function openProgress(label: string, total: number): Progress {
  const terminal = process.stdout.isTTY === true;
  const started = Date.now();
  let value = 0;
  let shownTenth = 0;
  let drawn = 0;
  const percent = () => Math.floor((value / total) * 100);
  const bar = () => "█".repeat(Math.round((value / total) * WIDTH)).padEnd(WIDTH, "░");
  const draw = () => process.stdout.write(`\r  ${label} ${bar()} ${String(percent()).padStart(3)}% ${value.toLocaleString("en")}`);
  const show = () => {
    if (terminal) {
      if (Date.now() - drawn < 50) return;
      drawn = Date.now();
      draw();
    } else if (Math.floor(percent() / 10) > shownTenth) {
      shownTenth = Math.floor(percent() / 10);
      console.log(`  ${label}: ${percent()}%`);
    }
  };
  return {
    add: (amount) => {
      value += amount;
      show();
    },
    set: (now) => {
      value = now;
      show();
    },
    end: () => {
      if (terminal) draw();
      console.log(`${terminal ? "\n" : ""}  ${label}: ${value.toLocaleString("en")} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
    },
  };
}
