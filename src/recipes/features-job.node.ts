import { isTonewrightError } from "../errors/index.ts";
import type { FrontEndDocument } from "../signal/index.ts";
import { type FeatureFormat, type FeatureOutput, openFeatureOutput } from "./features-output.node.ts";
import type { PageFacts } from "./feature-page.ts";
import {
  createFeatureReader,
  type FeatureChannel,
  type FeatureFacts,
  type FeatureListener,
  type ReadOptions,
} from "./features-read.node.ts";
import { createStatisticsFit, type RowStatistics } from "./features-statistics.ts";

/** What is the same for all files. */
export interface FeatureWork {
  readonly document: FrontEndDocument;
  readonly channel: FeatureChannel;
  /** Files must have the front end's rate. */
  readonly sameRate: boolean;
  /** What each file is written as; absent where nothing is written. */
  readonly format?: FeatureFormat | undefined;
  readonly precision: "float32" | "float64";
  /** Make folders that are not there. */
  readonly makeFolder: boolean;
  readonly page: PageFacts;
}

/** One file. */
export interface FeatureJob {
  readonly file: string;
  /** What to call it in messages. */
  readonly name: string;
  /** Where its features go, for work with a format. */
  readonly target?: string | undefined;
}

/** What became of a file. */
export type FeatureReply =
  | { readonly facts: FeatureFacts; readonly statistics: RowStatistics }
  /** It cannot be read, or is not what the features need. */
  | { readonly code: string; readonly message: string; readonly hint: string }
  /** Its features could not be written, nor will others be. */
  | { readonly fatal: { readonly code: string; readonly message: string; readonly hint: string } };

/** Computes the features of one file after the other. */
export interface FeatureWorker {
  /** Nothing if it was stopped; nothing is left behind then. */
  run(
    job: FeatureJob,
    options?: Pick<ReadOptions, "isStopped" | "onProgress"> & { readonly listener?: FeatureListener | undefined },
  ): Promise<FeatureReply | undefined>;
}

/**
 * A worker in this thread.
 *
 * @throws TonewrightError what the front end's features refuse.
 */
export function createFeatureWorker(work: FeatureWork): FeatureWorker {
  const { document, channel, sameRate, format } = work;
  const reader = createFeatureReader(document, { channel, sameRate });
  return {
    async run({ file, name, target }, { isStopped, onProgress, listener } = {}) {
      let output: FeatureOutput | undefined;
      let isWriting = format !== undefined;
      try {
        if (format !== undefined && target !== undefined) {
          output = await openFeatureOutput(target, { ...work, format, name });
        }
        isWriting = false;
        const statistics = createStatisticsFit(reader.rows);
        const listeners: FeatureListener[] = [{ frame: statistics.add }];
        if (output !== undefined) listeners.push(guarded(output.listener, (value) => (isWriting = value)));
        if (listener !== undefined) listeners.push(listener);
        const facts = await reader.read(file, { name, isStopped, onProgress }, listeners);
        if (facts === undefined) {
          await output?.discard();
          return undefined;
        }
        isWriting = true;
        await output?.save(facts);
        return { facts, statistics: statistics.result() };
      } catch (error) {
        await output?.discard();
        if (!isTonewrightError(error)) throw error;
        const { code, message, hint } = error;
        return isWriting ? { fatal: { code, message, hint } } : { code, message, hint };
      }
    },
  };
}

/** Tells while a listener writes, so that its failures are not taken for those of the file that is read. */
function guarded(listener: FeatureListener, setWriting: (value: boolean) => void): FeatureListener {
  return {
    ...listener,
    async drain() {
      setWriting(true);
      await listener.drain?.();
      setWriting(false);
    },
  };
}
