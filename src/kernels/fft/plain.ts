import type { Heap, KernelsOf } from "../kernels.ts";

/** The definition of the Fourier kernels: sums over all samples or bins. */
export function plainFft(heap: Heap): KernelsOf<"realFftForward" | "realFftInverse" | "powers" | "bandSums"> {
  return {
    realFftForward(size, count, x, xRow, window, _plan, re, im, row) {
      const m = heap();
      const half = size / 2;
      for (let r = 0; r < count; r++) {
        for (let k = 0; k <= half; k++) {
          let sumRe = 0;
          let sumIm = 0;
          for (let n = 0; n < size; n++) {
            const angle = (2 * Math.PI * ((k * n) % size)) / size;
            const value = (window === 0 ? 1 : m[window + n]!) * m[x + r * xRow + n]!;
            sumRe += value * Math.cos(angle);
            sumIm -= value * Math.sin(angle);
          }
          m[re + r * row + k] = sumRe;
          m[im + r * row + k] = sumIm;
        }
      }
    },
    realFftInverse(size, count, re, im, row, _plan, y, yRow) {
      const m = heap();
      const half = size / 2;
      for (let r = 0; r < count; r++) {
        const [rowRe, rowIm] = [re + r * row, im + r * row];
        for (let n = 0; n < size; n++) {
          let sum = m[rowRe]! + (n % 2 === 0 ? 1 : -1) * m[rowRe + half]!;
          for (let k = 1; k < half; k++) {
            const angle = (2 * Math.PI * ((k * n) % size)) / size;
            sum += 2 * (m[rowRe + k]! * Math.cos(angle) - m[rowIm + k]! * Math.sin(angle));
          }
          m[y + r * yRow + n] = sum / size;
        }
      }
    },
    powers(rows, columns, re, im, row, y, yRow) {
      const m = heap();
      for (let r = 0; r < rows; r++) {
        for (let k = 0; k < columns; k++) m[y + r * yRow + k] = m[re + r * row + k]! ** 2 + m[im + r * row + k]! ** 2;
      }
    },
    bandSums(rows, bands, x, xRow, starts, lengths, weights, y, yRow) {
      const m = heap();
      for (let r = 0; r < rows; r++) {
        let weight = weights;
        for (let b = 0; b < bands; b++) {
          let sum = 0;
          for (let k = 0; k < m[lengths + b]!; k++) sum += m[weight + k]! * m[x + r * xRow + m[starts + b]! + k]!;
          m[y + r * yRow + b] = sum;
          weight += roundUp4(m[lengths + b]!);
        }
      }
    },
  };
}

/** A row of weights of `bandSums` takes whole vectors; the rest of the last one is zero. */
export function roundUp4(n: number): number {
  return (n + 3) & ~3;
}
