import { fileURLToPath } from "node:url";
import { defineConfig, type UserConfig } from "tsdown";
import { filesBelow } from "./tools/stamps.mjs";

const library = fileURLToPath(new URL("./src/", import.meta.url));

const common: UserConfig = {
  root: ".",
  outDir: "dist",
  clean: false,
  format: "esm",
  target: "es2023",
  fixedExtension: false,
  dts: false,
  sourcemap: true,
  report: false,
  logLevel: "warn",
  tsconfig: "tsconfig.base.json",
};

/** One output file per source file, at the same place under dist/: worker threads are started by their file's address. */
const modules: UserConfig = {
  ...common,
  entry: ["src/*/index.ts", "src/**/*.node.ts", "src/**/*.browser.ts", "apps/cli/main.ts", "!**/*.test.ts"],
  unbundle: true,
  platform: "node",
  treeshake: false,
};

/**
 * A worklet is one file that imports nothing, at its own place under dist/: a page loads it by its address, and neither
 * bundlers nor import maps reach it. Modules that it only passes through have no effect and are left out, and so is the
 * text of the kernels, whose bytes it is handed.
 */
const worklets = filesBelow("src", (path) => path.endsWith(".worklet.ts")).map(
  (path): UserConfig => ({
    ...common,
    entry: { [path.replace(/\.ts$/, "")]: path },
    platform: "browser",
    minify: true,
    deps: { alwaysBundle: [/./] },
    treeshake: { moduleSideEffects: (id) => !id.startsWith(library) || id.endsWith(".worklet.ts") },
    plugins: [
      {
        name: "without-kernel-text",
        load: (id) =>
          id === `${library}kernels/generated/wasm.ts`
            ? 'export const simdBase64 = "";\nexport const relaxedBase64 = "";\n'
            : undefined,
      },
    ],
  }),
);

export default defineConfig([modules, ...worklets]);
