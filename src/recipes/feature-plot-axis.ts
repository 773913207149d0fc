import { hzToMel, hzToMidi, midiToHz, noteName } from "../signal/index.ts";

/** Where a label stands on the vertical axis of a picture. */
export interface AxisTick {
  /** 0 at the lower edge of the lowest row, 1 at the upper edge of the highest. */
  readonly at: number;
  readonly text: string;
}

/** The vertical axis of a picture: texts with their units. */
export type RowAxis = readonly AxisTick[];

const roundHz = [20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000];

/** Round frequencies on the mel scale. Rows are bands, evenly spaced in mels. */
export function melAxis(
  spec: { readonly mels: number; readonly fminHz: number; readonly fmaxHz: number | null; readonly htk?: boolean },
  sampleRate: number,
): RowAxis {
  const mel = (hz: number) => hzToMel(hz, { htk: spec.htk ?? false });
  const [low, high] = [mel(spec.fminHz), mel(spec.fmaxHz ?? sampleRate / 2)];
  // Band m has its peak at the (m + 1)th of mels + 2 points.
  const position = (hz: number) => ((mel(hz) - low) / (high - low)) * (spec.mels + 1) - 0.5;
  return hzAxis((hz) => position(hz) / spec.mels);
}

/** Round frequencies on a logarithmic axis. */
export function logHzAxis(lowHz: number, highHz: number): RowAxis {
  return hzAxis((hz) => Math.log(hz / lowHz) / Math.log(highHz / lowHz));
}

function hzAxis(position: (hz: number) => number): RowAxis {
  const ticks = roundHz.map((hz) => ({ at: position(hz), text: hzText(hz) })).filter(({ at }) => at >= 0 && at <= 1);
  return spaced(ticks, 0.09);
}

const hzText = (hz: number): string => (hz >= 1000 ? `${hz / 1000} kHz` : `${hz} Hz`);

/** The C of each octave, or of each second one where they stand close. */
export function noteAxis({
  fminHz,
  bins,
  binsPerOctave,
}: {
  readonly fminHz: number;
  readonly bins: number;
  readonly binsPerOctave: number;
}): RowAxis {
  const lowest = hzToMidi(fminHz);
  const position = (midi: number) => ((midi - lowest) * (binsPerOctave / 12) + 0.5) / bins;
  const first = Math.ceil((lowest - 0.01) / 12) * 12;
  const ticks: AxisTick[] = [];
  for (let midi = first; position(midi) <= 1; midi += 12) {
    ticks.push({ at: position(midi), text: `${noteName(midi)} ${Math.round(midiToHz(midi))} Hz` });
  }
  return spaced(ticks, 0.09);
}

/** Names of all rows, or of as many as fit. */
export function namedAxis(names: readonly string[]): RowAxis {
  return spaced(
    names.map((text, k) => ({ at: (k + 0.5) / names.length, text })),
    0.075,
  );
}

/** Round numbers of rows that are counted from `first`. */
export function countedAxis(rows: number, { first = 0 }: { readonly first?: number } = {}): RowAxis {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000].find((one) => rows / one <= 8) ?? rows;
  const ticks = Array.from({ length: rows }, (_, k) => ({ at: (k + 0.5) / rows, text: String(k + first) }));
  return ticks.filter((_, k) => (k + first) % step === 0 || rows === 1);
}

const pitchClasses = ["C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B"];

/** Pitch classes; numbers where there are not twelve. */
export function classAxis(classes: number): RowAxis {
  return classes === 12 ? namedAxis(pitchClasses) : countedAxis(classes);
}

/** Octave bands by their edges. */
export function bandAxis({ fminHz, bands }: { readonly fminHz: number; readonly bands: number }): RowAxis {
  const names = Array.from({ length: bands + 1 }, (_, k) =>
    k === 0 ? `below ${hzText(fminHz)}` : `from ${hzText(fminHz * 2 ** (k - 1))}`,
  );
  return namedAxis(names);
}

/** Tempi, in beats a minute, on a logarithmic axis. */
export function tempoAxis(low: number, high: number): RowAxis {
  const position = (bpm: number) => Math.log(bpm / low) / Math.log(high / low);
  return [30, 60, 120, 240, 480].map((bpm) => ({ at: position(bpm), text: `${bpm} bpm` }));
}

/** Those ticks that keep their distance from the one before. */
function spaced(ticks: readonly AxisTick[], distance: number): AxisTick[] {
  const kept: AxisTick[] = [];
  for (const tick of ticks) if (kept.length === 0 || tick.at - kept.at(-1)!.at >= distance) kept.push(tick);
  return kept;
}
