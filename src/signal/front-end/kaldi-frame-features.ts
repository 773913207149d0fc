import { dctTable } from "../mel/dct.ts";
import { kaldiFrames } from "../mel/kaldi-frames.ts";
import { applyFilterBank, sparseMelFilterBank } from "../mel/mel-filter-bank.ts";
import { lifterOf } from "../mel/mfcc.ts";
import type { Frame, FrameFeature } from "./frame-feature.ts";
import type { FeatureSpec, FrontEndDocument } from "./front-end-document.ts";

type KaldiSpec = Extract<FeatureSpec, { kind: "kaldi-fbank" | "kaldi-mfcc" }>;

/** Whether Kaldi's frames are those of the front end: within the sound, as long as a transform. */
export function hasKaldiFrames({ center, windowLength }: FrontEndDocument): boolean {
  return !center && windowLength === null;
}

/** Length and distance of frames in the milliseconds that Kaldi takes. */
export function kaldiFraming({ sampleRate, fftSize, windowLength, hop, center }: FrontEndDocument) {
  // Half a sample more, since the fraction is cut off.
  const milliseconds = (samples: number) => (1000 * (samples + 0.5)) / sampleRate;
  return {
    sampleRate,
    frameMs: milliseconds(windowLength ?? fftSize),
    hopMs: milliseconds(hop),
    snipEdges: !center,
  };
}

/** `kaldiFbank` and `kaldiMfcc`, one frame at a time, bit for bit; where `hasKaldiFrames` holds. */
export function createKaldiFeature(spec: KaldiSpec, document: FrontEndDocument): FrameFeature {
  return spec.kind === "kaldi-fbank" ? bandsFeature(spec, document) : coefficientsFeature(spec, document);
}

function bandsFeature(spec: Extract<KaldiSpec, { kind: "kaldi-fbank" }>, document: FrontEndDocument): FrameFeature {
  const { mels, useEnergy, htkCompat, useLog } = spec;
  const analyse = createBands(spec, document);
  const first = useEnergy && !htkCompat ? 1 : 0;
  return {
    rows: mels + Number(useEnergy),
    compute(frame, out, at) {
      const { bands, energy } = analyse(frame);
      for (let m = 0; m < mels; m++) {
        const band = bands[m]!;
        out[at + first + m] = useLog ? Math.log(Math.max(spec.melFloor, band)) : band;
      }
      if (useEnergy) out[at + (htkCompat ? mels : 0)] = energy;
    },
  };
}

function coefficientsFeature(
  spec: Extract<KaldiSpec, { kind: "kaldi-mfcc" }>,
  document: FrontEndDocument,
): FrameFeature {
  const { mels, coefficients, lifter, useEnergy, htkCompat, melFloor } = spec;
  const analyse = createBands(spec, document);
  const table = dctTable(mels, { coefficients });
  const lift = lifterOf(lifter, coefficients, 0);
  return {
    rows: coefficients,
    compute(frame, out, at) {
      const { bands, energy } = analyse(frame);
      for (let m = 0; m < mels; m++) bands[m] = Math.log(Math.max(melFloor, bands[m]!));
      for (let k = 0; k < coefficients; k++) {
        const factor = lift[k]! * (k === 0 && htkCompat ? Math.SQRT2 : 1);
        let sum = 0;
        for (let m = 0; m < mels; m++) sum += factor * table[k * mels + m]! * bands[m]!;
        const row = htkCompat ? (k + coefficients - 1) % coefficients : k;
        out[at + row] = k === 0 && useEnergy ? energy : sum;
      }
    },
  };
}

/** A function from a frame to its mel bands and the logarithm of its energy, in an object that the next call overwrites. */
function createBands(spec: KaldiSpec, document: FrontEndDocument) {
  const { mels, fminHz, usePower } = spec;
  const { sampleRate } = document;
  const samples = new Float64Array(document.fftSize);
  // Frames of a sound of one frame, which is another one each time.
  const frames = kaldiFrames(samples, { ...kaldiFraming(document), ...spec });
  const bank = sparseMelFilterBank({
    ...{ sampleRate, fftSize: frames.fftSize, mels, fminHz, fmaxHz: spec.fmaxHz ?? undefined },
    ...{ htk: true, norm: null, triangles: "mel" },
  });
  const spectrum = new Float64Array(frames.bins);
  const result = { bands: new Float64Array(mels), energy: 0 };
  return (frame: Frame) => {
    samples.set(frame.samples());
    result.energy = frames.power(0, spectrum);
    if (!usePower) for (let k = 0; k < spectrum.length; k++) spectrum[k] = Math.sqrt(spectrum[k]!);
    applyFilterBank(bank, spectrum, result.bands);
    return result;
  };
}
