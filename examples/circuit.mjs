// A recording through a Tube Screamer whose drive turns up and down: node examples/circuit.mjs in.wav out.wav

import { readFile, writeFile } from "node:fs/promises";
import { circuitLibrary, readNetlist, simulateCircuit } from "tonewright/circuits";
import { decodeWav, encodeWav } from "tonewright/signal";

const [input = "in.wav", output = "out.wav"] = process.argv.slice(2);

const circuit = circuitLibrary.find(({ name }) => name === "tube-screamer");
const netlist = readNetlist(circuit.netlist, { name: circuit.name });
const { channels, sampleRate } = await decodeWav(await readFile(input), { name: input });

// Knobs are positions from 0 to 1, or a function of the time in seconds.
const knobs = (seconds) => ({ drive: 0.5 - 0.5 * Math.cos(seconds), tone: 0.6 });
const played = channels.map((channel) => simulateCircuit(netlist, channel, { sampleRate, knobs }));
await writeFile(output, await encodeWav({ channels: played, sampleRate }));
