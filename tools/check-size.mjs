// Files stay under 400 lines, or say in tools/size-waivers.json why not. Prints the median of src/.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { filesBelow, root } from "./stamps.mjs";

const limit = 400;
const folders = ["src", "apps", "test", "tools", "benchmarks", "examples", "learn", "fixtures"];

/** @type {Record<string, string>} */
const waivers = JSON.parse(readFileSync(join(root, "tools/size-waivers.json"), "utf8"));
const files = folders
  .flatMap((folder) => filesBelow(folder, (path) => /\.(ts|tsx|mjs|cjs|css)$/.test(path)))
  .filter((path) => !path.includes("/generated/"));
const sizes = new Map(files.map((path) => [path, readFileSync(join(root, path), "utf8").trimEnd().split("\n").length]));

const problems = [];
for (const [path, lines] of sizes) {
  if (lines > limit && !(path in waivers)) {
    problems.push(
      `${path}: ${lines} lines, the limit is ${limit}; split it by concept, or give a reason in tools/size-waivers.json`,
    );
  }
}
for (const [path, reason] of Object.entries(waivers)) {
  const lines = sizes.get(path);
  if (lines === undefined || lines <= limit)
    problems.push(`tools/size-waivers.json: ${path} needs no waiver; remove its line`);
  if (reason.length < 20) problems.push(`tools/size-waivers.json: ${path} has no reason; write one sentence`);
}

const ofSource = [...sizes]
  .filter(([path]) => path.startsWith("src/") && !path.endsWith(".test.ts"))
  .map(([, lines]) => lines)
  .sort((a, b) => a - b);
const longest = [...sizes].reduce((a, b) => (b[1] > a[1] ? b : a), ["no file", 0]);
for (const problem of problems) console.error(problem);
console.log(
  `${sizes.size} files; src median ${ofSource[ofSource.length >> 1] ?? 0} lines; longest ${longest[0]}, ${longest[1]} lines`,
);
process.exitCode = problems.length > 0 ? 1 : 0;
