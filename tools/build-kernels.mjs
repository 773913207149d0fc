// Compiles src/kernels/simd.as.ts twice (plain SIMD and relaxed SIMD) and writes both as base64 to src/kernels/generated/wasm.ts.

import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { lastLines, runTool } from "./child.mjs";
import { filesBelow, hashOf, readStamp, root, writeStamp } from "./stamps.mjs";

const entry = "src/kernels/simd.as.ts";
const output = "src/kernels/generated/wasm.ts";

const flags = ["-O3", "--noAssert", "--runtime", "stub", "--importMemory", "--initialMemory", "1", "--use", "abort="];
const variants = [
  { name: "simdBase64", features: ["--enable", "simd"] },
  { name: "relaxedBase64", features: ["--enable", "simd", "--enable", "relaxed-simd"] },
];

function inputHash() {
  const sources = filesBelow("src/kernels", (path) => path.endsWith(".as.ts"));
  return hashOf([...sources, "tools/build-kernels.mjs", "node_modules/assemblyscript/package.json"]);
}

/** Whether the generated module belongs to the present sources. */
export function kernelsAreFresh() {
  if (!existsSync(join(root, entry))) return true;
  return existsSync(join(root, output)) && readStamp("kernels") === inputHash();
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
      `// Made by tools/build-kernels.mjs from simd.as.ts; not kept in git.\n\n${lines.join("\n")}`,
    );
    renameSync(temporary, join(root, output));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  writeStamp("kernels", hash);
  return true;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  console.error((await buildKernels()) ? `${output} written` : `${output} is up to date`);
}
