import type { Expression } from "../circuit.ts";
import { type Frame, numberOf } from "./frame.ts";
import type { Waveform } from "./netlist.ts";
import { netlistError, quoted } from "./netlist-error.ts";
import { call, combine, constant, phaseIn, piecewise, type Point, time } from "./piecewise.ts";
import type { SourceElement } from "./netlist.ts";

/** Most points of a PWL source. */
const pointLimit = 200;

/** Rise and fall where none is written, seconds: to us they are jumps. */
const shortestSeconds = 1e-6;

const shapes: Readonly<Record<string, string>> = {
  sin: "SIN(offset amplitude hertz)",
  pulse: "PULSE(low high delay rise fall width period)",
  exp: "EXP(from to delay rise delay fall)",
  pwl: "PWL(seconds volts seconds volts …)",
};

/**
 * A waveform of a source that the audio does not drive, such as an LFO, as an expression of time. Time starts with the sound.
 *
 * Differs from SPICE where something is left out: rise and fall of a pulse then take a microsecond, a width lasts to the end.
 *
 * @throws TonewrightError `netlist-unsupported` for other shapes, `netlist-value`, `netlist-limit`
 * @see ngspice 39 manual, section 4.1
 */
export function waveformExpression(frame: Frame, { name, place, settings, waveform }: SourceElement): Expression {
  const { shape, arguments: list, repeats } = waveform as Waveform;
  const full = frame.prefix + name;
  const refuse = (message: string, hint: string) =>
    netlistError("netlist-value", place, `${quoted(full)}: ${message}`, hint);
  if (!Object.hasOwn(shapes, shape) || settings.file) {
    throw netlistError(
      "netlist-unsupported",
      place,
      `${quoted(full)} has the waveform ${shape.toUpperCase()}${settings.file ? " of a file" : ""}, and is not the source that the audio drives`,
      `name it as the input ("*.input ${name.slice(0, 40)}"), or write SIN, PULSE, EXP or PWL with numbers`,
    );
  }
  const x = list.map((formula) => numberOf(frame, formula));
  const bad = x.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw refuse(`number ${bad + 1} of ${shape.toUpperCase()} is ${x[bad]}`, `write ${shapes[shape]}`);
  switch (shape) {
    case "sin": {
      const [offset = 0, amplitude = 0, hertz, delay = 0, damping = 0, degrees = 0] = x;
      if (hertz === undefined || hertz < 0 || (x[6] ?? 0) !== 0)
        throw refuse(hertz === undefined ? "SIN has no frequency" : "SIN of a number of cycles", `write ${shapes.sin}`);
      return sine({ offset, amplitude, hertz, delay, damping, degrees });
    }
    case "pulse": {
      const [low = 0, high = 0, delay = 0, rise = 0, fall = 0, width = Infinity, period = 0, count = 0] = x;
      if (x.length < 2 || [rise, fall, width, period].some((value) => value < 0) || count !== 0)
        throw refuse(`PULSE(${x.join(" ")}) is no pulse`, `write ${shapes.pulse}, times 0 or more`);
      return pulse({ low, high, delay, rise, fall, width, period });
    }
    case "exp": {
      const [from = 0, to = 0, delay = 0, rise = shortestSeconds, back = delay + rise, fall = rise] = x;
      if (x.length < 2 || !(rise > 0 && fall > 0)) throw refuse(`EXP(${x.join(" ")})`, `write ${shapes.exp}`);
      const part = (start: number, seconds: number) =>
        combine(
          "subtract",
          constant(1),
          call("exp", combine("divide", call("uramp", combine("subtract", time, constant(start))), constant(-seconds))),
        );
      const upwards = combine("multiply", constant(to - from), part(delay, rise));
      const downwards = combine("multiply", constant(from - to), part(back, fall));
      return combine("add", constant(from), combine("add", upwards, downwards));
    }
    default: {
      const from = settings.r ? numberOf(frame, settings.r) : repeats ? 0 : -1;
      const delay = settings.td ? numberOf(frame, settings.td) : 0;
      const points = x.flatMap((at, k): Point[] => (k % 2 === 0 ? [[at, x[k + 1] ?? 0]] : []));
      if (points.length === 0 || x.length % 2 !== 0) throw refuse(`PWL has ${x.length} numbers`, `write ${shapes.pwl}`);
      if (points.length > pointLimit) {
        throw netlistError(
          "netlist-limit",
          place,
          `${quoted(full)}: PWL has ${points.length} points`,
          `write at most ${pointLimit}, or repeat a piece with r=0`,
        );
      }
      const late = points.findIndex(([at], k) => k > 0 && at < points[k - 1]![0]);
      if (late >= 0) throw refuse(`PWL goes back in time at ${points[late]![0]} s`, "write the points in their order");
      return lines(points, { from, delay });
    }
  }
}

function sine(wave: {
  readonly offset: number;
  readonly amplitude: number;
  readonly hertz: number;
  readonly delay: number;
  readonly damping: number;
  readonly degrees: number;
}): Expression {
  const since = wave.delay === 0 ? time : call("uramp", combine("subtract", time, constant(wave.delay)));
  const angle = combine("multiply", since, constant(2 * Math.PI * wave.hertz));
  const tone = call("sin", combine("add", angle, constant((wave.degrees * Math.PI) / 180)));
  const decay = call("exp", combine("multiply", since, constant(-wave.damping)));
  const amplitude = constant(wave.amplitude);
  const size = wave.damping === 0 ? amplitude : combine("multiply", amplitude, decay);
  return combine("add", constant(wave.offset), combine("multiply", size, tone));
}

function pulse(wave: {
  readonly low: number;
  readonly high: number;
  readonly delay: number;
  readonly rise: number;
  readonly fall: number;
  readonly width: number;
  readonly period: number;
}): Expression {
  const { low, high, delay, width, period } = wave;
  const rise = wave.rise || shortestSeconds;
  const fall = wave.fall || shortestSeconds;
  const up: Point[] = [
    [0, low],
    [rise, high],
  ];
  const down: Point[] = Number.isFinite(width)
    ? [
        [rise + width, high],
        [rise + width + fall, low],
      ]
    : [];
  const since = combine("subtract", time, constant(delay));
  if (period === 0) return piecewise(since, [...up, ...down]);
  const repeated = piecewise(phaseIn(since, period), [...up, ...down]);
  return delay > 0 ? call("if", combine("less", since, constant(0)), constant(low), repeated) : repeated;
}

/** @param options.from - Seconds from which on the points are repeated; below 0 they are not. */
function lines(
  points: readonly Point[],
  { from, delay }: { readonly from: number; readonly delay: number },
): Expression {
  const since = delay === 0 ? time : combine("subtract", time, constant(delay));
  const end = points.at(-1)![0];
  if (from < 0 || end <= from) return piecewise(since, points);
  const phase = combine("add", phaseIn(combine("subtract", since, constant(from)), end - from), constant(from));
  return call("if", combine("less", since, constant(end)), piecewise(since, points), piecewise(phase, points));
}
