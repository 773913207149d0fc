/** The marks of a time axis. */
export interface TimeTicks {
  /** Seconds. */
  readonly ticks: readonly number[];
  readonly format: (seconds: number) => string;
  /** Of the axis, with the unit. */
  readonly label: string;
}

const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400];
/** About as many fit side by side. */
const most = 10;

/** Round times from 0 to the end: in seconds, above two minutes in minutes, above two hours in hours. */
export function timeTicks(seconds: number): TimeTicks {
  const rough = seconds / most;
  const step = rough < 1 ? fineStep(rough) : (steps.find((one) => one >= rough) ?? 86_400 * Math.ceil(rough / 86_400));
  const ticks = Array.from({ length: Math.floor(seconds / step + 1e-6) + 1 }, (_, k) =>
    Number((k * step).toPrecision(9)),
  );
  if (seconds <= 120) return { ticks, format: (one) => String(Number(one.toPrecision(6))), label: "time (s)" };
  const two = (value: number) => String(value).padStart(2, "0");
  if (seconds <= 7200) {
    return { ticks, format: (one) => `${Math.floor(one / 60)}:${two(Math.round(one % 60))}`, label: "time (min:s)" };
  }
  const format = (one: number) => `${Math.floor(one / 3600)}:${two(Math.floor((one % 3600) / 60))}`;
  return { ticks, format, label: "time (h:min)" };
}

function fineStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10) * power;
}
