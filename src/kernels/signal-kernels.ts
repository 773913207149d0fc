/** The kernels of sound itself: other rates, spectra, filter banks. What arguments mean is said at `Kernels`. */
export interface SignalKernels {
  /**
   * Polyphase filter that changes the sample rate by `up / down`: with `i up + r = position + k down` and r < up,
   * `y[k] = sum_j rows[r][j] x[i + j]` for k < n. rows `[up, taps]`, taps a multiple of 8; up, down and position below 2^30.
   */
  firResample(
    n: number,
    taps: number,
    up: number,
    down: number,
    position: number,
    rows: number,
    x: number,
    y: number,
  ): void;
  /**
   * As `firResample` where `up` is too large for a row per phase: rows `[phases + 3, taps]` sample the filter at the
   * phases -1, 0, … phases + 1 (parts of `phases`), and the cubic through four of them stands for what lies between.
   */
  firResampleBetween(
    n: number,
    taps: number,
    phases: number,
    up: number,
    down: number,
    position: number,
    rows: number,
    x: number,
    y: number,
  ): void;

  /**
   * Spectra of `count` real rows: `X[k] = sum_n window[n] x[n] exp(-2πi k n / size)` for k = 0 … size / 2, not scaled.
   * `hasFastFft(size)`; row r of x starts at `x + r xRow` (rows may overlap: xRow is then the hop), `window` is optional.
   * `plan`: `fftPlanSize(size)` elements, filled by `writeFftPlan`; its end is scratch. re and im: rows of `size / 2 + 1`,
   * `row` apart.
   */
  realFftForward(
    size: number,
    count: number,
    x: number,
    xRow: number,
    window: number,
    plan: number,
    re: number,
    im: number,
    row: number,
  ): void;
  /** The signals of such spectra, `1 / size` included; the imaginary parts of the first and last bin count as 0. */
  realFftInverse(
    size: number,
    count: number,
    re: number,
    im: number,
    row: number,
    plan: number,
    y: number,
    yRow: number,
  ): void;
  /** `y[r][k] = re[r][k]² + im[r][k]²`. */
  powers(rows: number, columns: number, re: number, im: number, row: number, y: number, yRow: number): void;
  /**
   * `y[r][b] = sum_k weight[b][k] x[r][starts[b] + k]` for k < lengths[b]: a filter bank whose bands are short.
   * starts and lengths are whole numbers; row b of the weights follows row b - 1, each filled with zeros to a multiple of 4.
   */
  bandSums(
    rows: number,
    bands: number,
    x: number,
    xRow: number,
    starts: number,
    lengths: number,
    weights: number,
    y: number,
    yRow: number,
  ): void;
}
