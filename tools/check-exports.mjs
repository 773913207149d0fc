// package.json `exports` has one entry per door and per worklet, made from the folders: `--write` updates it, without it the two are compared.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import doorMap from "./doors.cjs";
import { filesBelow, root } from "./stamps.mjs";

const platforms = ["", "node", "browser"];

/**
 * The `exports` that the doors of src/ ask for: `./signal`, `./training/node` where a door has index.node.ts, and
 * `./realtime/model-processor.worklet.js`, a file that pages load by its address.
 */
function wantedExports() {
  /** @type {Record<string, string | { types: string, default: string }>} */
  const entries = {};
  for (const door of Object.keys(doorMap.doors)) {
    for (const platform of platforms) {
      const index = `src/${door}/index${platform === "" ? "" : `.${platform}`}`;
      if (!existsSync(join(root, `${index}.ts`))) continue;
      const subpath = platform === "" ? `./${door}` : `./${door}/${platform}`;
      entries[subpath] = { types: `./dist/${index}.d.ts`, default: `./dist/${index}.js` };
    }
    for (const source of filesBelow(`src/${door}`, (name) => name.endsWith(".worklet.ts"))) {
      const file = source.replace(/\.ts$/, ".js");
      entries[file.replace(/^src/, ".")] = `./dist/${file}`;
    }
  }
  entries["./package.json"] = "./package.json";
  return entries;
}

const path = join(root, "package.json");
const manifest = JSON.parse(readFileSync(path, "utf8"));
const wanted = wantedExports();
const same = JSON.stringify(manifest.exports ?? {}) === JSON.stringify(wanted);

if (same) {
  console.log(`${Object.keys(wanted).length} entries of package.json exports agree with the doors`);
} else if (process.argv.includes("--write")) {
  const { exports: _old, ...rest } = manifest;
  const fields = Object.entries(rest);
  const place = fields.findIndex(([key]) => key === "files") + 1;
  fields.splice(place, 0, ["exports", wanted]);
  writeFileSync(path, `${JSON.stringify(Object.fromEntries(fields), null, 2)}\n`);
  console.log("package.json exports written");
} else {
  const have = manifest.exports ?? {};
  for (const key of new Set([...Object.keys(wanted), ...Object.keys(have)])) {
    if (JSON.stringify(have[key]) === JSON.stringify(wanted[key])) continue;
    const state = key in wanted ? (key in have ? "differs from its door" : "is missing") : "has no door";
    console.error(`package.json exports: "${key}" ${state}; run "node tools/check-exports.mjs --write"`);
  }
  process.exitCode = 1;
}
