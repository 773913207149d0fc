import { TonewrightError } from "../errors/index.ts";
import { relaxedBase64, simdBase64 } from "./generated/wasm.ts";
import type { Kernels } from "./kernels.ts";

/** Which fast build: `simd` gives the same bits on every machine, `relaxed` fuses multiply-adds and is faster. */
export type KernelBuild = "simd" | "relaxed";

const pageBytes = 65536;
const largestPages = 65536;

/** Builds that were compiled here already: compiling costs some forty times what a second instance does. */
const compiled = new Map<KernelBuild, WebAssembly.Module>();

/** The fastest build that this engine accepts. On Node before 22, call `enableRelaxedSimd` (kernels/node) first. */
export function fastestBuild(): KernelBuild {
  return compiled.has("relaxed") || WebAssembly.validate(kernelBytes("relaxed")) ? "relaxed" : "simd";
}

/** The WebAssembly bytes of one build: what an AudioWorklet, which can fetch nothing, is handed. */
export function kernelBytes(build: KernelBuild): Uint8Array<ArrayBuffer> {
  const binary = atob(build === "relaxed" ? relaxedBase64 : simdBase64);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/**
 * The fast kernels, each call with a heap of its own.
 *
 * @param build - Default: the fastest one this engine accepts.
 * @throws TonewrightError `no-simd` where WebAssembly SIMD is missing.
 */
export function createKernels(build: KernelBuild = fastestBuild()): Kernels {
  const module = compiled.get(build) ?? compile(kernelBytes(build), build);
  compiled.set(build, module);
  return instantiate(module, build);
}

/** As `createKernels`, from bytes that were handed over. */
export function createKernelsFromBytes(bytes: Uint8Array<ArrayBuffer>, build: KernelBuild): Kernels {
  return instantiate(compile(bytes, build), build);
}

function compile(bytes: Uint8Array<ArrayBuffer>, build: KernelBuild): WebAssembly.Module {
  if (!WebAssembly.validate(bytes)) {
    throw new TonewrightError(
      "no-simd",
      `this JavaScript engine does not run the "${build}" kernels (WebAssembly SIMD)`,
      build === "relaxed" ? "use the simd build instead" : "use Node 20.19 or newer, or a browser from 2023 or newer",
    );
  }
  return new WebAssembly.Module(bytes);
}

function instantiate(module: WebAssembly.Module, build: KernelBuild): Kernels {
  const memory = new WebAssembly.Memory({ initial: 16, maximum: largestPages });
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  const functions = instance.exports as unknown as Omit<Kernels, "name" | "heap" | "base" | "reserve">;
  let view = new Float32Array(memory.buffer);
  return {
    ...functions,
    name: build,
    // The first KiB stays clear: offset 0 means "none", and the compiler may place constants there.
    base: 256,
    get heap() {
      if (view.length === 0) view = new Float32Array(memory.buffer);
      return view;
    },
    reserve(elements) {
      const missing = (elements + 64) * 4 - memory.buffer.byteLength;
      if (missing <= 0) return;
      const pages = Math.ceil(missing / pageBytes);
      try {
        memory.grow(pages);
      } catch (cause) {
        const wanted = Math.round((elements * 4) / 2 ** 20);
        throw new TonewrightError(
          "out-of-memory",
          `the model and its batch need ${wanted} MiB, more than WebAssembly memory could grow to`,
          "use a smaller batch, shorter sequences or a smaller model",
          { cause },
        );
      }
      view = new Float32Array(memory.buffer);
    },
  };
}
