import type { Heap, KernelsOf } from "../kernels.ts";

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** The definition of the GRU kernels (Cho et al. 2014, with the reset gate after the product, as `torch.nn.GRU` and cuDNN). */
export function plainGru(heap: Heap): KernelsOf<"gruForward" | "gruBackward" | "gruPack" | "gruStream"> {
  return {
    gruForward(steps, batch, inputs, size, x, weightIh, weightHh, biasIh, biasHh, hidden, gates) {
      const m = heap();
      const row = size * batch;
      for (let t = 0; t < steps; t++) {
        for (let u = 0; u < size; u++) {
          for (let b = 0; b < batch; b++) {
            const fromInput = (g: number) => {
              let total = m[biasIh + g * size + u]!;
              for (let k = 0; k < inputs; k++) {
                total += m[weightIh + (g * size + u) * inputs + k]! * m[x + (t * inputs + k) * batch + b]!;
              }
              return total;
            };
            const fromHidden = (g: number) => {
              let total = m[biasHh + g * size + u]!;
              for (let k = 0; k < size; k++) {
                total += m[weightHh + (g * size + u) * size + k]! * m[hidden + t * row + k * batch + b]!;
              }
              return total;
            };
            const r = sigmoid(fromInput(0) + fromHidden(0));
            const z = sigmoid(fromInput(1) + fromHidden(1));
            const recurrent = fromHidden(2);
            const n = Math.tanh(fromInput(2) + r * recurrent);
            const at = u * batch + b;
            m[hidden + (t + 1) * row + at] = (1 - z) * n + z * m[hidden + t * row + at]!;
            if (gates !== 0) {
              [r, z, n, recurrent].forEach((v, g) => {
                m[gates + ((t * size + u) * 4 + g) * batch + b] = v;
              });
            }
          }
        }
      }
    },
    gruBackward(
      steps,
      batch,
      inputs,
      size,
      x,
      weightIh,
      weightHh,
      hidden,
      gates,
      dHidden,
      dX,
      dWeightIh,
      dWeightHh,
      dBiasIh,
      dBiasHh,
    ) {
      const m = heap();
      const row = size * batch;
      let dh = new Float64Array(row);
      for (let t = steps - 1; t >= 0; t--) {
        const dPrevious = new Float64Array(row);
        for (let u = 0; u < size; u++) {
          for (let b = 0; b < batch; b++) {
            const at = u * batch + b;
            const gate = (g: number) => m[gates + ((t * size + u) * 4 + g) * batch + b]!;
            const [r, z, n, recurrent] = [gate(0), gate(1), gate(2), gate(3)];
            const dhu = m[dHidden + t * row + at]! + dh[at]!;
            const dn = dhu * (1 - z) * (1 - n * n);
            const dz = dhu * (m[hidden + t * row + at]! - n) * z * (1 - z);
            const dr = dn * recurrent * r * (1 - r);
            dPrevious[at]! += dhu * z;
            const inputSide = [dr, dz, dn];
            const hiddenSide = [dr, dz, dn * r];
            for (let g = 0; g < 3; g++) {
              const rowOf = g * size + u;
              m[dBiasIh + rowOf]! += inputSide[g]!;
              m[dBiasHh + rowOf]! += hiddenSide[g]!;
              for (let k = 0; k < inputs; k++) {
                m[dWeightIh + rowOf * inputs + k]! += inputSide[g]! * m[x + (t * inputs + k) * batch + b]!;
                if (dX !== 0)
                  m[dX + (t * inputs + k) * batch + b]! += inputSide[g]! * m[weightIh + rowOf * inputs + k]!;
              }
              for (let k = 0; k < size; k++) {
                m[dWeightHh + rowOf * size + k]! += hiddenSide[g]! * m[hidden + t * row + k * batch + b]!;
                dPrevious[k * batch + b]! += hiddenSide[g]! * m[weightHh + rowOf * size + k]!;
              }
            }
          }
        }
        dh = dPrevious;
      }
    },
    gruPack(inputs, size, weightIh, weightHh, biasIh, biasHh, packed) {
      const m = heap();
      const up = (size + 3) & ~3;
      m.fill(0, packed, packed + (size + inputs + 1) * 4 * up);
      for (let u = 0; u < size; u++) {
        const put = (column: number, gate: number, value: number) => {
          m[packed + (column * 4 + gate) * up + u] = value;
        };
        for (let g = 0; g < 3; g++) {
          const r = g * size + u;
          for (let k = 0; k < size; k++) put(k, g, m[weightHh + r * size + k]!);
          for (let k = 0; k < inputs; k++) put(size + k, g === 2 ? 3 : g, m[weightIh + r * inputs + k]!);
        }
        for (let g = 0; g < 2; g++) put(size + inputs, g, m[biasIh + g * size + u]! + m[biasHh + g * size + u]!);
        put(size + inputs, 2, m[biasHh + 2 * size + u]!);
        put(size + inputs, 3, m[biasIh + 2 * size + u]!);
      }
    },
    gruStream(n, inputs, size, x, xRow, packed, hidden, out, scratch) {
      const m = heap();
      const up = (size + 3) & ~3;
      for (let s = 0; s < n; s++) {
        for (let j = 0; j < 4 * up; j++) {
          let total = m[packed + (size + inputs) * 4 * up + j]!;
          for (let k = 0; k < size; k++) total += m[packed + k * 4 * up + j]! * m[hidden + k]!;
          for (let k = 0; k < inputs; k++) total += m[packed + (size + k) * 4 * up + j]! * m[x + s * xRow + k]!;
          m[scratch + j] = total;
        }
        for (let u = 0; u < up; u++) {
          const sums = (g: number) => m[scratch + g * up + u]!;
          const z = sigmoid(sums(1));
          const value = Math.tanh(sigmoid(sums(0)) * sums(2) + sums(3));
          m[hidden + u] = (1 - z) * value + z * m[hidden + u]!;
          m[out + s * up + u] = m[hidden + u]!;
        }
      }
    },
  };
}
