import { dirname, join, resolve } from "node:path";
import { type Command, Option } from "commander";
import { describeArchitecture } from "../../../src/modelfile/index.ts";
import { type ExportFormat, exportFormats, exportModel } from "../../../src/recipes/index.ts";
import { loadModel, modelFiles, requireSeparate, writeFileAtomic } from "../../../src/recipes/index.node.ts";
import { addCommand, type Call, type Outcome, runCommand, shortPath, usageError } from "../command.ts";

/** `export`: a model in the format of another program. */
export function addExport(program: Command): void {
  addCommand(program, "export <run|model>", {
    summary: "write a model in the format of another program",
    details:
      "nam: Neural Amp Modeler plug-ins (lstm and wavenet). rtneural: RTNeural and AIDA-X (lstm and gru). " +
      "tonewright: our own document, which keeps everything.",
    examples: [
      "export runs/wet-1 --format nam --out pedal.nam",
      "export model.nam --format tonewright --out pedal.tonewright",
    ],
    out: "file to write (default: beside the model)",
  })
    .addOption(new Option("--format <name>", "what to write").choices(Object.keys(exportFormats)))
    .action(runCommand<{ format?: ExportFormat }>("export", runExport));
}

async function runExport({ operands, options }: Call<{ format?: ExportFormat }>): Promise<Outcome> {
  const target = operands[0] ?? "";
  const format = options.format ?? formatOf(options.out);
  if (format === undefined) {
    throw usageError("it is not clear which format to write", `give --format ${Object.keys(exportFormats).join("|")}`);
  }
  const { document, path: source, run } = await loadModel(target);
  const bytes = exportModel(document, format);
  const out = options.out ?? join(dirname(source), `model${exportFormats[format]}`);
  await requireSeparate(modelFiles(target, { run }), [out]);
  await writeFileAtomic(out, bytes);
  return {
    document: {
      format,
      file: resolve(out),
      bytes: bytes.length,
      model: { architecture: describeArchitecture(document.architecture), sampleRate: document.sampleRate },
    },
    text: `wrote ${shortPath(out)}: ${describeArchitecture(document.architecture)} at ${document.sampleRate} Hz as ${format}, ${bytes.length} bytes`,
  };
}

function formatOf(out: string | undefined): ExportFormat | undefined {
  return (Object.keys(exportFormats) as ExportFormat[]).find((format) => out?.endsWith(exportFormats[format]));
}
