// What npm between the terminal and this process changes, undone: its copy of a signal, and our fate when it is killed.

const repeatMs = 250;
const pollMs = 250;

/**
 * Lets every Ctrl-C arrive once. The terminal sends the signal to the whole process group and npm forwards it again,
 * so each arrives twice within a few milliseconds.
 */
export function dropRepeatedSignals() {
  /** @type {Map<string | symbol, number>} */
  const lastSeen = new Map();
  const emit = process.emit;
  /** @type {(event: string | symbol, ...rest: unknown[]) => boolean} */
  const filtered = (event, ...rest) => {
    if (event === "SIGINT" || event === "SIGTERM") {
      const now = performance.now();
      const before = lastSeen.get(event) ?? -Infinity;
      lastSeen.set(event, now);
      if (now - before < repeatMs) return true;
    }
    return Reflect.apply(emit, process, [event, ...rest]);
  };
  process.emit = /** @type {typeof process.emit} */ (filtered);
}

/** Ends this process as its parent was ended: an npm killed with -9 must not leave a training run behind, unseen. */
export function dieWithParent() {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, "SIGKILL");
  }, pollMs).unref();
}
