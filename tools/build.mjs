// Builds what is missing: kernels, then library with command line, and studio. `--types` adds declarations, for packing.

import { cpSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildKernels, kernelsAreFresh } from "./build-kernels.mjs";
import { lastLines, runTool } from "./child.mjs";
import { cacheFolder, filesBelow, forgetHashes, hashOf, readStamp, root, writeStamp } from "./stamps.mjs";

/** @typedef {{ name: string, wanted: boolean, inputs: () => string[], output: string, run: () => Promise<void> }} Stage */

const isSource = (/** @type {string} */ path) => !/\.(test|bench|as)\.tsx?$/.test(path);

/** @type {Stage} */
const library = {
  name: "library",
  wanted: existsSync(join(root, "apps/cli/main.ts")),
  inputs: () => [
    ...["src", "apps/cli", "benchmarks"].flatMap((folder) =>
      filesBelow(folder, (path) => path.endsWith(".ts") && isSource(path)),
    ),
    "tsdown.config.ts",
    "tools/build.mjs",
    "package.json",
  ],
  output: "dist/apps/cli/main.js",
  run: async () => {
    for (const folder of ["dist/src", "dist/apps", "dist/benchmarks"])
      rmSync(join(root, folder), { recursive: true, force: true });
    await mustRun("tsdown/dist/run.mjs", []);
  },
};

/** @type {Stage} */
const studio = {
  name: "studio",
  wanted: existsSync(join(root, "apps/studio/index.html")),
  inputs: () => [
    ...filesBelow("apps/studio", isSource),
    ...filesBelow("src", (path) => path.endsWith(".ts") && isSource(path) && !path.endsWith(".node.ts")),
    "tools/build.mjs",
  ],
  output: "dist/studio/index.html",
  run: async () => {
    await mustRun(
      "vite/bin/vite.js",
      ["build", "--outDir", "../../dist/studio", "--emptyOutDir", "--logLevel", "warn"],
      "apps/studio",
    );
  },
};

/**
 * @param {string} script
 * @param {string[]} args
 * @param {string} [folder]
 */
async function mustRun(script, args, folder = ".") {
  const { code, output } = await runTool(script, args, { cwd: join(root, folder) });
  if (code !== 0) throw new Error(`${script.split("/")[0]} failed (exit code ${code})\n${lastLines(output, 40)}`);
}

/** @param {Stage} stage */
function isFresh(stage) {
  return !stage.wanted || (existsSync(join(root, stage.output)) && readStamp(stage.name) === hashOf(stage.inputs()));
}

/** @param {Stage} stage */
async function bring(stage) {
  if (isFresh(stage)) return;
  const hash = hashOf(stage.inputs());
  writeStamp(stage.name, "");
  await stage.run();
  writeStamp(stage.name, hash);
}

/** The names of the stages that would run now. */
export function staleStages() {
  const stale = [library, studio].filter((stage) => !isFresh(stage)).map((stage) => stage.name);
  return kernelsAreFresh() ? stale : ["kernels", ...stale];
}

/**
 * Runs every stale stage; the library and the studio side by side.
 *
 * @throws Error with the failing tool's last lines.
 */
export async function build() {
  if (await buildKernels()) forgetHashes();
  const results = await Promise.allSettled([bring(library), bring(studio)]);
  for (const result of results) if (result.status === "rejected") throw result.reason;
}

/** Declarations beside the built library; only `npm pack` needs them. */
export async function buildTypes() {
  await mustRun("typescript/bin/tsc", ["-b"]);
  for (const path of filesBelow("src", (name) => name.endsWith(".ts") && isSource(name))) {
    const declaration = path.replace(/\.ts$/, ".d.ts");
    const from = join(cacheFolder, "types", declaration);
    if (existsSync(from)) cpSync(from, join(root, "dist", declaration));
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const started = performance.now();
  const stale = staleStages();
  try {
    await build();
    if (process.argv.includes("--types")) await buildTypes();
    const what = stale.length === 0 ? "nothing to do" : stale.join(", ");
    console.error(`build: ${what} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
