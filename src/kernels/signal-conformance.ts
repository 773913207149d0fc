import { type Case, up4 } from "./conformance-case.ts";
import { fftPlanSize, hasFastFft, writeFftPlan } from "./fft/plan.ts";

/** Conformance cases of `SignalKernels`. */
export const signalCases: Record<string, Case> = {
  fft: {
    sizes: { eighths: [1, 25], count: [1, 3], windowed: [0, 1], hop: [1, 40] },
    run(k, a, { eighths, count, windowed, hop }) {
      // The next size that has a fast transform.
      let size = 8 * eighths!;
      while (!hasFastFft(size)) size += 8;
      const [bins, c] = [size / 2 + 1, count!];
      const row = bins + 3;
      const x = a.noise(size + (c - 1) * hop!);
      const window = windowed === 1 ? a.noise(size) : 0;
      const plan = a.zeros(fftPlanSize(size));
      writeFftPlan(size, k.heap, plan);
      const [re, im, power, y] = [a.zeros(c * row), a.zeros(c * row), a.zeros(c * bins), a.zeros(c * size)];
      k.realFftForward(size, c, x, hop!, window, plan, re, im, row);
      k.powers(c, bins, re, im, row, power, bins);
      k.realFftInverse(size, c, re, im, row, plan, y, size);
      return {
        ranges: [
          [re, c * row],
          [im, c * row],
          [power, c * bins],
          [y, c * size],
        ],
      };
    },
  },
  "band sums": {
    sizes: { rows: [1, 3], bands: [1, 6], longest: [0, 9] },
    run(k, a, { rows, bands, longest }) {
      const lengthOf = (b: number) => (3 * b + longest!) % (longest! + 1);
      const columns = bands! + longest!;
      const [x, y] = [a.noise(rows! * columns), a.zeros(rows! * bands!)];
      const [starts, lengths] = [a.zeros(bands!), a.zeros(bands!)];
      let elements = 0;
      for (let b = 0; b < bands!; b++) {
        k.heap[starts + b] = b;
        k.heap[lengths + b] = lengthOf(b);
        elements += up4(lengthOf(b));
      }
      const weights = a.noise(Math.max(elements, 1));
      k.bandSums(rows!, bands!, x, columns, starts, lengths, weights, y, bands!);
      return { ranges: [[y, rows! * bands!]] };
    },
  },
  "fir resampling": {
    sizes: { n: [1, 21], eights: [1, 3], up: [1, 7], down: [1, 17], start: [0, 6], phases: [1, 5] },
    run(k, a, s) {
      const [n, taps, up, down, position] = [s.n!, s.eights! * 8, s.up!, s.down!, s.start! % s.up!];
      const x = a.noise(Math.floor((position + (n - 1) * down) / up) + taps);
      const [rows, between] = [a.noise(up * taps), a.noise((s.phases! + 3) * taps)];
      const [y, z] = [a.zeros(n), a.zeros(n)];
      k.firResample(n, taps, up, down, position, rows, x, y);
      k.firResampleBetween(n, taps, s.phases!, up, down, position, between, x, z);
      return {
        ranges: [
          [y, n],
          [z, n],
        ],
      };
    },
  },
};
