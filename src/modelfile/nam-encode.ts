import { TonewrightError } from "../errors/index.ts";
import type { Architecture, LstmArchitecture } from "./architecture.ts";
import { shortestFloat32 } from "./float-text.ts";
import type { JsonObject } from "./json-text.ts";
import { checkModelDocument, type ModelDocument, refuseFrontEnd } from "./model-document.ts";
import { namLstmOrder, writeLstmConfig } from "./nam-lstm.ts";
import { writeNamMetadata } from "./nam-metadata.ts";
import { fitsLegacyForm, writeWaveNetConfig } from "./nam-wavenet.ts";
import { parameterCount, parameterLayout } from "./parameter-layout.ts";

/** The state of one LSTM layer before the first sample, shape `[H]` each. */
export interface LstmState {
  readonly hidden: Float32Array;
  readonly cell: Float32Array;
}

/**
 * The bytes of a `.nam` file (Neural Amp Modeler) with the same weights.
 *
 * The version is 0.5.4 where that suffices, so that old plug-ins load it, and otherwise 0.7.0. A NAM plug-in feeds
 * an LSTM half a second of silence before it plays; pass the state after a burn-in on silence to shorten the rest.
 *
 * @param document - An lstm without skip (mono), or a wavenet.
 * @param options - `initialState`: one state per LSTM layer; by default the document's own, or zeros.
 * @returns The whole file, UTF-8 JSON.
 * @throws TonewrightError `nam-no-gru`, `nam-no-skip`, `nam-mono-only`, `no-front-end`, `invalid-model` (a wrong state),
 *   and the codes of `checkModelDocument`.
 * @see NeuralAmpModelerCore NAM/lstm.cpp, NAM/wavenet/model.cpp
 */
export function encodeNam(
  document: ModelDocument,
  { initialState }: { initialState?: readonly LstmState[] } = {},
): Uint8Array {
  const { architecture, sampleRate, weights, metadata } = checkModelDocument(document);
  refuseFrontEnd(document, "the .nam format");
  const model = writeModel(architecture, weights, initialState);
  const root = {
    version: model.version,
    metadata: writeNamMetadata(metadata),
    architecture: model.architecture,
    config: model.config,
    weights: model.weights,
    sample_rate: sampleRate,
  };
  return new TextEncoder().encode(JSON.stringify(root));
}

interface NamModel {
  readonly version: string;
  readonly architecture: string;
  readonly config: JsonObject;
  readonly weights: number[];
}

function writeModel(architecture: Architecture, weights: Float32Array, states?: readonly LstmState[]): NamModel {
  switch (architecture.kind) {
    case "gru":
      throw new TonewrightError(
        "nam-no-gru",
        "the model is a GRU, and the .nam format has none",
        "export it with --format rtneural, or train an lstm or a wavenet for NAM",
      );
    case "lstm": {
      refuseForNam(architecture);
      const { architecture: full, weights: ours } = withInitialState(architecture, weights, states);
      const order = Array.from(namLstmOrder(full));
      return {
        version: "0.5.4",
        architecture: "LSTM",
        config: writeLstmConfig(full),
        weights: order.map((index) => shortestFloat32(ours[index] ?? 0)),
      };
    }
    case "wavenet":
      return {
        version: fitsLegacyForm(architecture) ? "0.5.4" : "0.7.0",
        architecture: "WaveNet",
        config: writeWaveNetConfig(architecture),
        weights: [...Array.from(weights, shortestFloat32), architecture.headScale],
      };
    default:
      return architecture satisfies never;
  }
}

function refuseForNam({ skip, inputSize, outputSize }: LstmArchitecture): void {
  if (skip) {
    throw new TonewrightError(
      "nam-no-skip",
      "the model adds its input to its output (skip), and an LSTM in the .nam format cannot",
      "export it with --format rtneural, or train it without skip",
    );
  }
  if (inputSize !== 1 || outputSize !== 1) {
    throw new TonewrightError(
      "nam-mono-only",
      `the model has ${inputSize} inputs and ${outputSize} outputs; NAM plug-ins feed one input and play one output`,
      "export it with --format rtneural, or train a model with one input and one output",
    );
  }
}

/** The model with a start state in its weights: the one passed in, else its own, else zeros. */
function withInitialState(
  architecture: LstmArchitecture,
  weights: Float32Array,
  states: readonly LstmState[] | undefined,
): { architecture: LstmArchitecture; weights: Float32Array } {
  const { layers, hiddenSize } = architecture;
  const fits = ({ hidden, cell }: LstmState): boolean =>
    [hidden, cell].every((state) => state.length === hiddenSize && state.every(Number.isFinite));
  if (states !== undefined && (states.length !== layers || !states.every(fits))) {
    throw new TonewrightError(
      "invalid-model",
      `the start state passed to encodeNam has ${states.length} layers of ${states.map((s) => s.hidden.length).join(", ")} units`,
      `pass ${layers} layers of ${hiddenSize} finite values each, as the model has`,
    );
  }
  const values = new Map(
    parameterLayout(architecture).map(({ name, offset, length }) => [name, weights.subarray(offset, offset + length)]),
  );
  states?.forEach(({ hidden, cell }, layer) => {
    values.set(`lstm.${layer}.initial_hidden`, hidden);
    values.set(`lstm.${layer}.initial_cell`, cell);
  });
  const full: LstmArchitecture = { ...architecture, initialState: true };
  const merged = new Float32Array(parameterCount(full));
  for (const { name, offset } of parameterLayout(full)) merged.set(values.get(name) ?? [], offset);
  return { architecture: full, weights: merged };
}
