import { parabolicShift } from "../pitch/spectral-peaks.ts";
import { createPeriodFrame } from "../pitch/period-frames.ts";
import { chosenDip } from "../pitch/yin.ts";
import type { FrameFeature } from "./frame-feature.ts";
import type { FeatureSpec, FrontEndDocument } from "./front-end-document.ts";

type TimeSpec = Extract<FeatureSpec, { kind: "rms" | "zero-crossing-rate" | "yin" }>;

/** What is computed from the samples of a frame, without a window. */
export function createTimeFeature(spec: TimeSpec, document: FrontEndDocument): FrameFeature {
  switch (spec.kind) {
    case "rms":
      return rmsFeature;
    case "zero-crossing-rate":
      return crossingFeature;
    case "yin":
      return yinFeature(spec, document);
  }
}

const rmsFeature: FrameFeature = {
  rows: 1,
  compute(frame, out, at) {
    const samples = frame.samples();
    let sum = 0;
    for (let n = 0; n < samples.length; n++) sum += samples[n]! * samples[n]!;
    out[at] = Math.sqrt(sum / samples.length);
  },
};

/** Samples up to this magnitude count as positive. */
const threshold = 1e-10;

const crossingFeature: FrameFeature = {
  rows: 1,
  compute(frame, out, at) {
    // librosa repeats the end samples here, whatever the other features do.
    const samples = frame.samples("edge");
    let count = 0;
    for (let n = 1; n < samples.length; n++) {
      if (samples[n]! < -threshold !== samples[n - 1]! < -threshold) count++;
    }
    out[at] = count / samples.length;
  },
};

function yinFeature(
  { fminHz, fmaxHz, threshold: dip }: Extract<FeatureSpec, { kind: "yin" }>,
  { sampleRate, fftSize }: FrontEndDocument,
): FrameFeature {
  const { firstPeriod, difference } = createPeriodFrame({ sampleRate, fminHz, fmaxHz, frameLength: fftSize });
  return {
    rows: 1,
    compute(frame, out, at) {
      const unlike = difference(frame.samples("zero"));
      const k = chosenDip(unlike, dip);
      const inside = k > 0 && k + 1 < unlike.length;
      const shift = inside ? parabolicShift(unlike[k - 1]!, unlike[k]!, unlike[k + 1]!) : 0;
      out[at] = sampleRate / (firstPeriod + k + shift);
    },
  };
}
