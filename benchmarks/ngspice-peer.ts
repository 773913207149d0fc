import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createNetlistSolver, spiceDeck } from "../src/circuits/index.ts";
import { circuitNamed } from "./circuit-contender.ts";
import type { Contender, Job } from "./contender.ts";
import { askNgspice, atInstants, type NgspiceRun, readRaw, runNgspice } from "./ngspice-run.ts";
import { fromSteps, toSteps } from "./oversampled-sound.ts";
import type { FoundPeer, MissingPeer } from "./peer.ts";
import type { CircuitWorkload } from "./workloads.ts";

/** How exact ngspice is asked to be. */
interface Settings {
  /** Largest step of the integration, in samples of the sound. */
  readonly largestStep: number;
  readonly tolerances: string;
}

const settings = (largestStep: number, relative: string): Settings => ({
  largestStep,
  tolerances: `reltol=${relative} vntol=1e-6 method=trap`,
});

/**
 * The least processor time with an error that is ours or smaller, of largest steps of 1, 1/2, 1/4, 1/8 samples and relative
 * tolerances from 1e-3 to 3e-6; found with ngspice 39 and the sounds of seeds 0 and 1.
 */
const settingsOf: Readonly<Record<string, Settings>> = {
  "diode-clipper": settings(1, "2e-5"),
  "tube-screamer": settings(1 / 4, "3e-5"),
  "big-muff": settings(1 / 2, "1e-5"),
  "triode-stage": settings(1, "3e-6"),
  "fuzz-face": settings(1, "1e-5"),
};

/** Far finer than all of those. */
const referenceSettings: Settings = {
  largestStep: 1 / 64,
  tolerances: "reltol=1e-6 abstol=1e-12 vntol=1e-9 method=trap",
};
const referenceSeconds = 0.25;

/** ngspice, a program of its own with its own models and integration, on the PATH. */
export async function findNgspice({
  program = "ngspice",
}: {
  program?: string;
} = {}): Promise<FoundPeer | MissingPeer> {
  const answer = await askNgspice(program);
  if ("missing" in answer) return { id: "ngspice", name: "ngspice", missing: answer.missing };
  return {
    id: "ngspice",
    name: "ngspice",
    version: answer.version,
    libraries: "XSPICE filesource, one thread",
    prepare: (job) => prepareNgspice(program, job as CircuitJob),
  };
}

type CircuitJob = Job &
  Pick<CircuitWorkload, "circuit" | "part" | "sampleRate" | "oversampling"> & { readonly input: Float32Array };

/** The transient of a circuit; `undefined` for what else is measured of circuits. */
async function prepareNgspice(program: string, job: CircuitJob): Promise<Contender | undefined> {
  const wanted = settingsOf[job.circuit];
  if (job.part !== "transient" || wanted === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "tonewright-ngspice-"));
  const close = async () => rmSync(folder, { recursive: true });
  try {
    const deck = writeDecks(folder, job, wanted);
    const run = (name: string) => runNgspice(program, { folder, deck: name });
    const [samples, referenceSamples] = [job.input.length, deck.referenceSamples];
    await run("reference");
    const reference = deck.soundOf(readRaw(folder, "reference"), referenceSamples);
    await run("whole");
    const first = readRaw(folder, "whole");
    const expected = sumOf(first.volts);
    return {
      output: deck.soundOf(first, samples),
      settings: described(wanted, job),
      reference: { settings: described(referenceSettings, job), output: reference },
      round: async ({ seconds }) => {
        let [elapsed, processorSeconds, asideProcessorSeconds, times] = [0, 0, 0, 0];
        // What starting, reading the deck and finding the operating point take, to be taken away from every run.
        const start = await run("start");
        asideProcessorSeconds += start.processorSeconds;
        do {
          const whole: NgspiceRun = await run("whole");
          const sum = sumOf(readRaw(folder, "whole").volts);
          if (sum !== expected) throw new Error(`bug: ngspice played ${sum}, ${expected} before`);
          elapsed += whole.seconds - start.seconds;
          processorSeconds += whole.processorSeconds - start.processorSeconds;
          asideProcessorSeconds += start.processorSeconds;
          times++;
        } while (elapsed < seconds);
        // Processor time is told in hundredths: a short piece may seem to take none.
        processorSeconds = Math.max(processorSeconds, 0.01);
        return { samples: times * samples, seconds: elapsed, processorSeconds, asideProcessorSeconds };
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The sound as a text file, and three decks that play it: `whole`, its first step alone, and the reference. */
function writeDecks(folder: string, { circuit, input, sampleRate, oversampling }: CircuitJob, wanted: Settings) {
  const netlist = circuitNamed(circuit);
  const step = 1 / (sampleRate * oversampling);
  const { solver, outputVolts } = createNetlistSolver(netlist, { stepSeconds: step });
  const sound = toSteps(input, { oversampling });
  // At rest at 0 s; the first sample is one step later, as our solver takes it.
  const lines = [
    "0 0",
    ...Array.from(sound, (value, n) => `${((n + 1) * step).toExponential(12)} ${value.toExponential(9)}`),
  ];
  // Behind the end too, where the last step may look.
  lines.push(`${(sound.length * step + 1).toExponential(12)} ${(sound.at(-1) ?? 0).toExponential(9)}`);
  writeFileSync(join(folder, "sound.txt"), `${lines.join("\n")}\n`);
  const referenceSamples = Math.min(input.length, Math.round(referenceSeconds * sampleRate));
  const referenceSteps = sound.length - (input.length - referenceSamples) * oversampling;
  const write = (name: string, steps: number, { largestStep, tolerances }: Settings) => {
    const text = spiceDeck(netlist, {
      inputFile: "sound.txt",
      seconds: steps * step,
      stepSeconds: largestStep / sampleRate,
      startVolts: solver.operatingPoint,
      tolerances,
    });
    writeFileSync(join(folder, `${name}.cir`), text);
  };
  write("whole", sound.length, wanted);
  write("start", 1, wanted);
  write("reference", referenceSteps, referenceSettings);
  const soundOf = (points: ReturnType<typeof readRaw>, samples: number) => {
    const count = sound.length - (input.length - samples) * oversampling;
    const end = points.times.at(-1) ?? 0;
    if (!(end >= count * step * (1 - 1e-9))) throw new Error(`ngspice stopped at ${end} s of ${count * step}`);
    return fromSteps(atInstants(points, { first: step, step, count }), { oversampling, outputVolts, samples });
  };
  return { soundOf, referenceSamples };
}

function described({ largestStep, tolerances }: Settings, { sampleRate }: CircuitJob): string {
  return `steps up to 1/${sampleRate / largestStep / 1000} ms, ${tolerances}`;
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += Math.abs(value);
  return sum;
}
