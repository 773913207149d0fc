import { readdir } from "node:fs/promises";
import { join } from "node:path";
import {
  inspectKnobDataset,
  type KnobDataset,
  type KnobDatasetReport,
  type KnobPairFacts,
  listKnobDataset,
  measureKnobPair,
  parseKnobDatasetCard,
  toMono,
} from "../datasets/index.ts";
import { isTonewrightError } from "../errors/index.ts";
import { decodeRecording } from "../signal/index.ts";
import { readFileBytes } from "./files.node.ts";
import { datasetFiles, exists } from "./simulate-folder.node.ts";

/** How far the inspection is; pairs. */
export interface InspectKnobFolderEvent {
  readonly done: number;
  readonly of: number;
}

/**
 * The dataset with knobs in a folder, by the names of its files; nothing if it holds none.
 *
 * @throws TonewrightError `not-a-dataset-card`, `newer-version`, `bad-dataset-card` for a card that cannot be read.
 */
export async function listKnobFolder(folder: string): Promise<ReturnType<typeof listKnobDataset> | undefined> {
  const names = await readdir(folder, { recursive: true }).catch(() => [] as string[]);
  const files = names.map((path) => ({ path: path.replaceAll("\\", "/") }));
  const text = async (name: string) =>
    (await exists(join(folder, name))) ? new TextDecoder().decode(await readFileBytes(join(folder, name))) : undefined;
  const [effectInfo, cardText] = [await text(datasetFiles.info), await text(datasetFiles.card)];
  // Other programs have files of that name too.
  const isOurs = cardText?.includes('"tonewright-knob-dataset"') === true;
  const card = isOurs
    ? parseKnobDatasetCard(JSON.parse(cardText), { name: join(folder, datasetFiles.card) })
    : undefined;
  const listed = listKnobDataset({ name: folder, files, effectInfo, card });
  return listed.dataset.pairs.length > 0 ? listed : undefined;
}

/**
 * Looks through a folder with a dataset of an effect at several settings: reads every pair once and judges what is there.
 *
 * One pair is in memory at a time.
 *
 * @param options.stop - Ends the work between two pairs; the report is of those that were read.
 * @returns A generator of progress whose result is the dataset and the report; nothing for a folder without such pairs.
 */
export async function* inspectKnobFolder(
  folder: string,
  { stop }: { readonly stop: AbortSignal },
): AsyncGenerator<
  InspectKnobFolderEvent,
  { readonly dataset: KnobDataset; readonly report: KnobDatasetReport } | undefined
> {
  const listed = await listKnobFolder(folder);
  if (listed === undefined) return undefined;
  const { dataset, problems } = listed;
  const facts: (KnobPairFacts | null)[] = [];
  for (const { input, target } of dataset.pairs) {
    if (stop.aborted) break;
    facts.push(await measurePair(join(folder, input), join(folder, target)));
    yield { done: facts.length, of: dataset.pairs.length };
    // Signals such as Ctrl-C are delivered between events only.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const heard = { ...dataset, pairs: dataset.pairs.slice(0, facts.length) };
  return { dataset: heard, report: inspectKnobDataset({ dataset: heard, problems, facts }) };
}

async function measurePair(input: string, target: string): Promise<KnobPairFacts | null> {
  try {
    const [dry, wet] = [await readMono(input), await readMono(target)];
    return measureKnobPair(dry.samples, wet.samples, { sampleRate: dry.sampleRate, targetRate: wet.sampleRate });
  } catch (error) {
    if (isTonewrightError(error)) return null;
    throw error;
  }
}

async function readMono(path: string): Promise<{ readonly samples: Float32Array; readonly sampleRate: number }> {
  const recording = await decodeRecording(await readFileBytes(path), { name: path });
  return { samples: toMono(recording, { name: path }).samples, sampleRate: recording.sampleRate };
}
