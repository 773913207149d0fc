import { plainActivation } from "./activation/plain.ts";
import { plainAdam } from "./adam/plain.ts";
import { plainDcBlock } from "./dc-block/plain.ts";
import { plainDense } from "./dense/plain.ts";
import { plainElementwise } from "./elementwise/plain.ts";
import { plainFirResample } from "./fir-resample/plain.ts";
import { plainFft } from "./fft/plain.ts";
import { plainGru } from "./gru/plain.ts";
import type { Kernels } from "./kernels.ts";
import { plainLstm } from "./lstm/plain.ts";
import { plainPreEmphasis } from "./pre-emphasis/plain.ts";
import { plainReduction } from "./reduction/plain.ts";
import { plainWaveLayer } from "./wavenet-layer/plain.ts";

/**
 * The plain kernels on a float64 heap: the definition of every operation.
 *
 * They are slow and exact; gradients are checked against finite differences here.
 */
export function createPlainKernels(): Kernels {
  let memory = new Float64Array(1024);
  const heap = () => memory;
  return {
    name: "plain",
    base: 16,
    get heap() {
      return memory;
    },
    reserve(elements) {
      if (elements + 16 <= memory.length) return;
      const larger = new Float64Array(Math.max(elements + 16, memory.length * 2));
      larger.set(memory);
      memory = larger;
    },
    ...plainActivation(heap),
    ...plainElementwise(heap),
    ...plainReduction(heap),
    ...plainPreEmphasis(heap),
    ...plainDcBlock(heap),
    ...plainDense(heap),
    ...plainLstm(heap),
    ...plainGru(heap),
    ...plainWaveLayer(heap),
    ...plainFirResample(heap),
    ...plainFft(heap),
    ...plainAdam(heap),
  };
}
