import { TonewrightError } from "../errors/index.ts";
import { isJsonObject, type JsonObject, parseJsonObject } from "./json-text.ts";
import { checkArchitecture, checkModelDocument, type ModelDocument } from "./model-document.ts";
import { invalidNam, unsupportedNam } from "./nam-error.ts";
import { namLstmOrder, readLstmConfig } from "./nam-lstm.ts";
import { readNamMetadata } from "./nam-metadata.ts";
import { type NamRoot, readNamRoot } from "./nam-root.ts";
import { readWaveNetConfig } from "./nam-wavenet.ts";
import { parameterCount } from "./parameter-layout.ts";
import { describeArchitecture } from "./presets.ts";

/** What a `.nam` file without a sample rate was made at. */
const usualSampleRate = 48_000;

/**
 * The model in a `.nam` file (Neural Amp Modeler), versions 0.5.0 to 0.7.x: LSTM, plain WaveNet, and the full-size
 * model of a SlimmableContainer.
 *
 * A file without a sample rate is taken to be at 48 000 Hz; `metadata.notes` says so. NAM's player feeds silence
 * before the first sample (half a second to an LSTM, the receptive field to a WaveNet); the document does not.
 *
 * @param bytes - The whole file.
 * @param options - `name` of the file, for messages and as the model's name if it has none.
 * @returns A checked document with the weights in `parameterLayout` order.
 * @throws TonewrightError `invalid-nam`, `unsupported-nam` (the message names the feature), `nam-weight-count`
 *   (expected and found), `non-finite-weights`, `model-too-large`, `invalid-architecture`.
 * @see NeuralAmpModelerCore NAM/get_dsp.cpp
 */
export function decodeNam(bytes: Uint8Array, { name }: { name: string }): ModelDocument {
  return decodeNamObject(parseJsonObject(bytes, { name, code: "invalid-nam" }), { name });
}

/** `decodeNam` for JSON that is parsed already. */
export function decodeNamObject(value: JsonObject, { name }: { name: string }): ModelDocument {
  const { root, notes } = openContainers(value, name);
  const { architecture, weights } = readModel(root, name);
  const sampleRate = root.sample_rate ?? 0;
  if (sampleRate <= 0) notes.push(`the file states no sample rate: ${usualSampleRate} Hz assumed`);
  const metadata = {
    ...readNamMetadata(root.metadata ?? {}, { name }),
    architecture: describeArchitecture(architecture),
    source: { format: "nam", version: root.version },
    ...(notes.length > 0 ? { notes } : {}),
  };
  const document = { architecture, weights, metadata, sampleRate: sampleRate > 0 ? sampleRate : usualSampleRate };
  return checkModelDocument(document, { name });
}

/** The root of the model itself: of each container the full-size sub-model, which the container puts last. */
function openContainers(value: JsonObject, name: string): { root: NamRoot; notes: string[] } {
  const { root, notes } = readNamRoot(value, { name });
  if (root.architecture !== "SlimmableContainer") return { root, notes };
  const { submodels } = root.config;
  const full = Array.isArray(submodels) ? submodels.at(-1) : undefined;
  if (!Array.isArray(submodels) || !isJsonObject(full) || !isJsonObject(full.model)) {
    throw invalidNam(name, "is a SlimmableContainer without sub-models");
  }
  const inner = openContainers(full.model, name);
  const merged = {
    ...inner.root,
    sample_rate: inner.root.sample_rate ?? root.sample_rate,
    metadata: { ...inner.root.metadata, ...root.metadata },
  };
  return { root: merged, notes: [...notes, `the largest of ${submodels.length} sub-models was read`, ...inner.notes] };
}

function readModel(root: NamRoot, name: string): Pick<ModelDocument, "architecture" | "weights"> {
  switch (root.architecture) {
    case "LSTM": {
      const architecture = readLstmConfig(root.config, { name });
      checkArchitecture(architecture, { name });
      const found = readWeights(root.weights, parameterCount(architecture), name);
      const weights = new Float32Array(found.length);
      namLstmOrder(architecture).forEach((ours, theirs) => {
        weights[ours] = found[theirs] ?? 0;
      });
      return { architecture, weights };
    }
    case "WaveNet": {
      const architecture = readWaveNetConfig(root.config, { name });
      checkArchitecture(architecture, { name });
      const found = readWeights(root.weights, parameterCount(architecture) + 1, name);
      return {
        architecture: { ...architecture, headScale: found.at(-1) ?? 0 },
        weights: Float32Array.from(found.slice(0, -1)),
      };
    }
    default:
      throw unsupportedNam(name, `the architecture ${JSON.stringify(root.architecture.slice(0, 40))}`);
  }
}

function readWeights(weights: readonly unknown[] | null | undefined, expected: number, name: string): number[] {
  if (weights === null || weights === undefined) throw invalidNam(name, "has no weights");
  if (weights.length !== expected) {
    throw new TonewrightError(
      "nam-weight-count",
      `"${name}" has ${weights.length} weights, its config needs ${expected}`,
      "download or export the .nam file again: it is incomplete, or its config was changed by hand",
    );
  }
  return weights.map((weight, index) => {
    if (typeof weight !== "number") throw invalidNam(name, `has a weight that is no number, at index ${index}`);
    return weight;
  });
}
