import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const library = fileURLToPath(new URL("../../src/", import.meta.url));

/** The audio processor is handed its kernels as bytes, so its file need not carry both builds as text. */
function withoutKernelText(): Plugin {
  const text = `${library}kernels/generated/wasm.ts`;
  return {
    name: "without-kernel-text",
    load: (id) => (id === text ? 'export const simdBase64 = "";\nexport const relaxedBase64 = "";\n' : undefined),
  };
}

/**
 * A module of the library that nobody uses does nothing, but for the worklet, which registers itself. Without this rule
 * the schemas of a whole door come along, ten times the size of the audio processor.
 */
const treeshake = { moduleSideEffects: (id: string) => !id.startsWith(library) || id.includes(".worklet.ts") };

export default defineConfig({
  // Relative, so that the built page works at any address.
  base: "./",
  plugins: [react()],
  build: { target: "es2023", rolldownOptions: { treeshake }, chunkSizeWarningLimit: 1500, assetsInlineLimit: 0 },
  worker: { format: "es", plugins: () => [withoutKernelText()], rolldownOptions: { treeshake } },
  server: { fs: { allow: ["../.."] } },
});
