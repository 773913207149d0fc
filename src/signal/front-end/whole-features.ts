import { kaldiFbank, kaldiMfcc } from "../mel/kaldi.ts";
import { logMel } from "../mel/log-mel.ts";
import { chromaCens, chromaCqt, chromaStft, tonnetz } from "../pitch/chroma.ts";
import { constantQ, magnitudes } from "../pitch/constant-q.ts";
import { pyin } from "../pitch/pyin.ts";
import { estimateTuning } from "../pitch/tuning.ts";
import { onsetStrength } from "../rhythm/onset-strength.ts";
import { tempogram } from "../rhythm/tempogram.ts";
import { spectrogram } from "../spectrum/stft.ts";
import type { FeatureMatrix, Samples } from "../matrix.ts";
import type { WholeFeature } from "./frame-feature.ts";
import type { FeatureSpec, FrontEndDocument } from "./front-end-document.ts";
import { kaldiFraming } from "./kaldi-frame-features.ts";

/** Features that exist for whole signals only. */
export type WholeSpec =
  | Extract<
      FeatureSpec,
      {
        kind:
          | "pyin"
          | "constant-q"
          | "chroma-cqt"
          | "chroma-cens"
          | "tonnetz"
          | "tempogram"
          | "kaldi-fbank"
          | "kaldi-mfcc";
      }
    >
  | Extract<FeatureSpec, { kind: "chroma" }>;

/** A feature of a whole signal: of chroma where its tuning is to be estimated, of Kaldi's in frames of their own. */
export function createWholeFeature(spec: WholeSpec, document: FrontEndDocument): WholeFeature {
  const { sampleRate, fftSize, hop } = document;
  switch (spec.kind) {
    case "chroma":
      return { whole: (x) => estimatedChroma(x, spec, document) };
    case "pyin":
      return {
        whole(x) {
          const { fminHz, fmaxHz } = spec;
          const { f0Hz, voiced, voicedProbability } = pyin(x, {
            sampleRate,
            fminHz,
            fmaxHz,
            frameLength: fftSize,
            hop,
          });
          return stacked([f0Hz, Float64Array.from(voiced), voicedProbability]);
        },
      };
    case "tempogram":
      return {
        whole(x) {
          const strength = onsetStrength(logMel(x, framing(document)), { hop, fftSize });
          return tempogram(strength, { windowLength: spec.windowFrames });
        },
      };
    case "kaldi-fbank":
      return { whole: (x) => kaldiFbank(x, kaldiOptions(spec, document)) };
    case "kaldi-mfcc":
      return { whole: (x) => kaldiMfcc(x, kaldiOptions(spec, document)) };
    default:
      return { whole: (x) => constantQFeature(x, spec, document) };
  }
}

function kaldiOptions<Spec extends { readonly kind: string; readonly fmaxHz: number | null }>(
  { kind: _, fmaxHz, ...spec }: Spec,
  document: FrontEndDocument,
) {
  return { ...kaldiFraming(document), ...spec, fmaxHz: fmaxHz ?? undefined };
}

function constantQFeature(
  x: Samples,
  {
    kind,
    fminHz,
    bins,
    binsPerOctave,
    tuning: given,
  }: Extract<WholeSpec, { kind: "constant-q" | "chroma-cqt" | "chroma-cens" | "tonnetz" }>,
  { sampleRate, hop }: FrontEndDocument,
): FeatureMatrix {
  // librosa looks for the peaks in frames of 2048 samples, whatever those of the front end are.
  const tuning = given ?? estimateTuning(spectrogram(x), { sampleRate, binsPerOctave });
  const magnitude = magnitudes(constantQ(x, { sampleRate, hop, fminHz, bins, binsPerOctave, tuning }));
  switch (kind) {
    case "constant-q":
      return magnitude;
    case "chroma-cqt":
      return chromaCqt(magnitude, { fminHz, binsPerOctave });
    case "chroma-cens":
      return chromaCens(magnitude, { fminHz, binsPerOctave });
    case "tonnetz":
      return tonnetz(chromaCqt(magnitude, { fminHz, binsPerOctave }));
  }
}

function estimatedChroma(
  x: Samples,
  { classes, centreOctave, octaveWidth, normalise }: Extract<FeatureSpec, { kind: "chroma" }>,
  document: FrontEndDocument,
): FeatureMatrix {
  const shape = { classes, centreOctave, octaveWidth, frameNorm: normalise ? Infinity : null };
  return chromaStft(x, { ...framing(document), ...shape });
}

function framing({ sampleRate, fftSize, hop, windowLength, window, center, padMode }: FrontEndDocument) {
  return { sampleRate, fftSize, hop, windowLength: windowLength ?? fftSize, window, center, padMode };
}

function stacked(rows: readonly Float64Array[]): FeatureMatrix {
  const frames = rows[0]?.length ?? 0;
  const values = new Float64Array(rows.length * frames);
  for (const [k, row] of rows.entries()) values.set(row, k * frames);
  return { rows: rows.length, frames, values };
}
