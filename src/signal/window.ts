/**
 * Hann window, periodic: it is one period of a raised cosine and starts at 0, but does not end there.
 *
 * @param samples - Length, at least 1.
 * @returns Shape `[samples]`, 0 to 1.
 * @see torch.hann_window and scipy.signal.get_window, which are periodic by default too
 */
export function hann(samples: number): Float64Array {
  const window = new Float64Array(samples);
  for (let n = 0; n < samples; n++) window[n] = 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / samples);
  return window;
}
