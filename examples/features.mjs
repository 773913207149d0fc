// The MFCC of a sound, as librosa computes them: node examples/features.mjs in.wav mfcc.npy

import { readFile, writeFile } from "node:fs/promises";
import {
  computeFrontEnd,
  decodeRecording,
  encodeNpy,
  frontEndPreset,
  meanOfChannels,
  resample,
} from "tonewright/signal";

const [input = "in.wav", output = "mfcc.npy"] = process.argv.slice(2);

const { channels, sampleRate } = await decodeRecording(await readFile(input), { name: input });
const frontEnd = frontEndPreset("librosa", ["mfcc"]);
const sound = resample(meanOfChannels(channels), { from: sampleRate, to: frontEnd.sampleRate });
const { rows, frames, values } = computeFrontEnd(sound, frontEnd);

await writeFile(output, encodeNpy(Float32Array.from(values), { shape: [rows, frames] }));
console.log(`${rows} coefficients, ${frames} frames`);
