import { defineConfig } from "tsdown";

// One output file per source file, at the same place under dist/: worker threads are started by their file's address.
export default defineConfig({
  entry: [
    "src/*/index.ts",
    "src/**/*.node.ts",
    "src/**/*.browser.ts",
    "src/**/*.worklet.ts",
    "apps/cli/main.ts",
    "!**/*.test.ts",
  ],
  root: ".",
  outDir: "dist",
  unbundle: true,
  clean: false,
  format: "esm",
  target: "es2023",
  platform: "node",
  fixedExtension: false,
  dts: false,
  sourcemap: true,
  treeshake: false,
  report: false,
  logLevel: "warn",
  tsconfig: "tsconfig.base.json",
});
