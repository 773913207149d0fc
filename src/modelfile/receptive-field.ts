import type { Architecture } from "./architecture.ts";

/**
 * How many input samples, the present one included, can reach one output sample.
 *
 * `null` means unbounded: a recurrent model hears its whole past, so use a warm-up time instead.
 *
 * @param architecture - A valid architecture.
 * @returns Samples, `>= 1`, or `null` for lstm and gru.
 * @see NeuralAmpModelerCore prewarms its WaveNet with this many zeros.
 */
export function receptiveField(architecture: Architecture): number | null {
  switch (architecture.kind) {
    case "lstm":
    case "gru":
      return null;
    case "wavenet": {
      let samples = 1;
      for (const { kernelSizes, dilations, head } of architecture.arrays) {
        kernelSizes.forEach((kernelSize, layer) => {
          samples += (kernelSize - 1) * (dilations[layer] ?? 1);
        });
        samples += head.kernelSize - 1;
      }
      return samples;
    }
    default:
      return architecture satisfies never;
  }
}
