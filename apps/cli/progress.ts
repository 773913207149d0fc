/** One line that tells how far the work is. */
export interface Progress {
  /** Shows a state; on a terminal the line is rewritten, elsewhere a line appears now and then. */
  update(text: string): void;
  /** Writes a line that stays. */
  line(text: string): void;
  /** Removes the line from a terminal, so that something else can be written. */
  clear(): void;
}

const betweenLinesMilliseconds = 5000;

/** A progress line on standard error. */
export function createProgress({ enabled, isTty }: { enabled: boolean; isTty: boolean }): Progress {
  if (!enabled) return { update: () => {}, line: () => {}, clear: () => {} };
  if (!isTty) {
    let last = Number.NEGATIVE_INFINITY;
    return {
      update: (text) => {
        if (performance.now() - last < betweenLinesMilliseconds) return;
        last = performance.now();
        process.stderr.write(`${text}\n`);
      },
      line: (text) => void process.stderr.write(`${text}\n`),
      clear: () => {},
    };
  }
  let shown = false;
  const clear = () => {
    if (shown) process.stderr.write("\r\u001b[2K");
    shown = false;
  };
  return {
    clear,
    line: (text) => {
      clear();
      process.stderr.write(`${text}\n`);
    },
    update: (text) => {
      shown = true;
      process.stderr.write(`\r\u001b[2K${text.slice(0, (process.stderr.columns || 80) - 1)}`);
    },
  };
}
