import type { FeatureMatrix, Samples } from "../matrix.ts";
import { delta } from "../mel/delta.ts";
import type { FrameFeature } from "./frame-feature.ts";
import { checkDocument, type FrontEndDocument } from "./front-end-document.ts";
import { createFrames, type FrontEndOptions } from "./front-end-frames.ts";
import { checkNormalisation, normaliseFrame } from "./normalisation.ts";

/** A front end on a sound that arrives block by block, whose features are wanted when all of it is there. */
export interface FrontEndCollector {
  /** Takes samples, shape `[n]`, of any length. They are kept where a feature needs the whole sound: do not change them. */
  push(samples: Samples): void;
  /**
   * Ends the sound: its features, shape `[rows, frames]`. The next push begins another sound.
   *
   * @throws TonewrightError as `computeFrontEnd` does.
   */
  finish(): FeatureMatrix;
  /** Forgets what was pushed, so that another sound can begin. */
  reset(): void;
}

/**
 * `computeFrontEnd` for sounds that are not in one array, and for many sounds: tables are made once.
 *
 * Keeps what every frame gave, and the samples only where a feature is of the whole sound (`reasonsNotLive` tells most of
 * these). Samples must be finite; the readers of files see to that.
 */
export function createFrontEndCollector(document: FrontEndDocument, options: FrontEndOptions = {}): FrontEndCollector {
  checkDocument("createFrontEndCollector(document, options)", document);
  const { features, frames, analyse } = createFrames(document, options);
  const parts = features.filter((feature): feature is FrameFeature => !("whole" in feature));
  const columns = new Columns(parts.reduce((sum, { rows }) => sum + rows, 0));
  let kept: Samples[] = [];
  const onFrame = () => {
    analyse();
    const { chunk, start } = columns.next();
    let at = start;
    for (const part of parts) {
      part.compute(frames.frame, chunk, at);
      at += part.rows;
    }
  };
  const reset = () => {
    frames.stream.reset();
    for (const part of parts) part.reset?.();
    columns.clear();
    kept = [];
  };
  return {
    push(samples) {
      if (parts.length > 0) frames.stream.push(samples, onFrame);
      if (parts.length < features.length) kept.push(samples);
    },
    finish() {
      try {
        if (parts.length > 0) frames.stream.flush(onFrame);
        const x = parts.length < features.length ? joinedSamples(kept) : new Float32Array(0);
        let row = 0;
        const tables = features.map((feature) => {
          if ("whole" in feature) return feature.whole(x);
          const table = columns.table(row, feature.rows);
          row += feature.rows;
          return feature.finish === undefined ? table : feature.finish(table);
        });
        const table = withDeltas(joined(tables), document.deltas);
        normaliseTable(table, document);
        return table;
      } finally {
        reset();
      }
    },
    reset,
  };
}

const framesPerChunk = 256;
/** Kept for the next sound: most are short, and memory that is asked for again and again costs time. */
const chunksForNext = 4;

/** Frames as they come, each shape `[width]`. */
class Columns {
  readonly #width: number;
  readonly #chunks: Float64Array[] = [];
  #frames = 0;

  constructor(width: number) {
    this.#width = width;
  }

  /** The place of one frame more. */
  next(): { readonly chunk: Float64Array; readonly start: number } {
    const within = this.#frames % framesPerChunk;
    const c = (this.#frames - within) / framesPerChunk;
    if (c === this.#chunks.length) this.#chunks.push(new Float64Array(framesPerChunk * this.#width));
    this.#frames++;
    return { chunk: this.#chunks[c]!, start: within * this.#width };
  }

  /** Rows `from` to `from + rows` of all frames. */
  table(from: number, rows: number): FeatureMatrix {
    const frames = this.#frames;
    const values = new Float64Array(rows * frames);
    for (const [c, chunk] of this.#chunks.entries()) {
      const first = c * framesPerChunk;
      if (first >= frames) break;
      const count = Math.min(framesPerChunk, frames - first);
      for (let k = 0; k < rows; k++) {
        for (let t = 0; t < count; t++) values[k * frames + first + t] = chunk[t * this.#width + from + k]!;
      }
    }
    return { rows, frames, values };
  }

  clear(): void {
    this.#chunks.length = Math.min(this.#chunks.length, chunksForNext);
    this.#frames = 0;
  }
}

function joinedSamples(blocks: readonly Samples[]): Samples {
  const [first] = blocks;
  if (blocks.length === 1 && first !== undefined) return first;
  const length = blocks.reduce((sum, block) => sum + block.length, 0);
  const precise = blocks.some((block) => block instanceof Float64Array);
  const x = precise ? new Float64Array(length) : new Float32Array(length);
  let at = 0;
  for (const block of blocks) {
    x.set(block, at);
    at += block.length;
  }
  return x;
}

function joined(tables: readonly FeatureMatrix[]): FeatureMatrix {
  const [first] = tables;
  if (tables.length === 1 && first !== undefined) return first;
  const frames = Math.min(...tables.map((table) => table.frames));
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const values = new Float64Array(rows * frames);
  let row = 0;
  for (const table of tables) {
    for (let k = 0; k < table.rows; k++, row++) {
      values.set(table.values.subarray(k * table.frames, k * table.frames + frames), row * frames);
    }
  }
  return { rows, frames, values };
}

function withDeltas(table: FeatureMatrix, deltas: FrontEndDocument["deltas"]): FeatureMatrix {
  if (deltas === 0) return table;
  const changes = delta(table);
  return joined(deltas === 1 ? [table, changes] : [table, changes, delta(table, { order: 2 })]);
}

/** Overwrites a table with its normalised numbers. */
function normaliseTable({ rows, frames, values }: FeatureMatrix, document: FrontEndDocument): void {
  checkNormalisation(document, rows);
  if (document.normalisation === null) return;
  const column = new Float64Array(rows);
  for (let t = 0; t < frames; t++) {
    for (let k = 0; k < rows; k++) column[k] = values[k * frames + t]!;
    normaliseFrame(column, document.normalisation);
    for (let k = 0; k < rows; k++) values[k * frames + t] = column[k]!;
  }
}
