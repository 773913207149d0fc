import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { isAbsolute, relative } from "node:path";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { isTonewrightError } from "../../src/errors/index.ts";
import { createProgress, type Progress } from "./progress.ts";

/** Options that every command takes. */
export interface CommonOptions {
  readonly json?: boolean;
  readonly seed: number;
  readonly threads: number;
  readonly out?: string;
  readonly progress?: boolean;
}

/** One call of a command: what was typed, and how to speak to whoever typed it. */
export interface Call<Options = object> {
  readonly operands: readonly (string | undefined)[];
  readonly options: Options & CommonOptions;
  /** The options that were typed, as opposed to defaults. */
  readonly typed: ReadonlySet<string>;
  /** On standard error, only on a terminal or with --progress. */
  readonly progress: Progress;
  /** A line for people on standard error, whether or not progress is shown: for warnings. */
  readonly note: (line: string) => void;
  /** Standard output and error are both terminals, and nobody asked for JSON. */
  readonly atTerminal: boolean;
}

/** What a command found: one document for programs (--json), a text for people. */
export interface Outcome {
  readonly document: unknown;
  readonly text: string;
  /** Default 0. */
  readonly exitCode?: number;
}

/** What is said about a command besides its options. */
export interface CommandDescription {
  readonly summary: string;
  readonly details?: string;
  /** Arguments after the program's name; shown under the options. */
  readonly examples: readonly string[];
  /** What --out means here. */
  readonly out: string;
  /** Which of --seed and --threads have an effect here; the others are accepted, and the help says so. */
  readonly uses?: readonly ("seed" | "threads")[];
}

const defaultSeed = 1;

/** The program without its commands. */
export function createProgram(): Command {
  return new Command("tonewright")
    .description("Train neural networks on sound and play them live.")
    .version(toolVersion())
    .configureHelp({ sortSubcommands: false, showGlobalOptions: false })
    .configureOutput({ outputError: () => {} })
    .exitOverride();
}

/**
 * Adds a command with the options that all have, and its examples.
 *
 * @param usage - Name and arguments, such as `render <model> <in.wav> <out.wav>`.
 */
export function addCommand(
  program: Command,
  usage: string,
  { summary, details, examples, out, uses = [] }: CommandDescription,
): Command {
  const about = (option: "seed" | "threads", text: string) =>
    uses.includes(option) ? text : `${text} (has no effect here)`;
  const command = program.command(usage).summary(summary);
  command.description(details === undefined ? summary : `${summary}\n\n${details}`);
  const shown = examples.map((example) => `  ${programName()} ${example}`);
  command.addHelpText("after", `\nExample${examples.length > 1 ? "s" : ""}:\n${shown.join("\n")}`);
  return command
    .option("--json", "print one JSON document on standard output and nothing else")
    .addOption(
      new Option("--seed <n>", about("seed", "seed of every random draw"))
        .argParser(wholeNumber({ min: 0, max: 0xffffffff }))
        .default(defaultSeed),
    )
    .addOption(
      new Option("--threads <n>", about("threads", "threads to use at most"))
        .argParser(wholeNumber({ min: 1, max: 1024 }))
        .default(availableParallelism(), "all cores"),
    )
    .option("--out <path>", out)
    .option("--progress", "show progress on standard error also when it is not a terminal");
}

/**
 * The action of a command: calls the handler and prints what it returns, or what it throws.
 *
 * A `TonewrightError` ends with exit code 1, its message and hint on standard error and, with --json, a document
 * `{error: {code, message, hint}}` on standard output. A handler that prints for itself returns nothing.
 *
 * @param name - Of the command, for messages.
 */
export function runCommand<Options = object>(
  name: string,
  handler: (call: Call<Options>) => Promise<Outcome | undefined>,
): (...received: unknown[]) => Promise<void> {
  return async (...received) => {
    const command = received.at(-1) as Command;
    const options = command.opts() as Options & CommonOptions;
    const json = options.json === true;
    const typed = new Set(Object.keys(options).filter((key) => command.getOptionValueSource(key) === "cli"));
    const isTty = process.stderr.isTTY === true;
    const progress = createProgress({ enabled: isTty || options.progress === true, isTty });
    try {
      const outcome = await handler({
        operands: received.slice(0, -2) as (string | undefined)[],
        options,
        typed,
        progress,
        note: (line) => {
          progress.clear();
          process.stderr.write(`${line}\n`);
        },
        atTerminal: isTty && process.stdout.isTTY === true && !json,
      });
      progress.clear();
      if (outcome === undefined) return;
      process.stdout.write(`${json ? JSON.stringify(outcome.document, null, 2) : outcome.text}\n`);
      process.exitCode = outcome.exitCode ?? 0;
    } catch (error) {
      progress.clear();
      if (error instanceof CommanderError) throw error;
      reportFailure(error, { name, json });
    }
  };
}

/** Reads the command line and runs it; sets the exit code. */
export async function runProgram(program: Command, argv: readonly string[]): Promise<void> {
  // A reader that has seen enough (`| head`) is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
    throw error;
  });
  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const shown = ["commander.helpDisplayed", "commander.version", "commander.help"].includes(error.code);
    process.exitCode = error.exitCode === 0 ? 0 : 2;
    if (!shown) reportUsage(error, { json: argv.includes("--json") });
  }
}

/** The error for a command line that cannot be meant: exit code 2. */
export function usageError(message: string, hint: string): CommanderError {
  return new CommanderError(2, "usage", `error: ${message}\n(${hint})`);
}

/** A parser of whole numbers for `Option.argParser`. */
export function wholeNumber({ min, max }: { min: number; max: number }): (text: string) => number {
  return (text) => {
    const value = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max)) {
      throw new InvalidArgumentError(`Give a whole number from ${min} to ${max}.`);
    }
    return value;
  };
}

/** A parser of numbers above 0 for `Option.argParser`. */
export function positiveNumber(text: string): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError("Give a number above 0.");
  return value;
}

/** A parser of times for `Option.argParser`: `90s`, `5m`, `1h`; a bare number is seconds. */
export function seconds(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(s|m|h)?$/.exec(text);
  const unit = match?.[2] === "h" ? 3600 : match?.[2] === "m" ? 60 : 1;
  const value = Number(match?.[1]) * unit;
  if (!(value > 0 && value <= 30 * 86_400)) throw new InvalidArgumentError("Give a time such as 60s, 5m or 1h.");
  return value;
}

/**
 * A signal that the first Ctrl-C (or SIGTERM) sets, so that work can end at a good place; the second one kills.
 *
 * Node delivers signals only between events: work in one thread has to give way now and then.
 *
 * @param onStop - Says what happens now.
 */
export function stopSignal(onStop: () => void): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(interruptedExitCode);
    controller.abort();
    onStop();
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  return { signal: controller.signal, release: () => void process.off("SIGINT", stop).off("SIGTERM", stop) };
}

/** What a command that was stopped ends with, by the custom of shells: 128 + SIGINT. */
export const interruptedExitCode = 130;

/** How the program was started, for lines that a reader may copy: `npm start --`, `node dist/…/main.js` or `tonewright`. */
export function programName(): string {
  if (process.env.npm_lifecycle_event === "start") return "npm start --";
  const script = process.argv[1] ?? "";
  return script.endsWith("main.js") ? `node ${shortPath(script)}` : "tonewright";
}

/** A path as one would type it here: relative if that is shorter, in quotes if it needs them. */
export function shortPath(path: string): string {
  const near = relative(process.cwd(), path) || ".";
  return quoted(near.length < path.length || !isAbsolute(path) ? near : path);
}

/** What was typed, with the seed even if it was not, so that the line gives the same result again. */
export function typedCommandLine({ seed }: { seed: number }): string {
  const typed = process.argv.slice(2);
  const line = [programName(), ...typed.map(quoted)].join(" ");
  return typed.some((word) => word.startsWith("--seed")) ? line : `${line} --seed ${seed}`;
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** The version in package.json, from the built file and from the source alike. */
export function toolVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL(import.meta.resolve("tonewright/package.json")), "utf8")) as {
    version: string;
  };
  return version;
}

function reportUsage({ message }: CommanderError, { json }: { json: boolean }): void {
  const [first = "", ...rest] = message.replace(/^error: /, "").split("\n");
  const hint = rest.join(" ").replace(/^\((.*)\)$/, "$1") || "run it with --help to see what there is";
  printError({ code: "usage", message: first, hint }, { json });
}

function reportFailure(error: unknown, { name, json }: { name: string; json: boolean }): void {
  process.exitCode = 1;
  if (isTonewrightError(error)) {
    printError({ code: error.code, message: error.message, hint: error.hint }, { json });
    return;
  }
  const message = error instanceof Error ? error.message : String(error);
  const hint = "this is a fault in Tonewright: please report it with the lines above and the command that was typed";
  if (error instanceof Error && error.stack !== undefined) process.stderr.write(`${error.stack}\n`);
  printError({ code: "internal-error", message: `${name}: ${message}`, hint }, { json });
}

function printError(error: { code: string; message: string; hint: string }, { json }: { json: boolean }): void {
  process.stderr.write(`error: ${error.message}\n  ${error.hint} [${error.code}]\n`);
  if (json) process.stdout.write(`${JSON.stringify({ error }, null, 2)}\n`);
}
