import { type Command, Option } from "commander";
import { describeArchitecture, type ModelDocument, parameterCount } from "../../../src/modelfile/index.ts";
import { loadModel } from "../../../src/recipes/index.node.ts";
import { addCommand, type Call, runCommand, wholeNumber } from "../command.ts";
import { type PlayServer, startPlayServer } from "../play-server.ts";

interface PlayOptions {
  readonly host: string;
  readonly port: number;
}

/** `play`: a page that plays a model live. */
export function addPlay(program: Command): void {
  addCommand(program, "play <model>", {
    summary: "serve a page that plays a model live: on a riff, a file or your instrument",
    details: "Reads model.tonewright, .nam and RTNeural JSON, or the folder of a finished run. Ends with Ctrl-C.",
    examples: ["play runs/wet-1", "play amp.nam --port 8080"],
    out: "not used by this command",
  })
    .addOption(
      new Option("--port <n>", "port to listen on")
        .argParser(wholeNumber({ min: 0, max: 65_535 }))
        .default(0, "a free one"),
    )
    .addOption(
      new Option("--host <address>", "address to listen on; 0.0.0.0 opens it to the network").default("127.0.0.1"),
    )
    .action(runCommand<PlayOptions>("play", runPlay));
}

async function runPlay({ operands, options, note }: Call<PlayOptions>): Promise<undefined> {
  const { document } = await loadModel(operands[0] ?? "");
  const server = await startPlayServer({ document, host: options.host, port: options.port });
  const { name } = document.metadata;
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ url: server.url, model: modelFacts(document) }, null, 2)}\n`);
  } else {
    process.stdout.write(`Playing ${name} at ${server.url} (Ctrl-C stops)\n`);
  }
  if (!isLoopback(options.host)) {
    note(
      "Browsers run audio worklets on https and localhost only: on another computer, open it through a tunnel or an https proxy.",
    );
  }
  await untilStopped(server);
}

/**
 * Keeps a player page up until Ctrl-C or SIGTERM, then ends it. The process can exit with code 0 after that.
 */
export async function untilStopped(server: PlayServer): Promise<void> {
  await new Promise<void>((resolve) => {
    const stop = () => {
      process.off("SIGINT", stop).off("SIGTERM", stop);
      resolve();
    };
    process.on("SIGINT", stop).on("SIGTERM", stop);
  });
  await server.close();
}

function modelFacts({ architecture, sampleRate, metadata }: ModelDocument): object {
  return {
    name: metadata.name,
    architecture: describeArchitecture(architecture),
    parameters: parameterCount(architecture),
    sampleRate,
  };
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}
