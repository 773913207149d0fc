import type { Heap, KernelsOf } from "../kernels.ts";

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Elements of scratch that the LSTM kernels need, forward or backward. */
export function recurrentScratch(batch: number, inputs: number, hiddenSize: number): number {
  const up = (n: number) => (n + 3) & ~3;
  const columns = hiddenSize + inputs + 1;
  const chunk = Math.max(4, Math.floor(80 / batch));
  const weights = 4 * hiddenSize * (up(hiddenSize) + up(inputs) + columns);
  return weights + batch * (up(hiddenSize) + hiddenSize + 4 + chunk * 4 * hiddenSize) + 16;
}

/** Elements of a recurrent layer's weights as the streaming kernels want them. */
export function recurrentPackedSize(inputs: number, hiddenSize: number): number {
  return (hiddenSize + inputs + 1) * 4 * ((hiddenSize + 3) & ~3);
}

/** The definition of the LSTM kernels (Hochreiter & Schmidhuber 1997 with forget gate, as `torch.nn.LSTM` states it). */
export function plainLstm(heap: Heap): KernelsOf<"lstmForward" | "lstmBackward" | "lstmPack" | "lstmStream"> {
  return {
    lstmForward(steps, batch, inputs, size, x, weightIh, weightHh, bias, hidden, cell, gates, tanhCell) {
      const m = heap();
      const row = size * batch;
      for (let t = 0; t < steps; t++) {
        for (let u = 0; u < size; u++) {
          for (let b = 0; b < batch; b++) {
            const z = [0, 1, 2, 3].map((g) => {
              const r = g * size + u;
              let total = m[bias + r]!;
              for (let k = 0; k < inputs; k++)
                total += m[weightIh + r * inputs + k]! * m[x + (t * inputs + k) * batch + b]!;
              for (let k = 0; k < size; k++)
                total += m[weightHh + r * size + k]! * m[hidden + t * row + k * batch + b]!;
              return total;
            });
            const [i, f, g, o] = [sigmoid(z[0]!), sigmoid(z[1]!), Math.tanh(z[2]!), sigmoid(z[3]!)];
            const at = u * batch + b;
            const c = f * m[cell + t * row + at]! + i * g;
            m[cell + (t + 1) * row + at] = c;
            m[hidden + (t + 1) * row + at] = o * Math.tanh(c);
            if (gates !== 0) {
              const unit = t * size + u;
              [i, f, g, o].forEach((v, gate) => {
                m[gates + (unit * 4 + gate) * batch + b] = v;
              });
              m[tanhCell + unit * batch + b] = Math.tanh(c);
            }
          }
        }
      }
    },
    lstmBackward(
      steps,
      batch,
      inputs,
      size,
      x,
      weightIh,
      weightHh,
      hidden,
      cell,
      gates,
      tanhCell,
      dHidden,
      dX,
      dWeightIh,
      dWeightHh,
      dBias,
    ) {
      const m = heap();
      const row = size * batch;
      let dh = new Float64Array(row);
      const dc = new Float64Array(row);
      for (let t = steps - 1; t >= 0; t--) {
        const dPrevious = new Float64Array(row);
        for (let u = 0; u < size; u++) {
          for (let b = 0; b < batch; b++) {
            const at = u * batch + b;
            const unit = t * size + u;
            const gate = (g: number) => m[gates + (unit * 4 + g) * batch + b]!;
            const [i, f, g, o, tc] = [gate(0), gate(1), gate(2), gate(3), m[tanhCell + unit * batch + b]!];
            const dhu = m[dHidden + t * row + at]! + dh[at]!;
            const dcu = dc[at]! + dhu * o * (1 - tc * tc);
            dc[at] = dcu * f;
            const dz = [
              dcu * g * i * (1 - i),
              dcu * m[cell + t * row + at]! * f * (1 - f),
              dcu * i * (1 - g * g),
              dhu * tc * o * (1 - o),
            ];
            dz.forEach((d, gateIndex) => {
              const r = gateIndex * size + u;
              m[dBias + r]! += d;
              for (let k = 0; k < inputs; k++) {
                m[dWeightIh + r * inputs + k]! += d * m[x + (t * inputs + k) * batch + b]!;
                if (dX !== 0) m[dX + (t * inputs + k) * batch + b]! += d * m[weightIh + r * inputs + k]!;
              }
              for (let k = 0; k < size; k++) {
                m[dWeightHh + r * size + k]! += d * m[hidden + t * row + k * batch + b]!;
                dPrevious[k * batch + b]! += d * m[weightHh + r * size + k]!;
              }
            });
          }
        }
        dh = dPrevious;
      }
    },
    lstmPack(inputs, size, weightIh, weightHh, bias, packed) {
      const m = heap();
      const up = (size + 3) & ~3;
      m.fill(0, packed, packed + recurrentPackedSize(inputs, size));
      for (let g = 0; g < 4; g++) {
        for (let u = 0; u < size; u++) {
          const r = g * size + u;
          const put = (column: number, value: number) => {
            m[packed + (column * 4 + g) * up + u] = value;
          };
          for (let k = 0; k < size; k++) put(k, m[weightHh + r * size + k]!);
          for (let k = 0; k < inputs; k++) put(size + k, m[weightIh + r * inputs + k]!);
          put(size + inputs, m[bias + r]!);
        }
      }
    },
    lstmStream(n, inputs, size, x, xRow, packed, hidden, cell, out, scratch) {
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
          const z = (g: number) => m[scratch + g * up + u]!;
          const c = sigmoid(z(1)) * m[cell + u]! + sigmoid(z(0)) * Math.tanh(z(2));
          m[cell + u] = c;
          m[hidden + u] = sigmoid(z(3)) * Math.tanh(c);
          m[out + s * up + u] = m[hidden + u]!;
        }
      }
    },
  };
}
