import type { AlignedPair, Example } from "../datasets/index.ts";
import {
  applyFir,
  concatenateSpans,
  fitBestGain,
  fitLinearFir,
  judge,
  type Scores,
  spanLengths,
} from "../metrics/index.ts";
import type { ModelDocument } from "../modelfile/index.ts";
import { createEngine } from "../realtime/index.ts";

/** How well a model does on audio it was not trained on, beside what can be had without one. */
export interface Evaluation {
  readonly scores: Scores;
  readonly baselines: {
    /** The dry signal times the best constant. */
    readonly gain: Scores & { readonly gain: number };
    /** The dry signal through the best linear filter. */
    readonly fir: Scores & { readonly taps: number };
  };
  /** The judged audio, span after span, each shape `[samples]`. */
  readonly signals: {
    readonly dry: Float32Array;
    readonly wet: Float32Array;
    readonly model: Float32Array;
    readonly fir: Float32Array;
    /** Length of each span in samples. */
    readonly segments: readonly number[];
  };
}

/** Length of the linear baseline. */
const firTaps = 64;

/**
 * Judges a model on test audio with the engine that plays it live, beside the best gain and the best 64-tap filter.
 *
 * The baselines are fitted on the training examples and judged on the same test samples by the same function. The
 * model starts each example from its start state and hears the example's context first; only scored samples count.
 *
 * @param document - The model, at the pair's sample rate.
 * @param options.pair - Aligned recordings.
 * @param options.train - Where the baselines are fitted.
 * @param options.test - What is judged.
 * @throws TonewrightError `silent-target`, `silent-input`, `too-short` and what `createEngine` throws.
 */
export function evaluateModel(
  document: ModelDocument,
  { pair, train, test }: { pair: AlignedPair; train: readonly Example[]; test: readonly Example[] },
): Evaluation {
  const { dry, wet } = pair;
  const [trainSpans, testSpans] = [spansOf(train), spansOf(test)];
  const target = concatenateSpans(wet, testSpans);
  const source = concatenateSpans(dry, testSpans);
  const segments = spanLengths(testSpans);
  const score = (predicted: Float32Array): Scores => judge(predicted, target, { segments });

  const gain = fitBestGain(dry, wet, { spans: trainSpans });
  const coefficients = fitLinearFir(dry, wet, { taps: firTaps, spans: trainSpans });
  const fir = applyFir(dry, coefficients, { spans: testSpans });
  const model = renderExamples(document, dry, test);
  return {
    scores: score(model),
    baselines: {
      gain: { ...score(source.map((value) => value * gain)), gain },
      fir: { ...score(fir), taps: firTaps },
    },
    signals: { dry: source, wet: target, model, fir, segments },
  };
}

/** The parts of examples that count. */
export function spansOf(examples: readonly Example[]): { start: number; end: number }[] {
  return examples.map(({ scoreFrom, end }) => ({ start: scoreFrom, end }));
}

/** The model's output for the scored samples of examples, one after the other. */
function renderExamples(document: ModelDocument, dry: Float32Array, examples: readonly Example[]): Float32Array {
  const engine = createEngine(document);
  const output = new Float32Array(spanLengths(spansOf(examples)).reduce((sum, length) => sum + length, 0));
  let position = 0;
  for (const { start, scoreFrom, end } of examples) {
    const heard = new Float32Array(end - start);
    engine.reset({ settled: false });
    engine.process(dry.subarray(start, end), heard);
    output.set(heard.subarray(scoreFrom - start), position);
    position += end - scoreFrom;
  }
  return output;
}
