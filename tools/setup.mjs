// Brings a clone to the point where it runs: dependencies, then the build. Does nothing, fast, when all is there.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { headAndTail, killChildren, runQuietly, watchChildren } from "./child.mjs";
import { takeLock } from "./setup-lock.mjs";
import { forgetHashes, root } from "./stamps.mjs";

/** Whether node_modules is a finished installation of package-lock.json (npm writes its own copy of it last). */
export function dependenciesAreFresh() {
  const installedList = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installedList)) return false;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const installed = JSON.parse(readFileSync(installedList, "utf8")).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === "") return true;
    const present = installed[path];
    // Optional packages are mostly binaries for other systems.
    if (present === undefined) return entry.optional === true;
    return present.version === entry.version;
  });
}

async function installDependencies() {
  const npm = process.env.npm_execpath;
  const isWindows = process.platform === "win32";
  const command = npm === undefined ? (isWindows ? "npm.cmd" : "npm") : process.execPath;
  const args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const { code, output } = await runQuietly(command, npm === undefined ? args : [npm, ...args], {
    shell: npm === undefined && isWindows,
  });
  if (code !== 0) throw new Error(`npm ci failed (exit code ${code})\n${headAndTail(withoutUsage(output))}`);
}

/** npm ends some messages with its whole manual page, which would push the reason out of sight. */
function withoutUsage(/** @type {string} */ output) {
  return output.replace(/(npm error\n)?npm error Clean install a project\n[\s\S]*?(?=npm error A complete log|$)/, "");
}

/**
 * Installs and builds what is missing; two at once wait for each other.
 *
 * @param {(line: string) => void} say - Gets one short line per stage that has work to do.
 * @throws Error whose message ends with the failing tool's last lines.
 */
export async function setUp(say) {
  if (dependenciesAreFresh() && (await staleBuild()).length === 0) return;
  const lock = await takeLock((pid) => say(`Waiting for the set-up of process ${pid}…`));
  watchChildren(lock.addProcess);
  // Leaving waits until npm or the compiler is gone, so that the next start does not meet it at work.
  let stoppedBy = 0;
  const leave = (/** @type {NodeJS.Signals} */ signal) => {
    stoppedBy = signal === "SIGINT" ? 130 : 143;
    killChildren();
  };
  process.on("SIGINT", leave);
  process.on("SIGTERM", leave);
  try {
    forgetHashes();
    if (!dependenciesAreFresh()) {
      say("Setting up (once): dependencies…");
      await installDependencies();
    }
    const stale = stoppedBy > 0 ? [] : await staleBuild();
    if (stale.length > 0) {
      say(`Setting up (once): ${stale.join(", ")}…`);
      const { build } = await import("./build.mjs");
      await build();
    }
  } finally {
    process.off("SIGINT", leave);
    process.off("SIGTERM", leave);
    watchChildren(() => {});
    lock.release();
    if (stoppedBy > 0) process.exit(stoppedBy);
  }
}

async function staleBuild() {
  const { staleStages } = await import("./build.mjs");
  return staleStages();
}
