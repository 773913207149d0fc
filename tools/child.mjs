// Runs a child process and keeps what it printed, so that set-up and checks are quiet unless they fail.

import { spawn } from "node:child_process";
import { root } from "./stamps.mjs";

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();

/** @type {(pid: number) => void} */
let onChildStart = () => {};

/** @param {(pid: number) => void} listener - Hears of every child from now on. */
export function watchChildren(listener) {
  onChildStart = listener;
}

/** Ends the children at once; their promises settle when they are gone. */
export function killChildren() {
  for (const child of running) child.kill("SIGKILL");
}

/**
 * The exit code and everything the child printed, in order.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, timeoutSeconds?: number, shell?: boolean, cwd?: string }} [options]
 * @returns {Promise<{ code: number, output: string }>} Code 124 after a timeout, 127 if the program is not there.
 */
export function runQuietly(command, args, { env = process.env, timeoutSeconds = 0, shell = false, cwd = root } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, shell, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let timedOut = false;
    const timer =
      timeoutSeconds > 0
        ? setTimeout(() => {
            timedOut = true;
            child.kill("SIGKILL");
          }, timeoutSeconds * 1000)
        : undefined;
    const collect = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString();
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    running.add(child);
    if (child.pid !== undefined) onChildStart(child.pid);
    child.once("error", (error) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ code: 127, output: `${output}${error.message}\n` });
    });
    child.once("close", (code, killedBy) => {
      clearTimeout(timer);
      running.delete(child);
      if (timedOut) resolve({ code: 124, output: `${output}stopped after ${timeoutSeconds} s\n` });
      else resolve({ code: code ?? (killedBy === null ? 1 : 130), output });
    });
  });
}

/**
 * Runs a program of an installed package with this Node.
 *
 * @param {string} script - Path below node_modules, such as `typescript/bin/tsc`.
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string }} [options]
 */
export function runTool(script, args, options = {}) {
  return runQuietly(process.execPath, [`${root}node_modules/${script}`, ...args], options);
}

/**
 * The last lines of a text, for an error message.
 *
 * @param {string} text
 * @param {number} count
 */
export function lastLines(text, count) {
  return text.trimEnd().split("\n").slice(-count).join("\n");
}

/**
 * A long text without its middle: its first lines often name the error, its last ones the outcome.
 *
 * @param {string} text
 */
export function headAndTail(text) {
  const lines = text.trimEnd().split("\n");
  return lines.length <= 25 ? lines.join("\n") : [...lines.slice(0, 8), "…", ...lines.slice(-16)].join("\n");
}
