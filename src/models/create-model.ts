import type { Architecture } from "../modelfile/index.ts";
import type { Model } from "./model.ts";
import { recurrentModel } from "./recurrent.ts";
import { waveNetModel } from "./wavenet.ts";

/**
 * The model of an architecture.
 *
 * @throws TonewrightError `untrainable-model` if the architecture can be played but not trained.
 */
export function createModel(architecture: Architecture): Model {
  switch (architecture.kind) {
    case "lstm":
    case "gru":
      return recurrentModel(architecture);
    case "wavenet":
      return waveNetModel(architecture);
    default:
      return architecture satisfies never;
  }
}
