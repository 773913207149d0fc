import { checkOptions } from "../../errors/index.ts";
import { checkSamples } from "../check-sound.ts";
import { checkFinite } from "../level/check-finite.ts";
import type { FeatureMatrix, Samples } from "../matrix.ts";
import type { FrameFeature } from "./frame-feature.ts";
import { createFrontEndCollector } from "./front-end-collector.ts";
import { checkDocument, type FrontEndDocument } from "./front-end-document.ts";
import { createFrames, type FrontEndOptions } from "./front-end-frames.ts";
import { checkNormalisation, normaliseFrame } from "./normalisation.ts";
import { checkLive } from "./reasons-not-live.ts";

/** Called for each frame with its numbers, shape `[rows]`; the array is overwritten by the next frame. */
export type OnFeatures = (features: Float64Array, t: number) => void;

/** A front end on samples that arrive bit by bit. Allocates nothing after it was made. */
export interface LiveFrontEnd {
  /** Numbers per frame. */
  readonly rows: number;
  /** Takes samples, shape `[n]`, and calls back for every frame that they complete. */
  push(samples: Float32Array, onFeatures: OnFeatures): void;
  /** Ends the sound: calls back for the frames that reach beyond it. */
  flush(onFeatures: OnFeatures): void;
  /** Starts over, as new. */
  reset(): void;
}

/**
 * A front end that runs live: the numbers of `computeFrontEnd`, frame by frame, as the sound comes in.
 *
 * A centred frame comes half a transform after its centre.
 *
 * @throws TonewrightError `not-streamable` with the reason, for features that need the whole sound.
 */
export function createLiveFrontEnd(document: FrontEndDocument, options: FrontEndOptions = {}): LiveFrontEnd {
  checkDocument("createLiveFrontEnd(document, options)", document);
  checkLive(document);
  const { features, frames, analyse } = createFrames(document, options);
  const parts = features.filter((feature): feature is FrameFeature => !("whole" in feature));
  const rows = parts.reduce((sum, { rows: own }) => sum + own, 0);
  checkNormalisation(document, rows);
  const out = new Float64Array(rows);
  let called: OnFeatures = () => {};
  const onFrame = (t: number) => {
    analyse();
    let at = 0;
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i]!;
      part.compute(frames.frame, out, at);
      at += part.rows;
    }
    normaliseFrame(out, document.normalisation);
    called(out, t);
  };
  return {
    rows,
    push(samples, onFeatures) {
      called = onFeatures;
      frames.stream.push(samples, onFrame);
    },
    flush(onFeatures) {
      called = onFeatures;
      frames.stream.flush(onFrame);
    },
    reset() {
      frames.stream.reset();
      for (const part of parts) part.reset?.();
    },
  };
}

/**
 * The features of a whole sound, as a front end describes them.
 *
 * The sound must have the front end's sample rate: `resample` it first. Features stand one under the other; if some give
 * more frames than others, the longest are cut.
 *
 * @param x - Shape `[samples]`, one channel.
 * @returns Shape `[rows, frames]`.
 * @throws TonewrightError `signal-too-short`, `non-finite-samples`, `bad-option`, `bad-front-end` if the normalisation
 *   has other rows.
 */
export function computeFrontEnd(x: Samples, document: FrontEndDocument, options: FrontEndOptions = {}): FeatureMatrix {
  checkSamples("computeFrontEnd(x, document)", x);
  checkDocument("computeFrontEnd(x, document)", document);
  checkOptions("computeFrontEnd(x, document, options)", options, { kernels: false });
  checkFinite(x, { sampleRate: document.sampleRate });
  const collector = createFrontEndCollector(document, options);
  collector.push(x);
  return collector.finish();
}
