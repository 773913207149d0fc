// From two recordings to a model: node examples/capture.mjs dry.wav wet.wav model.tonewright

import { readFile, writeFile } from "node:fs/promises";
import { encodeModel } from "tonewright/modelfile";
import { capture } from "tonewright/recipes";
import { decodeWav } from "tonewright/signal";
import { openLocalPool } from "tonewright/training";

const [dry = "dry.wav", wet = "wet.wav", model = "model.tonewright"] = process.argv.slice(2);
const read = async (name) => ({ name, recording: await decodeWav(await readFile(name), { name }) });

const job = capture({
  dry: await read(dry),
  wet: await read(wet),
  name: "my pedal",
  settings: { model: "lstm-8", length: { epochs: 2 } },
  threads: 1,
  openPool: openLocalPool,
  clock: () => performance.now(),
});
let step = await job.next();
for (; !step.done; step = await job.next()) {
  if (step.value.type === "validation")
    console.log(`error-to-signal ratio so far, DC blocked: ${step.value.scores.esrDcBlocked}`);
}
const { document, summary } = step.value;
await writeFile(model, encodeModel(document));
const [{ test }, { fir }] = [summary.scores, summary.baselines];
console.log(`error-to-signal ratio, plain: ${test.esr}, of a linear filter: ${fir.esr}`);
console.log(`error-to-signal ratio, DC blocked: ${test.esrDcBlocked}, of a linear filter: ${fir.esrDcBlocked}`);
