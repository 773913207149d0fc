// A recording through a model: node examples/render.mjs model.tonewright in.wav out.wav

import { readFile, writeFile } from "node:fs/promises";
import { decodeAnyModel } from "tonewright/modelfile";
import { renderSignal } from "tonewright/realtime";
import { decodeWav, encodeWav } from "tonewright/signal";

const [model = "model.tonewright", input = "in.wav", output = "out.wav"] = process.argv.slice(2);

const document = decodeAnyModel(await readFile(model), { name: model });
const { channels, sampleRate } = await decodeWav(await readFile(input), { name: input });
if (sampleRate !== document.sampleRate) throw new Error(`${input} is ${sampleRate} Hz, not ${document.sampleRate} Hz`);

const rendered = channels.map((channel) => renderSignal(document, channel));
await writeFile(output, await encodeWav({ channels: rendered, sampleRate }));
