import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { describeArchitecture } from "../../../src/modelfile/index.ts";
import { renderRecording } from "../../../src/recipes/index.ts";
import {
  loadModel,
  modelFiles,
  readRecording,
  requireSeparate,
  writeFileAtomic,
} from "../../../src/recipes/index.node.ts";
import { encodeFlac, encodeWav, type Recording, type WavEncoding } from "../../../src/signal/index.ts";
import { addCommand, type Call, type Outcome, runCommand, shortPath, usageError } from "../command.ts";
import { facts } from "../score-text.ts";

interface RenderOptions {
  readonly encoding: WavEncoding;
  readonly channel?: "left" | "right" | "mix";
}

/** `render`: a sound file through a model. */
export function addRender(program: Command): void {
  addCommand(program, "render <model> <in.wav> [out.wav]", {
    summary: "run a sound file through a model, with the engine that plays it live",
    details:
      "Reads model.tonewright, .nam and RTNeural JSON. The sound may be WAV, AIFF, FLAC, MP3 or Ogg; each channel goes " +
      "through a model of its own. An output named .flac becomes FLAC (24 bits, or 16 with --encoding pcm16), others WAV.",
    examples: ["render runs/wet-1/model.tonewright dry.wav out.wav", "render amp.nam dry.wav out.wav --encoding pcm24"],
    out: "the file to write, instead of <out.wav>",
  })
    .addOption(
      new Option("--encoding <name>", "how samples are stored")
        .choices(["float32", "pcm16", "pcm24", "pcm32"])
        .default("float32"),
    )
    .addOption(new Option("--channel <which>", "render one channel of a stereo file").choices(["left", "right", "mix"]))
    .action(runCommand<RenderOptions>("render", runRender));
}

async function runRender({ operands, options, typed, note }: Call<RenderOptions>): Promise<Outcome> {
  const [model = "", input = "", output = options.out] = operands;
  if (output === undefined) throw usageError("missing the file to write", "give it: render <model> <in.wav> <out.wav>");
  if (operands[2] !== undefined && options.out !== undefined) {
    throw usageError("the file to write was given twice", `leave out "${operands[2]}" or --out "${options.out}"`);
  }
  const { document, run } = await loadModel(model);
  await requireSeparate([...modelFiles(model, { run }), input], [output]);
  const { recording } = await readRecording(input);
  const { channels, facts: found } = renderRecording(document, {
    recording,
    name: input,
    modelName: model,
    channel: options.channel,
    clock: () => performance.now(),
  });
  const rendered: Recording = { channels, sampleRate: document.sampleRate };
  const asFlac = output.toLowerCase().endsWith(".flac");
  if (asFlac && typed.has("encoding") && options.encoding !== "pcm16" && options.encoding !== "pcm24") {
    throw usageError(
      `FLAC does not hold ${options.encoding} here`,
      "use --encoding pcm16 or pcm24, or name a .wav file",
    );
  }
  const encoding = asFlac && !typed.has("encoding") ? "pcm24" : options.encoding;
  await writeFileAtomic(
    output,
    asFlac
      ? await encodeFlac(rendered, { bits: encoding === "pcm16" ? 16 : 24 })
      : await encodeWav(rendered, { encoding }),
  );
  const clips = encoding !== "float32" && found.overFullScale > 0;
  if (clips) {
    note(
      `warning: ${found.overFullScale} samples are beyond full scale and were clipped (use --encoding float32, or a quieter input)`,
    );
  }
  const architecture = describeArchitecture(document.architecture);
  return {
    document: {
      model: { architecture, name: document.metadata.name },
      input: resolve(input),
      output: { file: resolve(output), encoding, channels: channels.length, sampleRate: document.sampleRate, ...found },
    },
    text: [
      `wrote ${shortPath(output)}`,
      facts([
        ["model", `${architecture} "${document.metadata.name}"`],
        ["audio", `${found.seconds.toFixed(2)} s, ${document.sampleRate} Hz, ${channels.length} ch, ${encoding}`],
        [
          "peak",
          `${found.peakDb === null ? "silent" : `${found.peakDb.toFixed(1).replace(/^-0\.0$/, "0.0")} dBFS`}${clips ? " (clipped)" : ""}`,
        ],
        ["speed", `${found.timesRealtime.toFixed(0)} times real time`],
      ]),
    ].join("\n"),
  };
}
