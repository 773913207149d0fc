import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, extname, join } from "node:path";
import type { EffectKnob } from "../datasets/index.ts";
import { nearestName, TonewrightError } from "../errors/index.ts";
import { openRecording } from "../signal/index.ts";
import { openFileSource } from "../signal/index.node.ts";
import type { SettingJob, SettingRenderer } from "./simulate-circuit.node.ts";
import type { PluginEffect } from "./simulate-effect.ts";
import { type PluginDescription, readLadspaInfo, readLv2Info } from "./simulate-plugin-ports.ts";
import { saveStretch } from "./simulate-raw.node.ts";

/** A plug-in and its knobs. */
export interface FoundPlugin {
  readonly effect: PluginEffect;
  readonly title: string;
  readonly knobs: readonly EffectKnob[];
}

/** Where Debian and others put LADSPA plug-ins. */
const ladspaFolders = ["/usr/local/lib/ladspa", "/usr/lib/ladspa", "/usr/lib64/ladspa"];

/**
 * A plug-in of this system: an LV2 one by its URI, a LADSPA one by its label.
 *
 * @param options.sampleRate - Hz; some ranges are parts of it.
 * @throws TonewrightError `program-missing` if lv2file, lv2info, sox, listplugins or analyseplugin is not installed;
 *   `unknown-plugin`; `unusable-plugin` for one without audio in and out.
 */
export async function findPlugin(name: string, { sampleRate }: { readonly sampleRate: number }): Promise<FoundPlugin> {
  // LADSPA labels have no colons, URIs have at least one.
  return name.includes(":") ? findLv2(name) : findLadspa(name, { sampleRate });
}

async function findLv2(uri: string): Promise<FoundPlugin> {
  await requireProgram("lv2file", "lv2file");
  const { code, stdout } = await run("lv2info", [uri], { from: "lilv-utils" });
  if (code !== 0 || !stdout.includes("Port 0:")) {
    const { stdout: list } = await run("lv2ls", [], { from: "lilv-utils" });
    throw unknownPlugin(uri, { all: list.split("\n"), how: "lv2ls lists those that there are" });
  }
  const description = readLv2Info(stdout);
  requireAudio(uri, description);
  const ports = Object.fromEntries(description.knobs.map(({ knob, port }) => [knob.name, port]));
  const effect = { kind: "plugin", name: uri, host: "lv2file", ports, inputs: description.audioInputs } as const;
  return { effect, title: description.title, knobs: description.knobs.map(({ knob }) => knob) };
}

async function findLadspa(label: string, { sampleRate }: { readonly sampleRate: number }): Promise<FoundPlugin> {
  await requireProgram("sox", "sox");
  const { stdout: list } = await run("listplugins", [], { from: "ladspa-sdk" });
  let file = "";
  const labels: string[] = [];
  let module: string | undefined;
  for (const line of list.split("\n")) {
    if (/^\S.*:$/.test(line)) file = line.slice(0, -1);
    const found = /\(\d+\/(.*)\)$/.exec(line)?.[1];
    if (found === undefined) continue;
    labels.push(found);
    if (found === label) module ??= file;
  }
  if (module === undefined) throw unknownPlugin(label, { all: labels, how: "listplugins lists those that there are" });
  const { stdout } = await run("analyseplugin", [module, label], { from: "ladspa-sdk" });
  const description = readLadspaInfo(stdout, { sampleRate });
  requireAudio(label, description);
  const ports = Object.fromEntries(description.knobs.map(({ knob, port }) => [knob.name, port]));
  const { controls, audioInputs: inputs } = description;
  const effect = { kind: "plugin", name: label, host: "sox", ports, module, controls, inputs } as const;
  return { effect, title: description.title, knobs: description.knobs.map(({ knob }) => knob) };
}

/**
 * Renders plug-ins by the programs that host them, one sound at one setting at a time; the first of several outputs counts.
 *
 * @param options.fixed - Values of the knobs that are not in the dataset.
 */
export async function openPluginRenderer(
  effect: PluginEffect,
  {
    sampleRate,
    fixed,
    stop,
  }: { readonly sampleRate: number; readonly fixed: Readonly<Record<string, number>>; readonly stop: AbortSignal },
): Promise<SettingRenderer> {
  const folder = await mkdtemp(join(tmpdir(), "tonewright-plugin-"));
  const dry = new Map<SettingJob["sound"], Promise<string>>();
  let count = 0;
  const dryFile = (sound: SettingJob["sound"]): Promise<string> => {
    const path = join(folder, `dry-${dry.size}.wav`);
    const made =
      dry.get(sound) ?? saveStretch(sound.raw, { path, start: 0, end: sound.samples, sampleRate }).then(() => path);
    dry.set(sound, made);
    return made;
  };
  return {
    async render({ knobs, sound, output, onProgress }) {
      if (stop.aborted) return false;
      const input = await dryFile(sound);
      const wet = join(folder, `wet-${count++}.wav`);
      const [program, args] = hostCommand(effect, { input, output: wet, knobs: { ...fixed, ...knobs } });
      const env = effect.module === undefined ? {} : { LADSPA_PATH: dirname(effect.module) };
      const { code, stderr } = await run(program, args, { from: program, env, stop });
      if (stop.aborted) return false;
      if (code !== 0) {
        throw new TonewrightError(
          "plugin-failed",
          `${program} could not render "${effect.name}": ${stderr.trim().split("\n").slice(-2).join(" ") || `exit code ${code}`}`,
          "try the same plug-in with other knobs, or in another host",
        );
      }
      await copyFirstChannel(wet, { name: effect.name, sampleRate, sound, output });
      await rm(wet, { force: true });
      onProgress(sound.samples);
      return true;
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

async function copyFirstChannel(
  wet: string,
  {
    name,
    sampleRate,
    sound,
    output,
  }: Pick<SettingJob, "sound" | "output"> & { readonly name: string; readonly sampleRate: number },
): Promise<void> {
  const source = await openFileSource(wet);
  try {
    const recording = await openRecording(source, { name });
    if (recording.sampleRate !== sampleRate) throw new Error(`bug: a host wrote ${recording.sampleRate} Hz`);
    let at = 0;
    for await (const [block] of recording.blocks()) {
      const part = block!.subarray(0, sound.samples - at);
      await output.write(part, at);
      at += part.length;
    }
    // Hosts may drop the last block; what is missing is silence.
    if (at < sound.samples) await output.write(new Float32Array(sound.samples - at), at);
  } finally {
    await source.close();
  }
}

function hostCommand(
  { host, name, ports, module = "", inputs = [], controls = [] }: PluginEffect,
  {
    input,
    output,
    knobs,
  }: { readonly input: string; readonly output: string; readonly knobs: Readonly<Record<string, number>> },
): [string, string[]] {
  if (host === "lv2file") {
    const connections = inputs.flatMap((port) => ["-c", `1:${port}`]);
    const values = Object.entries(knobs).flatMap(([knob, value]) => ["-p", `${ports[knob]}:${value}`]);
    return ["lv2file", ["-i", input, "-o", output, ...connections, ...values, name]];
  }
  const values = controls.map((knob) => String(knob === null ? 0 : knobs[knob]));
  const wide = inputs.length > 1 ? ["remix", ...inputs.map(() => "1")] : [];
  const files = ["-D", input, "-b", "32", "-e", "floating-point", output];
  return ["sox", [...files, ...wide, "ladspa", basename(module, extname(module)), name, ...values]];
}

function requireAudio(name: string, { audioInputs, audioOutputs }: PluginDescription): void {
  if (audioInputs.length > 0 && audioOutputs.length > 0) return;
  throw new TonewrightError(
    "unusable-plugin",
    `"${name}" has ${audioInputs.length} audio inputs and ${audioOutputs.length} audio outputs`,
    "choose an effect, which turns sound into sound",
  );
}

function unknownPlugin(
  name: string,
  { all, how }: { readonly all: readonly string[]; readonly how: string },
): TonewrightError {
  const nearest = nearestName(
    name,
    all.map((one) => one.trim()).filter((one) => one !== ""),
  );
  return new TonewrightError(
    "unknown-plugin",
    `there is no plug-in "${name}"`,
    `${nearest === undefined ? "" : `did you mean "${nearest}"? `}${how}`,
  );
}

/** Whether a program is there, told by starting it. */
async function requireProgram(program: string, from: string): Promise<void> {
  await run(program, ["--help"], { from });
}

interface RunOptions {
  /** The Debian package that has the program. */
  readonly from: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stop?: AbortSignal;
}

function run(
  program: string,
  args: readonly string[],
  { from, env = {}, stop }: RunOptions,
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const path = [...(process.env.LADSPA_PATH ?? "").split(delimiter).filter((one) => one !== ""), ...ladspaFolders];
  const child = spawn(program, args, {
    env: { ...process.env, LADSPA_PATH: path.join(delimiter), ...env },
    stdio: ["ignore", "pipe", "pipe"],
    // A Ctrl-C goes to the whole group of the terminal; the host is ended by us, when we have heard it.
    detached: true,
  });
  const onStop = () => void child.kill("SIGKILL");
  stop?.addEventListener("abort", onStop);
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (data) => {
    stdout += data;
  });
  child.stderr.on("data", (data) => {
    stderr += data;
  });
  return new Promise((resolve, reject) => {
    child.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") return reject(error);
      reject(
        new TonewrightError(
          "program-missing",
          `the program "${program}" is not installed`,
          `install it, on Debian and Ubuntu: apt-get install ${from}`,
          { cause: error },
        ),
      );
    });
    child.on("close", (code) => {
      stop?.removeEventListener("abort", onStop);
      resolve({ code, stdout, stderr });
    });
  });
}
