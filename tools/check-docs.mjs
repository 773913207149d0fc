// Everything that leaves a door has a doc comment, and every relative link in a Markdown file leads somewhere.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import doorMap from "./doors.cjs";
import { filesBelow, root } from "./stamps.mjs";

/** @type {string[]} */
const problems = [];

const indexes = Object.keys(doorMap.doors)
  .flatMap((door) => ["index.ts", "index.node.ts", "index.browser.ts"].map((name) => `${root}src/${door}/${name}`))
  .filter((path) => existsSync(path));
const program = ts.createProgram(indexes, {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  allowImportingTsExtensions: true,
  noEmit: true,
  noLib: true,
  types: [],
});
const checker = program.getTypeChecker();

/** @param {ts.Declaration} declaration */
function isDocumented(declaration) {
  // A whole module under a name says at its beginning what it is.
  if (ts.isSourceFile(declaration)) return declaration.text.startsWith("/**");
  const holder = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  return ts.getJSDocCommentsAndTags(holder).length > 0;
}

let checked = 0;
for (const path of indexes) {
  const source = program.getSourceFile(path);
  const module = source && checker.getSymbolAtLocation(source);
  if (source === undefined) throw new Error(`bug: ${path} was not read`);
  if (!/^\s*\/[/*]/.test(source.text)) {
    problems.push(
      `${path.slice(root.length)}: opens without its one-line charter; say in a comment what the door is for`,
    );
  }
  for (const exported of module === undefined ? [] : checker.getExportsOfModule(module)) {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const declarations = (symbol.declarations ?? []).filter(
      (one) => !one.getSourceFile().fileName.includes("node_modules"),
    );
    const [first] = declarations;
    if (first === undefined) continue;
    checked += 1;
    if (declarations.some(isDocumented)) continue;
    const file = first.getSourceFile();
    const { line } = file.getLineAndCharacterOfPosition(first.getStart());
    problems.push(
      `${file.fileName.slice(root.length)}:${line + 1}: ${exported.name} leaves the door without a doc comment`,
    );
  }
}

const folders = ["src", "apps", "docs", "benchmarks", "examples", "learn", "fixtures", "test", "tools"];
const pages = [
  ...readdirSync(root).filter((name) => name.endsWith(".md")),
  ...folders.flatMap((folder) => filesBelow(folder, (path) => path.endsWith(".md"))),
];
for (const page of pages) {
  const text = readFileSync(join(root, page), "utf8").replace(/```[\s\S]*?```/g, "");
  for (const [, target = ""] of text.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g)) {
    if (/^([a-z]+:|#|\/)/i.test(target)) continue;
    const file = join(root, dirname(page), decodeURI(target.replace(/[#?].*$/, "")));
    if (!existsSync(file)) problems.push(`${page}: link to ${target}, which is not there`);
  }
}

for (const problem of problems) console.error(problem);
console.log(`${checked} exports and ${pages.length} pages checked, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;
