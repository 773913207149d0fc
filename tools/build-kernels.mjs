// Compiles the kernels and writes them as base64 to src/kernels/generated/: src/kernels/simd.as.ts twice (plain SIMD and relaxed
// SIMD, float32), and the circuit solver, which works in float64 on a memory of its own, once.

import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { lastLines, runTool } from "./child.mjs";
import { filesBelow, hashOf, readStamp, root, writeStamp } from "./stamps.mjs";

/** Each generated file, what it is made from, and the builds in it. */
const outputs = [
  {
    entry: "src/kernels/simd.as.ts",
    output: "src/kernels/generated/wasm.ts",
    variants: [
      { name: "simdBase64", features: ["--enable", "simd"] },
      { name: "relaxedBase64", features: ["--enable", "simd", "--enable", "relaxed-simd"] },
    ],
  },
  {
    entry: "src/kernels/circuit/circuit.as.ts",
    output: "src/kernels/generated/circuit.ts",
    variants: [{ name: "circuitBase64", features: [] }],
  },
];

const flags = ["-O3", "--noAssert", "--runtime", "stub", "--importMemory", "--initialMemory", "1", "--use", "abort="];

function inputHash() {
  const sources = filesBelow("src/kernels", (path) => path.endsWith(".as.ts"));
  const shared = "src/kernels/circuit/layout.ts";
  return hashOf([...sources, shared, "tools/build-kernels.mjs", "node_modules/assemblyscript/package.json"]);
}

/** Whether the generated modules belong to the present sources. */
export function kernelsAreFresh() {
  if (!outputs.some(({ entry }) => existsSync(join(root, entry)))) return true;
  return outputs.every(({ output }) => existsSync(join(root, output))) && readStamp("kernels") === inputHash();
}

/**
 * Compiles the kernels if their sources changed.
 *
 * @returns {Promise<boolean>} Whether anything was compiled.
 * @throws Error with the compiler's last lines.
 */
export async function buildKernels() {
  if (kernelsAreFresh()) return false;
  const hash = inputHash();
  writeStamp("kernels", "");
  const folder = mkdtempSync(join(tmpdir(), "tonewright-kernels-"));
  try {
    await Promise.all(outputs.map((one) => buildOutput(one, folder)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  writeStamp("kernels", hash);
  return true;
}

/**
 * @param {typeof outputs[number]} one
 * @param {string} folder - For what the compiler writes.
 */
async function buildOutput({ entry, output, variants }, folder) {
  const modules = await Promise.all(
    variants.map(async ({ name, features }) => {
      const file = join(folder, `${name}.wasm`);
      const { code, output: printed } = await runTool("assemblyscript/bin/asc.js", [
        entry,
        "--outFile",
        file,
        ...flags,
        ...features,
      ]);
      if (code !== 0) throw new Error(`kernels: asc failed for ${name}\n${lastLines(printed, 30)}`);
      return { name, base64: readFileSync(file).toString("base64") };
    }),
  );
  const lines = modules.map(({ name, base64 }) => `export const ${name} =\n  "${base64}";\n`);
  mkdirSync(join(root, "src/kernels/generated"), { recursive: true });
  const temporary = join(root, `${output}.${process.pid}`);
  writeFileSync(
    temporary,
    `// Made by tools/build-kernels.mjs from ${basename(entry)}; not kept in git.\n\n${lines.join("\n")}`,
  );
  renameSync(temporary, join(root, output));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  console.error((await buildKernels()) ? "src/kernels/generated written" : "src/kernels/generated is up to date");
}
