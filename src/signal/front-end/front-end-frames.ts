import type { Kernels } from "../../kernels/index.ts";
import type { PadMode } from "../spectrum/padding.ts";
import { windowOf } from "../spectrum/window.ts";
import type { Frame, FrameFeature, WholeFeature } from "./frame-feature.ts";
import { createExactSpectrum, createFastSpectrum, type FrameSpectrum } from "./frame-spectrum.ts";
import { FrameStream } from "./frame-stream.ts";
import type { FeatureSpec, FrontEndDocument } from "./front-end-document.ts";
import { createKaldiFeature, hasKaldiFrames } from "./kaldi-frame-features.ts";
import { createMelFeature } from "./mel-frame-features.ts";
import { createShapeFeature } from "./shape-frame-features.ts";
import { createTimeFeature } from "./time-frame-features.ts";
import { createWholeFeature } from "./whole-features.ts";

/** Where the fast kernels of a `float32` front end live. */
export interface FrontEndOptions {
  /** Default the `simd` build, whose bits are the same on every machine. */
  readonly kernels?: Kernels | undefined;
}

/** The frames of a front end, and its features in the order of their rows. */
export function createFrames(document: FrontEndDocument, { kernels }: FrontEndOptions) {
  const { fftSize, hop, center, padMode, precision } = document;
  const window = windowOf(document.window, document.windowLength ?? fftSize);
  const spectrum =
    precision === "float32"
      ? createFastSpectrum({ fftSize, window }, kernels === undefined ? {} : { kernels })
      : createExactSpectrum({ fftSize, window });
  const stream = new FrameStream({ frameLength: fftSize, hop, center, padMode }, spectrum.store);
  const samples = new Float64Array(fftSize);
  const others = new Map<PadMode, Float64Array>();
  const magnitude = new Float64Array(spectrum.bins);
  /** Whether `magnitude` and `samples` are those of the present frame. */
  let fresh = false;
  let copied = false;
  const frame: Frame = {
    spectrum,
    magnitude() {
      if (fresh) return magnitude;
      const { power } = spectrum;
      for (let k = 0; k < magnitude.length; k++) magnitude[k] = Math.sqrt(power[k]!);
      fresh = true;
      return magnitude;
    },
    samples(mode) {
      if (mode === undefined || mode === padMode || !center) {
        if (!copied) stream.copyFrame(samples);
        copied = true;
        return samples;
      }
      let other = others.get(mode);
      if (other === undefined) {
        other = new Float64Array(fftSize);
        others.set(mode, other);
      }
      stream.copyFrame(other, mode);
      return other;
    },
  };
  const features = document.features.map((spec) => createFeature(spec, document, spectrum));
  return {
    features,
    frames: { frame, stream },
    analyse() {
      spectrum.process(stream.frameAt);
      fresh = false;
      copied = false;
    },
  };
}

function createFeature(
  spec: FeatureSpec,
  document: FrontEndDocument,
  spectrum: FrameSpectrum,
): FrameFeature | WholeFeature {
  switch (spec.kind) {
    case "mel":
    case "log-mel":
    case "mfcc":
    case "pcen":
    case "onset-strength":
      return createMelFeature(spec, document, spectrum);
    case "rms":
    case "zero-crossing-rate":
    case "yin":
      return createTimeFeature(spec, document);
    case "kaldi-fbank":
    case "kaldi-mfcc":
      return hasKaldiFrames(document) ? createKaldiFeature(spec, document) : createWholeFeature(spec, document);
    case "chroma":
      return spec.tuning === null ? createWholeFeature(spec, document) : createShapeFeature(spec, document);
    case "spectrogram":
    case "spectral-centroid":
    case "spectral-bandwidth":
    case "spectral-rolloff":
    case "spectral-flatness":
    case "spectral-flux":
    case "spectral-contrast":
      return createShapeFeature(spec, document);
    default:
      return createWholeFeature(spec, document);
  }
}
