import { type FrontEndDocument, npyHeader } from "../signal/index.ts";
import { frameCsvLine, framesCsvHead } from "./features-csv.ts";
import type { FeatureFacts, FeatureListener } from "./features-read.node.ts";
import { createFrameStore } from "./features-store.ts";
import { frameSeconds } from "./features-time.ts";
import { type AtomicFile, openAtomicFile } from "./features-writer.node.ts";
import type { PageFacts } from "./feature-page.ts";

/** What the features of one file are stored as. */
export type FeatureFormat = "npy" | "csv" | "png" | "html";
/** All of them. */
export const featureFormats = ["npy", "csv", "png", "html"] as const satisfies readonly FeatureFormat[];

/** A file with features, while they are computed. */
export interface FeatureOutput {
  readonly listener: FeatureListener;
  /** Writes what is left and puts the file in its place. */
  save(facts: FeatureFacts): Promise<void>;
  /** Leaves nothing behind. */
  discard(): Promise<void>;
}

/** What is written and how. */
export interface OutputOptions {
  readonly format: FeatureFormat;
  readonly document: FrontEndDocument;
  /** Numbers of .npy and .csv. */
  readonly precision: "float32" | "float64";
  /** What the sound is called. */
  readonly name: string;
  /** What a page tells about itself. */
  readonly page: PageFacts;
  readonly makeFolder?: boolean;
}

/**
 * Begins a file with the features of one sound. It has its name only when it is whole.
 *
 * @throws TonewrightError `disk-full`, `unwritable-folder`, here and from its functions.
 */
export async function openFeatureOutput(path: string, options: OutputOptions): Promise<FeatureOutput> {
  switch (options.format) {
    case "npy":
      return npyOutput(path, options);
    case "csv":
      return csvOutput(path, options);
    case "png":
    case "html": {
      const { createPlotOutput } = await import("./feature-plot-output.node.ts");
      return createPlotOutput(path, { ...options, format: options.format });
    }
  }
}

function npyOutput(path: string, { precision, makeFolder = false }: OutputOptions): FeatureOutput {
  let store: ReturnType<typeof createFrameStore> | undefined;
  return {
    listener: {
      frame(features) {
        store ??= createFrameStore(features.length, { precision });
        store.add(features);
      },
    },
    async save({ rows, frames }) {
      const file = await openAtomicFile(path, { makeFolder });
      await file.write(npyHeader({ shape: [rows, frames], itemBytes: precision === "float32" ? 4 : 8 }));
      let waiting: Uint8Array[] = [];
      let bytes = 0;
      for (let k = 0; k < rows; k++) {
        const row = store?.row(k);
        if (row === undefined) continue;
        // Arrays have the byte order of the machine, which is little-endian wherever Node runs.
        waiting.push(new Uint8Array(row.buffer, row.byteOffset, row.byteLength));
        bytes += row.byteLength;
        if (bytes < bytesPerWrite && k < rows - 1) continue;
        await file.write(Buffer.concat(waiting));
        [waiting, bytes] = [[], 0];
      }
      await file.commit();
    },
    discard: async () => {},
  };
}

const bytesPerWrite = 2 ** 20;

async function csvOutput(
  path: string,
  { document, precision, makeFolder = false }: OutputOptions,
): Promise<FeatureOutput> {
  let waiting = framesCsvHead(document);
  // Opened when there is something to write, so that a file that cannot be read leaves nothing.
  let file: AtomicFile | undefined;
  const write = async () => {
    file ??= await openAtomicFile(path, { makeFolder });
    await file.write(waiting);
    waiting = "";
  };
  return {
    listener: {
      frame(features, t) {
        waiting += frameCsvLine(features, { seconds: frameSeconds(t, document), precision });
      },
      async drain() {
        if (waiting.length >= bytesPerWrite) await write();
      },
    },
    async save() {
      await write();
      await file?.commit();
    },
    discard: async () => file?.discard(),
  };
}
