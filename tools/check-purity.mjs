// The library takes seeds, clocks and contents as arguments: src/ reads no clock, chance, environment or network by itself.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { filesBelow, root } from "./stamps.mjs";

/** Names that reach outside, and what to do instead. A dot means a property access. */
const forbidden = new Map([
  ["Math.random", "take a Random (src/signal) as an argument"],
  ["Date.now", "take a clock as an argument"],
  ["performance.now", "take a clock as an argument"],
  ["crypto.getRandomValues", "take a Random (src/signal) as an argument"],
  ["crypto.randomUUID", "take a name or a Random as an argument"],
  ["process", "move it to a *.node.ts file, or take the value as an argument"],
  ["fetch", "take the bytes as an argument"],
  ["XMLHttpRequest", "take the bytes as an argument"],
  ["localStorage", "move it to a *.browser.ts file"],
  ["navigator", "move it to a *.browser.ts file"],
]);

/** Chance is an argument even where the platform is at hand. */
const forbiddenEverywhere = new Set(["Math.random"]);

const isPlatformFile = (/** @type {string} */ path) => /\.(node|browser|worklet)\.ts$/.test(path);
const files = filesBelow("src", (path) => path.endsWith(".ts") && !/\.(test|bench|as)\.ts$/.test(path));
let problems = 0;

for (const path of files) {
  const source = ts.createSourceFile(path, readFileSync(join(root, path), "utf8"), ts.ScriptTarget.ES2023, true);
  const report = (/** @type {ts.Node} */ node, /** @type {string} */ name) => {
    const advice = forbidden.get(name);
    if (advice === undefined || (isPlatformFile(path) && !forbiddenEverywhere.has(name))) return;
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    console.error(`${path}:${line + 1}: ${name}; ${advice}`);
    problems += 1;
  };
  const visit = (/** @type {ts.Node} */ node) => {
    if (ts.isPropertyAccessExpression(node)) {
      if (ts.isIdentifier(node.expression)) report(node, `${node.expression.text}.${node.name.text}`);
      visit(node.expression);
      if (ts.isIdentifier(node.expression)) report(node, node.expression.text);
      return;
    }
    if (ts.isNewExpression(node) && node.expression.getText() === "Date" && (node.arguments?.length ?? 0) === 0) {
      report(node, "Date.now");
    }
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) report(node, node.expression.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
}

if (problems === 0) console.log(`${files.length} files read no clock, chance, environment or network`);
process.exitCode = problems > 0 ? 1 : 0;
