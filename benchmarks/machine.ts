import { existsSync, readFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";

/** The machine that a figure belongs to. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly platform: string;
}

/** This machine. */
export function describeMachine(): Machine {
  const all = cpus();
  return {
    processor: (all[0]?.model ?? "unknown").trim(),
    cores: all.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
  };
}

/** How many programs wanted a core over the last minute, this one included. */
export function loadAverage(): number {
  return Math.round(100 * (loadavg()[0] ?? 0)) / 100;
}

/** Processor time that all programs together have used since the machine started, seconds. */
export function usedSeconds(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0) / 1000;
}

/** Processor time that this process has used, all threads together, seconds. */
export function ownSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Processor time of this process's children that have ended, in hundredths of a second; `undefined` where there is no /proc. */
export function childrenSeconds(): number | undefined {
  if (!existsSync("/proc/self/stat")) return undefined;
  // The second field is the program's name in parentheses; counted from behind it, user and system time are 14th and 15th.
  const fields = readFileSync("/proc/self/stat", "utf8").split(") ").at(-1)?.split(" ") ?? [];
  return (Number(fields[13]) + Number(fields[14])) / 100;
}
