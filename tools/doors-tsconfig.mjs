// One tsconfig per door, made from tools/doors.cjs: `node tools/doors-tsconfig.mjs` writes them, `--check` only compares.

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import doorMap from "./doors.cjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const { doors } = doorMap;

/** The folders of src/ that hold at least one file, map order first. */
function presentDoors() {
  const folders = readdirSync(join(root, "src"), { withFileTypes: true })
    .filter(
      (entry) =>
        entry.isDirectory() && readdirSync(join(root, "src", entry.name)).some((name) => name !== "tsconfig.json"),
    )
    .map((entry) => entry.name);
  const unknown = folders.filter((name) => !(name in doors));
  if (unknown.length > 0) {
    throw new Error(
      `src/${unknown[0]} is not a door of tools/doors.cjs: add it to the map, with the doors it may import`,
    );
  }
  return Object.keys(doors).filter((name) => folders.includes(name));
}

/** Every generated file with its text. */
function wantedFiles() {
  const present = presentDoors();
  /** @type {Map<string, string>} */
  const files = new Map();
  const put = (/** @type {string} */ path, /** @type {unknown} */ value) =>
    files.set(path, `${JSON.stringify(value, null, 2)}\n`);
  for (const name of present) {
    const door = doors[name];
    if (door === undefined) throw new Error(`bug: no entry for ${name}`);
    put(`src/${name}/tsconfig.json`, {
      extends: "../../tsconfig.door.json",
      compilerOptions: { lib: door.lib },
      references: door.imports.filter((other) => present.includes(other)).map((other) => ({ path: `../${other}` })),
    });
  }
  const references = present.map((name) => ({ path: `src/${name}` }));
  const browser = { path: "tsconfig.browser.json" };
  put("tsconfig.json", { files: [], references: [...references, browser, { path: "tsconfig.node.json" }] });
  for (const platform of ["browser", "node"]) {
    const path = `tsconfig.${platform}.json`;
    const current = JSON.parse(readFileSync(join(root, path), "utf8"));
    put(path, { ...current, references: platform === "node" ? [...references, browser] : references });
  }
  return files;
}

/** JSON without layout, so that the formatter may lay it out as it likes. */
function normalised(/** @type {string} */ path) {
  if (!existsSync(path)) return "";
  return `${JSON.stringify(JSON.parse(readFileSync(path, "utf8")), null, 2)}\n`;
}

let stale = 0;
for (const [path, text] of wantedFiles()) {
  const full = join(root, path);
  if (normalised(full) === text) continue;
  stale += 1;
  if (process.argv.includes("--check"))
    console.error(`${path}: differs from tools/doors.cjs; run "node tools/doors-tsconfig.mjs"`);
  else writeFileSync(full, text);
}
if (process.argv.includes("--check")) process.exitCode = stale > 0 ? 1 : 0;
else console.log(stale === 0 ? "all tsconfig files agree with tools/doors.cjs" : `${stale} tsconfig files written`);
