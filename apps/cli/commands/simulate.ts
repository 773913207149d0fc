import { join } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import {
  type IntegrationMethod,
  type KnobPlanKind,
  type KnobSplitMode,
  listCircuits,
} from "../../../src/recipes/index.ts";
import {
  datasetFiles,
  findEffect,
  openDatasetFolder,
  planSimulation,
  simulateDataset,
} from "../../../src/recipes/index.node.ts";
import {
  addCommand,
  type Call,
  interruptedExitCode,
  type Outcome,
  positiveNumber,
  programName,
  runCommand,
  shortPath,
  stopSignal,
  toolVersion,
  typedCommandLine,
  usageError,
  wholeNumber,
} from "../command.ts";
import {
  captureLine,
  circuitListText,
  effectText,
  failureText,
  simulationProgressText,
  simulationText,
} from "../simulate-text.ts";

interface SimulateOptions {
  readonly knobs?: string;
  readonly plan?: KnobPlanKind;
  readonly settings?: number;
  readonly minutes?: number;
  readonly signal?: string;
  readonly input?: string[];
  readonly groupPattern?: RegExp;
  readonly sampleRate?: number;
  readonly oversampling?: number;
  readonly method?: IntegrationMethod;
  readonly split?: KnobSplitMode;
  readonly move?: string;
  readonly plugin?: string;
  readonly list?: boolean;
}

/** Where datasets go without --out. */
const datasetsFolder = "datasets";

/** `simulate`: from a circuit to recordings at any settings of its knobs. */
export function addSimulate(program: Command): void {
  addCommand(program, "simulate [circuit]", {
    summary: "make recordings of a circuit or plug-in, at any settings of its knobs",
    details:
      "A circuit is a name of the library (--list shows them) or a SPICE netlist. --knobs says where knobs stand:\n" +
      "  drive=0.5        there               drive=0..1:5   five values from 0 to 1\n" +
      "  drive=0.2|0.8    at each of these    drive=0..1     anywhere, for --plan latin\n" +
      "Knobs that are not named stay where the circuit has them. The result is a folder with Train, Val and Test in the\n" +
      "layout of the SignalTrain dataset. Ctrl-C stops, and the same command goes on (exit code 130). A setting that cannot\n" +
      "be rendered is reported, and the others are made (exit code 1).",
    examples: [
      "simulate tube-screamer --knobs drive=0.5",
      "simulate tube-screamer --knobs drive=0..1:5,tone=0.2|0.5|0.8 --minutes 1",
      "simulate pedal.cir --plan latin --settings 40 --split both --input guitar.wav",
      "simulate --plugin http://drobilla.net/plugins/mda/Overdrive --knobs drive=0..1:5",
    ],
    uses: ["seed", "threads"],
    out: `folder of the dataset (default: ${datasetsFolder}/<name>-<n>)`,
  })
    .option("--knobs <text>", "where knobs stand, such as drive=0..1:5,tone=0.2|0.8")
    .addOption(
      new Option(
        "--plan <kind>",
        "every combination; evenly spread; corners, then at random (default: grid, latin with --settings)",
      ).choices(["grid", "latin", "corners"]),
    )
    .addOption(new Option("--settings <n>", "how many settings to draw").argParser(wholeNumber({ min: 1, max: 1e9 })))
    .addOption(new Option("--minutes <n>", "length of the training signal (default: 3)").argParser(positiveNumber))
    .option("--signal <name>", "what the training signal is made of: guitar (default), bass, drums, voice, …")
    .option("--input <files...>", "dry recordings of any format, instead of the training signal")
    .addOption(
      new Option("--sample-rate <hz>", "of the dataset (default: of the input, else 48000)").argParser(
        wholeNumber({ min: 8000, max: 384_000 }),
      ),
    )
    .addOption(
      new Option("--oversampling <n>", "steps of the solver per sample (default: 8)").argParser(
        wholeNumber({ min: 1, max: 16 }),
      ),
    )
    .addOption(new Option("--method <name>", "how a circuit is stepped through time").choices(["trapezoidal", "gear2"]))
    .addOption(
      new Option(
        "--split <by>",
        "what keeps training and test apart (default: none for one setting, else time)",
      ).choices(["none", "time", "file", "group", "knobs", "both"]),
    )
    .addOption(
      new Option("--group-pattern <regex>", "finds the group of an input in its path (default: its folder)").argParser(
        regularExpression,
      ),
    )
    .option("--move <text>", "one more recording with knobs that turn, such as drive=0..1@8 (there and back in 8 s)")
    .option("--plugin <id>", "render an LV2 plug-in (by lv2file) or a LADSPA label (by sox) instead of a circuit")
    .option("--list", "show the circuits of the library, or the knobs of one circuit or plug-in")
    .action(runCommand<SimulateOptions>("simulate", runSimulate));
}

async function runSimulate(call: Call<SimulateOptions>): Promise<Outcome> {
  const { operands, options } = call;
  const [circuit] = operands;
  if (circuit !== undefined && options.plugin !== undefined) {
    throw usageError(`"${circuit}" was given, and a plug-in too`, "give one of them");
  }
  const wish = { ...options, circuit, inputs: options.input };
  if (circuit === undefined && options.plugin === undefined) refuseSwallowed(options.input ?? []);
  if (options.list === true)
    return circuit === undefined && options.plugin === undefined ? listAll() : listOne(call, wish);
  if (circuit === undefined && options.plugin === undefined) {
    throw usageError("missing the circuit", "name one: simulate tube-screamer; simulate --list shows what there is");
  }
  refuseUnheard(call);
  return makeDataset(call, wish);
}

/** `--input a.wav pedal.cir` takes all that follows for dry recordings. */
function refuseSwallowed(inputs: readonly string[]): void {
  const names = new Set(listCircuits().map(({ name }) => name));
  const circuit = inputs.find(
    (input) => names.has(input.toLowerCase()) || /\.(cir|net|sp|spi|spice|ckt|asc)$/i.test(input),
  );
  if (circuit === undefined) return;
  const others = inputs.filter((input) => input !== circuit);
  const again = ["simulate", circuit, ...(others.length === 0 ? [] : ["--input", ...others])].join(" ");
  throw usageError(
    `missing the circuit: "${circuit}" behind --input was taken for a dry recording`,
    `put the circuit first: ${again}`,
  );
}

/** Options that would be left unheard. */
function refuseUnheard({ typed, options }: Call<SimulateOptions>): void {
  const refuse = (keys: Readonly<Record<string, string>>, why: string) => {
    const given = Object.entries(keys).find(([key]) => typed.has(key));
    if (given !== undefined) throw usageError(`${given[1]} has no effect ${why}`, "leave it out");
  };
  if (options.input !== undefined) refuse({ minutes: "--minutes", signal: "--signal" }, "with --input");
  else refuse({ groupPattern: "--group-pattern" }, "without --input");
  if (options.plugin !== undefined) refuse({ oversampling: "--oversampling", method: "--method" }, "on a plug-in");
}

function listAll(): Outcome {
  const circuits = listCircuits();
  return { document: { circuits }, text: circuitListText(circuits) };
}

async function listOne({ note }: Call<SimulateOptions>, wish: Parameters<typeof findEffect>[0]): Promise<Outcome> {
  const { name, title, knobs, warnings } = await findEffect(wish);
  for (const warning of warnings) note(`note: ${warning}`);
  return { document: { name, title, knobs, warnings }, text: effectText({ name, title, knobs }) };
}

async function makeDataset(call: Call<SimulateOptions>, wish: Parameters<typeof planSimulation>[0]): Promise<Outcome> {
  const { options, progress, note } = call;
  const { threads, out } = options;
  const clock = () => performance.now();
  const { request, description, found } = await planSimulation(wish, { clock, threads });
  for (const warning of found.warnings) note(`note: ${warning}`);
  const { folder, state, made } = await openDatasetFolder(
    out === undefined ? { parent: datasetsFolder, name: request.name } : { folder: out },
    { request: description },
  );
  const stop = stopSignal(() => note("stopping; finished files stay. Press Ctrl-C again to leave at once"));
  try {
    const work = simulateDataset(request, {
      ...{ folder, state, made, description, sourceHash: found.sourceHash, threads, stop: stop.signal, clock },
      now: () => new Date().toISOString(),
      toolVersion: toolVersion(),
      commandLine: typedCommandLine(options),
    });
    if (state !== undefined && state.status !== "finished") progress.line(`going on with ${shortPath(folder)}`);
    let step = await work.next();
    for (; step.done !== true; step = await work.next()) progress.update(simulationProgressText(step.value));
    const result = step.value;
    const { card, failed } = result;
    if (card === null) return stopped(folder, result.targets);
    if (result.already) note("this dataset was made before; nothing is left to do");
    for (const warning of card.warnings) note(`warning: ${warning}`);
    for (const failure of failed) note(failureText(failure));
    return {
      document: {
        folder,
        card: join(folder, datasetFiles.card),
        settings: request.settings.length,
        pairs: card.pairs.length,
        failed,
        gain: card.gain,
        peak: card.peak,
        warnings: card.warnings,
        seconds: result.seconds,
        ...(card.pairs.length === 1 ? { capture: captureLine(result) } : {}),
      },
      text: simulationText(result),
      exitCode: failed.length > 0 ? 1 : 0,
    };
  } finally {
    stop.release();
    progress.clear();
  }
}

function stopped(folder: string, { done, of }: { readonly done: number; readonly of: number }): Outcome {
  const again = `${programName()} ${process.argv.slice(2).map(shortWord).join(" ")}`;
  const message = `the dataset in "${folder}" was stopped with ${done} of ${of} files`;
  return {
    document: { error: { code: "interrupted", message, hint: `go on with: ${again}` }, folder, done, of },
    text: `Stopped with ${done} of ${of} files. Go on with the same command:\n  ${again}`,
    exitCode: interruptedExitCode,
  };
}

const shortWord = (word: string): string => (word.startsWith("-") ? word : shortPath(word));

function regularExpression(text: string): RegExp {
  try {
    return new RegExp(text, "u");
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}
