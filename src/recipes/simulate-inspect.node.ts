import { readdir } from "node:fs/promises";
import { join } from "node:path";
import {
  inspectKnobDataset,
  judgeKnobPair,
  type KnobDataset,
  type KnobDatasetCard,
  type KnobDatasetProblem,
  type KnobDatasetReport,
  type KnobPair,
  type KnobPairFacts,
  listKnobDataset,
  parseKnobDatasetCard,
} from "../datasets/index.ts";
import { TonewrightError } from "../errors/index.ts";
import { readFileBytes } from "./files.node.ts";
import { datasetFiles, exists, readSimulationState } from "./simulate-folder.node.ts";
import { createKnobEars, type KnobEars } from "./simulate-hear.node.ts";

/** How far the inspection is; pairs. */
export interface InspectKnobFolderEvent {
  readonly done: number;
  readonly of: number;
  /** Once it can be told. */
  readonly secondsLeft?: number;
}

/** What is known of a folder with a dataset of an effect. */
export interface InspectedKnobFolder {
  readonly dataset: KnobDataset;
  /** Nothing for a folder that simulate did not write. */
  readonly card: KnobDatasetCard | undefined;
  readonly report: KnobDatasetReport;
  /** One for each pair; null where a file could not be read. */
  readonly facts: readonly (KnobPairFacts | null)[];
  /** If the work was stopped: how many of the pairs were heard. */
  readonly stopped: { readonly done: number; readonly of: number } | null;
  readonly seconds: number;
}

/**
 * The dataset with knobs in a folder, by the names of its files; nothing if it holds none.
 *
 * @throws TonewrightError `bad-dataset-card`, `newer-version` for a card that cannot be read; `nested-dataset` if there are
 *   datasets further down.
 */
export async function listKnobFolder(folder: string): Promise<
  | {
      readonly dataset: KnobDataset;
      readonly problems: readonly KnobDatasetProblem[];
      readonly card: KnobDatasetCard | undefined;
    }
  | undefined
> {
  const names = await readdir(folder, { recursive: true }).catch(() => [] as string[]);
  const all = names.map((path) => path.replaceAll("\\", "/"));
  const files = all.flatMap((path) => (path.split("/").length > 2 ? [] : [{ path }]));
  const text = async (name: string) =>
    (await exists(join(folder, name))) ? new TextDecoder().decode(await readFileBytes(join(folder, name))) : undefined;
  const [effectInfo, cardText] = [await text(datasetFiles.info), await text(datasetFiles.card)];
  // Other programs have files of that name too.
  const isOurs = cardText?.includes('"tonewright-knob-dataset"') === true;
  const card = isOurs ? parseKnobDatasetCard(jsonOf(cardText), { name: join(folder, datasetFiles.card) }) : undefined;
  const listed = listKnobDataset({ name: folder, files, effectInfo, card });
  if (listed.dataset.pairs.length === 0) {
    refuseNested(folder, all);
    return undefined;
  }
  const problems = [...listed.problems, ...missingOf(card, files), ...(await unfinishedOf(folder, card))];
  return { ...listed, problems, card };
}

/** Datasets further down, such as those of `datasets`, are no single one. */
function refuseNested(folder: string, paths: readonly string[]): void {
  const found = paths.flatMap((path) => /^(.+)\/train\/target_[^/]*__[^/]*\.wav$/i.exec(path)?.[1] ?? []);
  const roots = [...new Set(found)].sort();
  if (roots.length === 0) return;
  const count = roots.length === 1 ? "a dataset" : `${roots.length} datasets`;
  throw new TonewrightError(
    "nested-dataset",
    `"${folder}" is no dataset itself: there ${roots.length === 1 ? "is" : "are"} ${count} in it`,
    `look at one at a time: inspect ${join(folder, roots[0]!)}`,
  );
}

/** What is no JSON is no card either, and is told as such. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { format: "tonewright-knob-dataset", version: 1 };
  }
}

/** A dataset that simulate has begun and not finished has no card yet, and targets before their gain. */
async function unfinishedOf(folder: string, card: KnobDatasetCard | undefined): Promise<KnobDatasetProblem[]> {
  const state = card === undefined ? await readSimulationState(folder).catch(() => undefined) : undefined;
  if (state === undefined) return [];
  const hint = `go on with: ${state.commandLine}`;
  return [
    { code: "unfinished", path: datasetFiles.state, message: `simulate has not finished this dataset: ${hint}`, hint },
  ];
}

/** Files that the card names and that are gone. */
function missingOf(
  card: KnobDatasetCard | undefined,
  files: readonly { readonly path: string }[],
): KnobDatasetProblem[] {
  const there = new Set(files.map(({ path }) => path));
  const gone = (card?.pairs ?? []).filter(({ input, target }) => !there.has(input) && !there.has(target));
  return gone.map(({ target }) => ({
    code: "unpaired-file",
    path: target,
    message: `"${target}" and its input are gone: the card names them`,
    hint: "make the dataset again with simulate",
  }));
}

/**
 * Looks through a folder with a dataset of an effect at several settings: reads every pair once and judges what is there.
 *
 * Files are read block by block: memory does not grow with their length.
 *
 * @param options.stop - Ends the work; the report is of the pairs that were heard.
 * @param options.clock - Milliseconds, monotonic.
 * @returns A generator of progress whose result is what is known; nothing for a folder without such pairs.
 * @throws TonewrightError those of `listKnobFolder`.
 */
export async function* inspectKnobFolder(
  folder: string,
  { stop, clock }: { readonly stop: AbortSignal; readonly clock: () => number },
): AsyncGenerator<InspectKnobFolderEvent, InspectedKnobFolder | undefined> {
  const started = clock();
  const listed = await listKnobFolder(folder);
  if (listed === undefined) return undefined;
  const { dataset, card } = listed;
  const of = dataset.pairs.length;
  const problems = [...listed.problems];
  const facts: (KnobPairFacts | null)[] = [];
  const ears = createKnobEars(folder, { stop });
  yield { done: 0, of };
  for (const pair of dataset.pairs) {
    const heard = await hearPair(pair, ears);
    if (heard === undefined) break;
    if ("problem" in heard) problems.push(heard.problem);
    facts.push("problem" in heard ? null : heard.facts);
    const secondsLeft = ((clock() - started) / 1000 / facts.length) * (of - facts.length);
    yield { done: facts.length, of, ...(facts.length < fewForAGuess ? {} : { secondsLeft }) };
    // Signals such as Ctrl-C are delivered between events only.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const isWhole = facts.length === of;
  const heard = isWhole ? dataset : { ...dataset, pairs: dataset.pairs.slice(0, facts.length) };
  return {
    ...{ dataset: heard, card, facts },
    report: inspectKnobDataset({ dataset: heard, problems, facts, splitBy: card?.split.by }),
    stopped: isWhole ? null : { done: facts.length, of },
    seconds: (clock() - started) / 1000,
  };
}

const fewForAGuess = 3;

/** Facts or a reason why there are none; nothing if it was stopped. */
async function hearPair(
  { input, target }: KnobPair,
  ears: KnobEars,
): Promise<{ readonly facts: KnobPairFacts } | { readonly problem: KnobDatasetProblem } | undefined> {
  const dry = await ears.input(input);
  if (dry === undefined || "code" in dry) return dry && { problem: dry };
  const wet = await ears.target(target, dry.heard.loudest);
  if (wet === undefined || "code" in wet) return wet && { problem: wet };
  const excerpts = { input: dry.excerpt, target: wet.excerpt };
  return { facts: judgeKnobPair({ input: dry.heard, target: wet.heard, excerpts }) };
}
