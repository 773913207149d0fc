// Programs outside npm that some tests use (Chromium, ngspice): found, or installed with apt where that works.

import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { runQuietly } from "./child.mjs";

const installLimitSeconds = 300;

/**
 * The full path of a program, or undefined.
 *
 * @param {string[]} names - Tried in order; an absolute path is tried as it is, a name in every folder of PATH.
 */
function findProgram(names) {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = names.flatMap((name) =>
    name.startsWith("/") ? [name] : folders.map((folder) => join(folder, name)),
  );
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * The Chromium that browser tests drive, or undefined when there is none.
 *
 * The environment variable TONEWRIGHT_CHROMIUM overrides the search; `none` makes browser tests skip.
 *
 * @returns {string | undefined}
 */
export function findChromium() {
  const told = process.env.TONEWRIGHT_CHROMIUM;
  if (told === "none") return undefined;
  if (told !== undefined && existsSync(told)) return told;
  return findProgram(["/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]);
}

/** @returns {string | undefined} */
export function findNgspice() {
  return findProgram(["ngspice"]);
}

/**
 * Installs Debian packages quietly, if this user may.
 *
 * @param {string[]} packages
 * @returns {Promise<string>} Empty on success, else one line that says why not.
 */
async function installWithApt(packages) {
  if (process.getuid?.() !== 0) return "not root, so apt-get was not tried";
  if (findProgram(["apt-get"]) === undefined) return "there is no apt-get here";
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const command = `apt-get update -qq && apt-get install -y -qq --no-install-recommends ${packages.join(" ")}`;
  const { code, output } = await runQuietly("sh", ["-c", command], { env, timeoutSeconds: installLimitSeconds });
  const reason = output.trimEnd().split("\n").at(-1) ?? "";
  return code === 0 ? "" : `apt-get failed (exit code ${code}): ${reason}`;
}

/**
 * Looks for Chromium and ngspice, installs what is missing where it can.
 *
 * @returns {Promise<{ line: string, env: Record<string, string> }>} What was found, and what to tell the tests.
 */
export async function bringSystemPrograms() {
  const wanted = [
    {
      name: "chromium",
      find: findChromium,
      wanted: process.env.TONEWRIGHT_CHROMIUM !== "none",
      tests: "browser tests",
    },
    { name: "ngspice", find: findNgspice, wanted: true, tests: "comparisons with ngspice" },
  ];
  const missing = wanted.filter((one) => one.wanted && one.find() === undefined).map((one) => one.name);
  const trouble = missing.length > 0 ? await installWithApt(missing) : "";
  const notes = wanted.map((one) => {
    const path = one.find();
    if (path !== undefined) return `${one.name} at ${path}`;
    const why = one.wanted ? trouble || "not found after installing" : "switched off";
    return `no ${one.name} (${why}): ${one.tests} will be skipped`;
  });
  return { line: notes.join("; "), env: { TONEWRIGHT_CHROMIUM: findChromium() ?? "none" } };
}
