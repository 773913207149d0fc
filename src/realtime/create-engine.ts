import { TonewrightError } from "../errors/index.ts";
import { createKernels, type Kernels } from "../kernels/index.ts";
import type { ModelDocument } from "../modelfile/index.ts";
import type { Engine } from "./engine.ts";
import { createRecurrentEngine } from "./recurrent-engine.ts";
import { createWaveNetEngine } from "./wavenet-engine.ts";

/**
 * An engine for a model document, settled and ready.
 *
 * @param options - `kernels`: a kernel set that nobody else uses (its heap becomes the engine's). Default: the fastest one.
 * @throws TonewrightError `unsupported-model` for more than one input or output, or a model with a front end.
 */
export function createEngine(
  document: ModelDocument,
  { kernels = createKernels() }: { kernels?: Kernels } = {},
): Engine {
  const { architecture, frontEnd } = document;
  if (frontEnd !== undefined) {
    throw new TonewrightError(
      "unsupported-model",
      "this model hears features, not samples: it carries a front end",
      "compute its features with createLiveFrontEnd; engines run models of samples",
    );
  }
  switch (architecture.kind) {
    case "lstm":
    case "gru":
      return createRecurrentEngine({ ...document, architecture }, kernels);
    case "wavenet":
      return createWaveNetEngine({ ...document, architecture }, kernels);
    default:
      return architecture satisfies never;
  }
}

/** The engine's output for a whole signal, from a settled start. */
export function renderSignal(
  document: ModelDocument,
  input: Float32Array,
  options: { kernels?: Kernels } = {},
): Float32Array {
  const output = new Float32Array(input.length);
  createEngine(document, options).process(input, output);
  return output;
}
