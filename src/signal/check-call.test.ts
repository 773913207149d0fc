import { describe, expect, it } from "vitest";
import { isTonewrightError } from "../errors/index.ts";
import * as signal from "./index.ts";

/** What a program in JavaScript can call. */
const call = signal as unknown as Readonly<Record<string, (...values: unknown[]) => unknown>>;
const x = new Float32Array(3000);
const sampleRate = 22_050;

/** Code, message and hint of what a call throws. */
async function refusalOf(run: () => unknown): Promise<string> {
  try {
    await run();
  } catch (error) {
    if (isTonewrightError(error)) return `${error.code}: ${error.message} / ${error.hint}`;
    return `raw: ${String(error)}`;
  }
  return "nothing";
}

describe("a call that cannot be meant", () => {
  const document = signal.frontEndPreset("librosa", ["mfcc"]);
  it.each<[run: () => unknown, expected: string]>([
    [() => call.mfcc?.(x), 'missing-option: mfcc: the option "sampleRate" is missing / write mfcc(x, { sampleRate })'],
    [
      () => call.melSpectrogram?.(x, { sample_rate: 22050 }),
      'unknown-option: melSpectrogram: there is no option "sample_rate" / did you mean "sampleRate"? write melSpectrogram(x, { sampleRate })',
    ],
    [
      () => call.mfcc?.(x, 22050),
      'wrong-call: mfcc: the number "22050" where its options should be / write mfcc(x, { sampleRate }); it takes sampleRate, ',
    ],
    [
      () => call.stft?.(x, { n_fft: 1024 }),
      'unknown-option: stft: there is no option "n_fft" / did you mean "fftSize"?',
    ],
    [
      () => call.stft?.(x, { hop_length: 9 }),
      'unknown-option: stft: there is no option "hop_length" / did you mean "hop"?',
    ],
    [
      () => call.stft?.([0, 1, 0]),
      "wrong-call: stft: an object of type Array where the sound should be / write stft(x, options), with a Float32Array",
    ],
    [() => call.stft?.(), "wrong-call: stft: nothing where the sound should be"],
    [
      () => call.resample?.(x, 44100, 22050),
      'wrong-call: resample: the number "44100" where its options should be / write resample(x, { from, to })',
    ],
    [() => call.resample?.(x, { from: 44100 }), 'missing-option: resample: the option "to" is missing'],
    [
      () => call.computeFrontEnd?.(document, x),
      "wrong-call: computeFrontEnd: an object of type Object where the sound should be / write computeFrontEnd(x, document)",
    ],
    [
      () => call.computeFrontEnd?.(x, "librosa"),
      'wrong-call: computeFrontEnd: the string "librosa" where the front end should be / write',
    ],
    [
      () => call.createLiveFrontEnd?.(x),
      "wrong-call: createLiveFrontEnd: an object of type Float32Array where the front end should be",
    ],
    [
      () => call.frontEndPreset?.("librosa", "mfcc"),
      'wrong-call: frontEndPreset: the string "mfcc" where the list of features should be / write frontEndPreset("librosa", ["mfcc"])',
    ],
    [
      () => call.integratedLoudness?.(x, { sampleRate }),
      "wrong-call: integratedLoudness: an object of type Float32Array where the list of channels should be",
    ],
    [() => call.delta?.(x), "wrong-call: delta: an object of type Float32Array where the table should be"],
    [
      () => call.decodeRecording?.(new ArrayBuffer(9), { name: "a.wav" }),
      "wrong-call: decodeRecording: an object of type ArrayBuffer where the file should be",
    ],
    [() => call.decodeRecording?.(new Uint8Array(9)), 'missing-option: decodeRecording: the option "name" is missing'],
    [() => call.encodeWav?.(x), "wrong-call: encodeWav: an object of type Float32Array where the recording should be"],
  ])("%#: says what it found and what to write", async (run, expected) => {
    expect(await refusalOf(run)).toContain(expected);
  });

  it("names nothing in raw JavaScript, whichever function is called without arguments", async () => {
    const raw: string[] = [];
    for (const [name, fn] of Object.entries(call)) {
      if (typeof fn !== "function" || scalars.has(name)) continue;
      const refusal = await refusalOf(() => fn());
      if (refusal.startsWith("raw")) raw.push(`${name}: ${refusal}`);
    }
    expect(raw).toEqual([]);
  });
});

/** Functions of single numbers, and parts for those who build features of their own. */
const scalars = new Set([
  ...["createRealFft", "createComplexFft", "applyFilterBank", "filterSpectrogram", "sparseMelFilterBank"],
  ...["crossCorrelation", "softMask", "waveletFilters", "npyHeader", "oversamplingReach", "createRandomFromState"],
]);
