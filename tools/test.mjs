// `npm test`: sets up what is missing, then every check and test, cheap ones first. `--fast` leaves out what is not beside its source.

import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { spawn } from "node:child_process";
import { join } from "node:path";

const { runQuietly, runTool } = await import("./child.mjs");
const { cacheFolder, root } = await import("./stamps.mjs");
const { setUp } = await import("./setup.mjs");
const { bringSystemPrograms } = await import("./system-programs.mjs");

const fast = process.argv.includes("--fast");
const filters = process.argv.slice(2).filter((argument) => argument !== "--fast");
const testLimitMinutes = 25;
/** @type {string[]} */
const failures = [];

/**
 * Runs one stage, prints its line, and its output if it failed.
 *
 * @param {string} name
 * @param {() => Promise<{ code: number, output: string }>} run
 */
async function stage(name, run) {
  const started = performance.now();
  const { code, output } = await run();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const note = code === 0 && /^[^\n]{1,160}\n?$/.test(output) ? `  ${output.trim()}` : "";
  console.log(`${code === 0 ? "ok    " : "FAILED"} ${name.padEnd(12)} ${seconds.padStart(5)} s${note}`);
  if (code === 0) return;
  failures.push(name);
  console.log(output.trimEnd().replace(/^/gm, "  | "));
}

const program = (/** @type {string} */ path, /** @type {string[]} */ ...args) =>
  runQuietly(process.execPath, [`${root}tools/${path}`, ...args]);
const houses = ["src", "apps", "test", "examples", "learn", "benchmarks", "fixtures"].filter((folder) =>
  existsSync(join(root, folder)),
);

/** @type {[string, () => Promise<{ code: number, output: string }>][]} */
const checks = [
  ["size", () => program("check-size.mjs")],
  ["lint", () => runTool("@biomejs/biome/bin/biome", ["check", "--error-on-warnings", "--max-diagnostics=30", "."])],
  ["doors", () => program("doors-tsconfig.mjs", "--check")],
  ["imports", () => runTool("dependency-cruiser/bin/dependency-cruise.mjs", [...houses, "--output-type", "err-long"])],
  ["purity", () => program("check-purity.mjs")],
  ["exports", () => program("check-exports.mjs")],
  ["types", () => runTool("typescript/bin/tsc", ["-b"])],
  ["docs", () => program("check-docs.mjs")],
  ["unused", () => runTool("knip/bin/knip.js", ["--no-progress", "--no-config-hints"])],
];

/**
 * Runs vitest with its own output visible.
 *
 * @param {Record<string, string>} env
 * @returns {Promise<{ passed: number, failed: number, skipped: number }>}
 */
async function runTests(env) {
  const report = join(cacheFolder, `tests-${process.pid}.json`);
  mkdirSync(cacheFolder, { recursive: true });
  const where = fast && filters.length === 0 ? ["src/"] : filters;
  const args = ["run", ...where, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const code = await new Promise((resolve) => {
    const child = spawn(process.execPath, [`${root}node_modules/vitest/vitest.mjs`, ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "inherit", "inherit"],
      // A process group of its own, so that stopping it stops its workers too.
      detached: true,
    });
    const stopAll = (/** @type {NodeJS.Signals} */ signal) => {
      if (child.pid !== undefined) process.kill(-child.pid, signal);
    };
    process.on("SIGINT", stopAll);
    process.on("SIGTERM", stopAll);
    // A test that never gives control back cannot be timed out by vitest itself.
    const timer = setTimeout(() => {
      console.log(`The tests were stopped after ${testLimitMinutes} minutes; a file without a line above did not end.`);
      stopAll("SIGKILL");
    }, testLimitMinutes * 60_000);
    child.once("close", (status) => {
      clearTimeout(timer);
      process.off("SIGINT", stopAll);
      process.off("SIGTERM", stopAll);
      resolve(status);
    });
  });
  const counts = { passed: 0, failed: 0, skipped: 0 };
  if (existsSync(report)) {
    const result = JSON.parse(readFileSync(report, "utf8"));
    rmSync(report);
    counts.passed = result.numPassedTests;
    counts.skipped = result.numPendingTests + result.numTodoTests;
    // A file that cannot be loaded has no tests of its own, and counts as one failure.
    const unloadable = result.testResults.filter(
      (/** @type {{ status: string, assertionResults: { status: string }[] }} */ file) =>
        file.status === "failed" && !file.assertionResults.some((one) => one.status === "failed"),
    ).length;
    counts.failed = result.numFailedTests + unloadable;
  }
  if (code !== 0) {
    failures.push("tests");
    counts.failed = Math.max(1, counts.failed);
  }
  return counts;
}

const started = performance.now();
try {
  await setUp((line) => console.log(line));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log("FAILED set-up\n0 passed, 1 failed");
  process.exit(1);
}
const system = await bringSystemPrograms();
console.log(system.line);
for (const [name, run] of checks) await stage(name, run);
const counts = await runTests(system.env);
const seconds = ((performance.now() - started) / 1000).toFixed(0);
console.log(
  failures.length === 0
    ? `\nall ${checks.length} checks and the tests pass, ${seconds} s`
    : `\nFAILED: ${failures.join(", ")} (${seconds} s)`,
);
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = failures.length > 0 ? 1 : 0;
