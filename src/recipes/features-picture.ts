/** A table of any length in as many columns as a picture has. */
export interface FeaturePicture {
  readonly rows: number;
  readonly columns: number;
  /** Frames that one column stands for; the last one may stand for fewer. */
  readonly framesPerColumn: number;
  /** All frames. */
  readonly frames: number;
  /** Shape `[columns, rows]`. */
  readonly values: Float32Array;
}

/** Frames as they come, and the picture of all of them. */
export interface PictureFit {
  /** @param frame - Shape `[rows]`. */
  add(frame: Float64Array): void;
  result(): FeaturePicture;
}

/**
 * Means of neighbouring frames, so that a picture takes the same memory for a second and for a day.
 *
 * @param options.columns - At most so many, at least half as many if there are enough frames. Even.
 * @param options.single - Rows, shape `[rows]`, of which the first frame stands for its column: of pitches no mean makes sense.
 */
export function createPictureFit(
  rows: number,
  { columns = 1600, single }: { readonly columns?: number; readonly single?: readonly boolean[] | undefined } = {},
): PictureFit {
  const values = new Float32Array(rows * columns);
  let [framesPerColumn, frames] = [1, 0];
  const keepsFirst = (k: number) => single?.[k] === true;
  const halve = () => {
    for (let c = 0; c < columns / 2; c++) {
      for (let k = 0; k < rows; k++) {
        const [a, b] = [values[2 * c * rows + k]!, values[(2 * c + 1) * rows + k]!];
        values[c * rows + k] = keepsFirst(k) ? a : (a + b) / 2;
      }
    }
    framesPerColumn *= 2;
  };
  return {
    add(frame) {
      if (frames === columns * framesPerColumn) halve();
      const column = Math.floor(frames / framesPerColumn);
      const within = frames % framesPerColumn;
      for (let k = 0; k < rows; k++) {
        const before = within === 0 ? 0 : values[column * rows + k]!;
        const value = frame[k]!;
        if (within === 0) values[column * rows + k] = value;
        else if (!keepsFirst(k)) values[column * rows + k] = before + (value - before) / (within + 1);
      }
      frames++;
    },
    result() {
      const used = Math.ceil(frames / framesPerColumn);
      return { rows, columns: used, framesPerColumn, frames, values: values.subarray(0, used * rows) };
    },
  };
}

/** The outline of a waveform: the lowest and the highest sample of each column. */
export interface Envelope {
  readonly low: Float32Array;
  readonly high: Float32Array;
  /** Samples that one column stands for; the last one may stand for fewer. */
  readonly samplesPerColumn: number;
  readonly samples: number;
}

/** Samples as they come, and the outline of all of them. */
export interface EnvelopeFit {
  /** @param samples - Shape `[n]`. */
  add(samples: Float32Array): void;
  result(): Envelope;
}

/** @param options.columns - At most so many, at least half as many if there are enough samples. Even. */
export function createEnvelopeFit({ columns = 2400 }: { readonly columns?: number } = {}): EnvelopeFit {
  const [low, high] = [new Float32Array(columns), new Float32Array(columns)];
  let [samplesPerColumn, samples] = [1, 0];
  const halve = () => {
    for (let c = 0; c < columns / 2; c++) {
      low[c] = Math.min(low[2 * c]!, low[2 * c + 1]!);
      high[c] = Math.max(high[2 * c]!, high[2 * c + 1]!);
    }
    samplesPerColumn *= 2;
  };
  return {
    add(block) {
      for (let n = 0; n < block.length; ) {
        if (samples === columns * samplesPerColumn) halve();
        const column = Math.floor(samples / samplesPerColumn);
        const within = samples - column * samplesPerColumn;
        const end = Math.min(block.length, n + samplesPerColumn - within);
        let [least, most] = within === 0 ? [block[n]!, block[n]!] : [low[column]!, high[column]!];
        samples += end - n;
        for (; n < end; n++) {
          const value = block[n]!;
          if (value < least) least = value;
          if (value > most) most = value;
        }
        low[column] = least;
        high[column] = most;
      }
    },
    result() {
      const used = Math.ceil(samples / samplesPerColumn);
      return { low: low.slice(0, used), high: high.slice(0, used), samplesPerColumn, samples };
    },
  };
}
