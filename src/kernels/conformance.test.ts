import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createKernels,
  createPlainKernels,
  fastestBuild,
  type Kernels,
  recurrentPackedSize,
  recurrentScratch,
  waveLayerKeptRows,
  waveLayerPackedSize,
} from "./index.ts";
import { type Arrays, type Case, type Sizes, up4 } from "./conformance-case.ts";
import { enableRelaxedSimd } from "./index.node.ts";
import { signalCases } from "./signal-conformance.ts";

enableRelaxedSimd();

const cases: Record<string, Case> = {
  ...signalCases,
  activation: {
    sizes: { kind: [0, 3], n: [1, 33] },
    run(k, a, { kind, n }) {
      const [x, y, dy, dx] = [a.noise(n!, 3), a.zeros(n!), a.noise(n!), a.noise(n!)];
      k.activationForward(kind!, 0.1, n!, x, y);
      k.activationBackward(kind!, 0.1, n!, y, dy, dx);
      return {
        ranges: [
          [y, n!],
          [dx, n!],
        ],
      };
    },
  },
  elementwise: {
    sizes: { rows: [1, 9], columns: [1, 9], b: [0, 1] },
    run(k, a, { rows, columns, b }) {
      const n = rows! * columns!;
      const [x, y, z, f, w] = [a.noise(n), a.noise(n), a.noise(n), a.zeros(n), a.zeros(n)];
      k.scaleAdd(n, 0.7, x, b! * 0.3, y);
      k.multiplyAdd(n, x, y, z);
      k.transpose(rows!, columns!, x, w);
      k.fill(n, 0.25, f);
      return {
        ranges: [
          [y, n],
          [z, n],
          [w, n],
          [f, n],
        ],
      };
    },
  },
  "reduction and pre-emphasis": {
    sizes: { steps: [2, 30], columns: [1, 9] },
    run(k, a, { steps, columns }) {
      const n = steps! * columns!;
      const [x, means, dx, y, dPre] = [a.noise(n), a.zeros(columns!), a.noise(n), a.zeros(n), a.noise(n)];
      k.columnMeans(steps!, columns!, x, means);
      k.addToRows(steps!, columns!, means, dx);
      k.signAdd(n, 0.3, x, dx);
      k.preEmphasisForward(steps!, columns!, 0.85, x, y);
      k.preEmphasisBackward(steps!, columns!, 0.85, y, dPre);
      const value = k.sum(n, x) + 2 * k.sumOfSquares(n, x) + 3 * k.sumOfMagnitudes(n, x);
      return {
        ranges: [
          [means, columns!],
          [dx, n],
          [y, n - columns!],
          [dPre, n],
        ],
        value,
      };
    },
  },
  "dc block": {
    sizes: { steps: [1, 30], columns: [1, 9], carried: [0, 1] },
    run(k, a, { steps, columns, carried }) {
      const n = steps! * columns!;
      const [x, y, dx] = [a.noise(n), a.zeros(n), a.noise(n)];
      const state = carried === 1 ? a.noise(2 * columns!) : 0;
      k.dcBlockForward(steps!, columns!, 0.9, x, y, state);
      k.dcBlockBackward(steps!, columns!, 0.9, y, dx, carried!);
      return {
        ranges: [
          [y, n],
          [dx, n],
        ],
      };
    },
  },
  dense: {
    sizes: { outer: [1, 3], outputs: [1, 9], inputs: [1, 9], n: [1, 19], bias: [0, 1], accumulate: [0, 1] },
    run(k, a, { outer, outputs, inputs, n, bias, accumulate }) {
      const xRow = n! + 3;
      const [O, I, q] = [outputs!, inputs!, outer!];
      const x = a.noise(q * I * xRow);
      const y = a.noise(q * O * n!);
      const [w, b] = [a.noise(O * I), bias === 1 ? a.noise(O) : 0];
      k.dense(q, O, I, n!, x, I * xRow, xRow, w, b, y, O * n!, n!, accumulate!);
      const [dw, db] = [a.noise(O * I), bias === 1 ? a.noise(O) : 0];
      k.denseGradients(q, O, I, n!, x, I * xRow, xRow, y, O * n!, n!, dw, db);
      return { ranges: [[y, q * O * n!], [dw, O * I], ...(bias === 1 ? [[db, O] as [number, number]] : [])] };
    },
  },
  lstm: {
    sizes: { steps: [1, 25], batch: [1, 5], inputs: [1, 6], size: [1, 11], dX: [0, 1] },
    run(k, a, s) {
      const [T, B, I, H] = [s.steps!, s.batch! * 4, s.inputs!, s.size!];
      const [x, wi, wh, b] = [a.noise(T * I * B), a.noise(4 * H * I), a.noise(4 * H * H), a.noise(4 * H)];
      const [h, c] = [a.noise((T + 1) * H * B), a.noise((T + 1) * H * B)];
      const [gates, tc, scratch] = [a.zeros(T * H * 4 * B), a.zeros(T * H * B), a.zeros(recurrentScratch(B, I, H))];
      k.lstmForward(T, B, I, H, x, wi, wh, b, h, c, gates, tc, scratch);
      const [dh, dx] = [a.noise(T * H * B), s.dX === 1 ? a.noise(T * I * B) : 0];
      const [dwi, dwh, db] = [a.noise(4 * H * I), a.noise(4 * H * H), a.noise(4 * H)];
      k.lstmBackward(T, B, I, H, x, wi, wh, h, c, gates, tc, dh, dx, dwi, dwh, db, scratch);
      return {
        ranges: [
          [h, (T + 1) * H * B],
          [c, (T + 1) * H * B],
          [dwi, 4 * H * I],
          [dwh, 4 * H * H],
          [db, 4 * H],
          ...(s.dX === 1 ? [[dx, T * I * B] as [number, number]] : []),
        ],
      };
    },
  },
  gru: {
    sizes: { steps: [1, 25], batch: [1, 5], inputs: [1, 6], size: [1, 11], dX: [0, 1] },
    run(k, a, s) {
      const [T, B, I, H] = [s.steps!, s.batch! * 4, s.inputs!, s.size!];
      const [x, wi, wh] = [a.noise(T * I * B), a.noise(3 * H * I), a.noise(3 * H * H)];
      const [bi, bh] = [a.noise(3 * H), a.noise(3 * H)];
      const [h, gates, scratch] = [
        a.noise((T + 1) * H * B),
        a.zeros(T * H * 4 * B),
        a.zeros(recurrentScratch(B, I, H)),
      ];
      k.gruForward(T, B, I, H, x, wi, wh, bi, bh, h, gates, scratch);
      const [dh, dx] = [a.noise(T * H * B), s.dX === 1 ? a.noise(T * I * B) : 0];
      const [dwi, dwh, dbi, dbh] = [a.noise(3 * H * I), a.noise(3 * H * H), a.noise(3 * H), a.noise(3 * H)];
      k.gruBackward(T, B, I, H, x, wi, wh, h, gates, dh, dx, dwi, dwh, dbi, dbh, scratch);
      return {
        ranges: [
          [h, (T + 1) * H * B],
          [dwi, 3 * H * I],
          [dwh, 3 * H * H],
          [dbi, 3 * H],
          [dbh, 3 * H],
          ...(s.dX === 1 ? [[dx, T * I * B] as [number, number]] : []),
        ],
      };
    },
  },
  streams: {
    sizes: { n: [1, 20], inputs: [1, 6], size: [1, 13], skip: [0, 1] },
    run(k, a, s) {
      const [n, I, H, up] = [s.n!, s.inputs!, s.size!, up4(s.size!)];
      const [x, wi, wh, b] = [a.noise(n * I), a.noise(4 * H * I), a.noise(4 * H * H), a.noise(4 * H)];
      const [lp, gp] = [a.zeros(recurrentPackedSize(I, H)), a.zeros(recurrentPackedSize(I, H))];
      const [h, c, g, scratch] = [a.zeros(up), a.zeros(up), a.zeros(up), a.zeros(4 * up)];
      const [out, gOut, y] = [a.zeros(n * up), a.zeros(n * up), a.zeros(n)];
      k.lstmPack(I, H, wi, wh, b, lp);
      k.lstmStream(n, I, H, x, I, lp, h, c, out, scratch);
      k.gruPack(I, H, wi, wh, b, b, gp);
      k.gruStream(n, I, H, x, I, gp, g, gOut, scratch);
      k.denseStream(n, H, out, up, wh, b, x, s.skip!, y);
      return {
        ranges: [
          [out, n * up],
          [gOut, n * up],
          [h, up],
          [c, up],
          [g, up],
          [y, n],
        ],
      };
    },
  },
  "wavenet layer": {
    sizes: {
      channels: [1, 9],
      condition: [1, 3],
      kernel: [1, 4],
      dilation: [1, 9],
      gated: [0, 1],
      activation: [1, 3],
      n: [1, 300],
      skip: [0, 40],
      last: [0, 1],
    },
    run(k, a, s) {
      const [C, E, K, d, gated, n] = [s.channels!, s.condition!, s.kernel!, s.dilation!, s.gated!, s.n!];
      const reach = (K - 1) * d;
      const [M, skip, xRow, zRow] = [(1 + gated) * C, Math.min(s.skip!, n - 1), n + reach + 1, n + 2];
      const [w, b, mix, wo, bo] = [a.noise(M * C * K), a.noise(M), a.noise(M * E), a.noise(C * C), a.noise(C)];
      const packed = a.zeros(waveLayerPackedSize(C, E, K, gated));
      k.waveLayerPack(C, E, K, gated, w, b, mix, wo, bo, packed);
      const kept = waveLayerKeptRows(C, gated);
      const [x, c, z, head] = [a.noise(C * xRow), a.noise(E * n), a.zeros(kept * zRow), a.noise(C * n)];
      const out = s.last === 1 ? 0 : a.zeros(C * n);
      k.waveLayerForward(
        C,
        E,
        K,
        d,
        gated,
        s.activation!,
        0.1,
        n,
        packed,
        x,
        xRow,
        c,
        n,
        z,
        zRow,
        head,
        n,
        skip,
        out,
        n,
      );
      const dHead = a.noise(C * n);
      const dOut = s.last === 1 ? 0 : a.noise(C * n);
      const [dZ, dX] = [a.noise(M * (n + 2 * reach + 8)), a.noise(C * xRow)];
      const [dw, db, dm, dwo, dbo] = [a.noise(M * C * K), a.noise(M), a.noise(M * E), a.noise(C * C), a.noise(C)];
      k.waveLayerBackward(
        C,
        E,
        K,
        d,
        gated,
        s.activation!,
        0.1,
        n,
        packed,
        x,
        xRow,
        c,
        n,
        z,
        zRow,
        dHead,
        n,
        skip,
        dOut,
        n,
        dZ,
        n + 2 * reach + 8,
        dX,
        xRow,
        dw,
        db,
        dm,
        dwo,
        dbo,
      );
      return {
        ranges: [
          [head, C * n],
          ...(s.last === 1 ? [] : [[out, C * n] as [number, number]]),
          [dX, n + reach],
          [dw, M * C * K],
          [db, M],
          [dm, M * E],
          [dwo, C * C],
          [dbo, C],
        ],
      };
    },
  },
  adam: {
    sizes: { n: [1, 33], step: [1, 9] },
    run(k, a, { n, step }) {
      const [p, g, m, v] = [a.noise(n!), a.noise(n!), a.zeros(n!), a.zeros(n!)];
      for (let i = 1; i <= step!; i++) k.adam(n!, p, g, m, v, 0.01, 0.9, 0.999, 1e-8, 1 - 0.9 ** i, 1 - 0.999 ** i);
      return {
        ranges: [
          [p, n!],
          [m, n!],
          [v, n!],
        ],
      };
    },
  },
};

/** Lays the arrays out one after the other, with the same noise on every kernel set. */
function layOut(kernels: Kernels, seed: number): Arrays {
  let next = kernels.base;
  let state = seed >>> 0;
  const take = (n: number) => {
    const offset = next;
    next += n + 5;
    kernels.reserve(next);
    return offset;
  };
  return {
    noise(n, scale = 0.5) {
      const offset = take(n);
      for (let i = 0; i < n; i++) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        kernels.heap[offset + i] = Math.fround(scale * (state / 2 ** 31 - 1));
      }
      // What lies past an array must never matter.
      for (let i = 0; i < 5; i++) kernels.heap[offset + n + i] = Number.NaN;
      return offset;
    },
    zeros(n) {
      const offset = take(n);
      kernels.heap.fill(0, offset, offset + n);
      kernels.heap.fill(Number.NaN, offset + n, offset + n + 5);
      return offset;
    },
  };
}

const builds = fastestBuild() === "relaxed" ? (["simd", "relaxed"] as const) : (["simd"] as const);

describe.each(builds)("%s kernels agree with the plain ones", (build) => {
  it.each(Object.keys(cases))("%s", (name) => {
    const { sizes, run } = cases[name]!;
    const draw = fc.record(
      Object.fromEntries(Object.entries(sizes).map(([k, [min, max]]) => [k, fc.integer({ min, max })])),
    );
    fc.assert(
      fc.property(draw, fc.integer(), (s, seed) => {
        const results = [createPlainKernels(), createKernels(build)].map((kernels) => {
          const { ranges, value } = run(kernels, layOut(kernels, seed), s as Sizes);
          return { value, arrays: ranges.map(([offset, n]) => Array.from(kernels.heap.subarray(offset, offset + n))) };
        });
        const [plain, fast] = results as [(typeof results)[0], (typeof results)[0]];
        if (plain.value !== undefined)
          expect(Math.abs(fast.value! - plain.value)).toBeLessThan(1e-3 * (1 + Math.abs(plain.value)));
        plain.arrays.forEach((expected, i) => {
          const largest = Math.max(1, ...expected.map(Math.abs));
          expected.forEach((value, j) => {
            // Float32 sums of a few hundred terms of size one, and tanh within 4e-7: 2e-5 of the largest value.
            if (!(Math.abs(fast.arrays[i]![j]! - value) <= 2e-5 * largest)) {
              throw new Error(
                `array ${i}[${j}]: ${fast.arrays[i]![j]} instead of ${value} (sizes ${JSON.stringify(s)})`,
              );
            }
          });
        });
      }),
      { seed: 1, numRuns: 60 },
    );
  });
});
