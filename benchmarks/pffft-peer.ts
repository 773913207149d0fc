import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Contender, Job } from "./contender.ts";
import { repeatedTransform } from "./fourier-contender.ts";
import type { FoundPeer, MissingPeer } from "./peer.ts";

/** What is used of the module that Emscripten made of pffft. */
interface Pffft {
  readonly HEAPF32: Float32Array;
  _pffft_new_setup(size: number, complex: 0 | 1): number;
  _pffft_aligned_malloc(bytes: number): number;
  _pffft_transform_ordered(setup: number, input: number, output: number, work: number, backward: 0 | 1): void;
}

/** pffft in WebAssembly with SIMD, a development dependency of this project. */
export async function findPffft(): Promise<FoundPeer | MissingPeer> {
  const require = createRequire(import.meta.url);
  let program: string;
  try {
    program = require.resolve("@echogarden/pffft-wasm/simd");
  } catch {
    return {
      id: "pffft",
      name: "pffft",
      missing: "@echogarden/pffft-wasm is not installed (npm install in the repository)",
    };
  }
  const { version } = JSON.parse(readFileSync(join(dirname(program), "../../package.json"), "utf8")) as {
    version: string;
  };
  const module = (await import(pathToFileURL(program).href)) as { default: () => Promise<Pffft> };
  const pffft = await module.default();
  return {
    id: "pffft",
    name: "pffft",
    version,
    libraries: "@echogarden/pffft-wasm, SIMD",
    prepare: async (job) => preparePffft(pffft, job as FourierJob),
  };
}

type FourierJob = Job & { readonly size: number; readonly copied: boolean; readonly x: Float32Array };

/** Its ordered transform; `undefined` for sizes it does not have. */
function preparePffft(pffft: Pffft, { size, copied, x }: FourierJob): Contender | undefined {
  const setup = size % 32 === 0 ? pffft._pffft_new_setup(size, 0) : 0;
  if (setup === 0) return undefined;
  const [input = 0, output = 0, work = 0] = [0, 1, 2].map(() => pffft._pffft_aligned_malloc(4 * size));
  const [heapX, heapY] = [input, output].map((at) => pffft.HEAPF32.subarray(at / 4, at / 4 + size)) as [
    Float32Array,
    Float32Array,
  ];
  const y = new Float32Array(size);
  heapX.set(x);
  const transform = () => pffft._pffft_transform_ordered(setup, input, output, work, 0);
  const transformCopied = () => {
    heapX.set(x);
    transform();
    y.set(heapY);
  };
  return repeatedTransform("pffft", {
    size,
    transform: copied ? transformCopied : transform,
    spectrum: () => unpacked(copied ? y : heapY),
  });
}

/** Its first two numbers are the real parts of the first and the last bin. */
function unpacked(packed: Float32Array): Float32Array {
  const spectrum = new Float32Array(packed.length + 2);
  spectrum.set(packed);
  spectrum[1] = 0;
  spectrum[packed.length] = packed[1] as number;
  return spectrum;
}
