// Rules of the house, made from the door map. `npx depcruise src apps test …` checks them; `npm test` runs it.

const { doors } = require("./tools/doors.cjs");

const doorIndex = "index(\\.node|\\.browser)?\\.ts$";
const testFile = "\\.(test|bench)\\.ts$";

const directions = Object.entries(doors).map(([name, door]) => ({
  name: `direction-${name}`,
  comment: `src/${name} may import only: ${door.imports.join(", ") || "nothing"} (tools/doors.cjs).`,
  severity: "error",
  from: { path: `^src/${name}/` },
  to: { path: "^src/[^/]+/", pathNot: `^src/(${[name, ...door.imports].join("|")})/` },
}));

module.exports = {
  forbidden: [
    ...directions,
    {
      name: "through-the-door",
      comment: "Another door is entered only through its index.ts, index.node.ts or index.browser.ts.",
      severity: "error",
      from: { path: "^src/([^/]+)/" },
      to: { path: "^src/[^/]+/", pathNot: ["^src/$1/", `^src/[^/]+/${doorIndex}`] },
    },
    {
      name: "through-the-door-from-outside",
      comment:
        "Apps, tests across doors, examples and benchmarks use the doors as a user does: through an index. A worklet is loaded by its file's address.",
      severity: "error",
      from: { path: "^(apps|test|examples|learn|benchmarks|fixtures)/" },
      to: { path: "^src/", pathNot: [`^src/[^/]+/${doorIndex}`, "\\.worklet\\.ts$"] },
    },
    {
      name: "source-stays-inside",
      comment: "src/ imports nothing from the rest of the repository.",
      severity: "error",
      from: { path: "^src/", pathNot: testFile },
      to: { path: "^(apps|test|examples|learn|benchmarks|fixtures|tools|dist)/" },
    },
    {
      name: "nothing-imports-apps",
      comment: "Programs are ends: nothing imports them.",
      severity: "error",
      from: { pathNot: "^apps/" },
      to: { path: "^apps/" },
    },
    {
      name: "platform-files-only",
      comment: "Node built-ins belong in *.node.ts.",
      severity: "error",
      from: { path: "^src/", pathNot: ["\\.node\\.ts$", testFile] },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "no-platform-leak",
      comment: "A plain file must run everywhere, so it cannot import a *.node.ts, *.browser.ts or *.worklet.ts.",
      severity: "error",
      from: { path: "^src/", pathNot: ["\\.(node|browser|worklet)\\.ts$", testFile] },
      to: { path: "\\.(node|browser|worklet)\\.ts$" },
    },
    {
      name: "no-cycles",
      comment: "Two files that import each other are one file, or three.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-unresolvable",
      comment: "The import points at nothing. Build first: examples import the package by its name.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "no-dev-dependency",
      comment: "What ships imports only dependencies of package.json.",
      severity: "error",
      from: { path: "^(src|apps/cli)/", pathNot: testFile },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg"], dependencyTypesNot: ["npm"] },
    },
  ],
  options: {
    doNotFollow: { path: ["node_modules", "^dist/"] },
    exclude: { path: ["\\.as\\.ts$", "^dist/"] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
      extensions: [".ts", ".tsx", ".mjs", ".cjs", ".js", ".d.ts", ".json"],
    },
  },
};
