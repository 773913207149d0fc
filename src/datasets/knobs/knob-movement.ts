import { TonewrightError } from "../../errors/index.ts";
import type { EffectKnob } from "./effect-knob.ts";
import { knobNamed, readKnobValue } from "./knob-choices.ts";

/** How one knob turns while a recording runs. */
export interface KnobMovement {
  readonly knob: EffectKnob;
  readonly path: /** Down and up again, beginning at `min`. */
    | { readonly kind: "sine"; readonly min: number; readonly max: number; readonly periodSeconds: number }
    /** Straight lines between points; still before the first and after the last. */
    | { readonly kind: "lines"; readonly points: readonly { readonly seconds: number; readonly value: number }[] };
}

/**
 * Movements from a text such as `drive=0..1@8,tone=0.2@0|0.8@10`.
 *
 * `a..b@s` swings between a and b with a period of s seconds; `a@s|b@t|…` goes in straight lines from a at s seconds to b at
 * t seconds.
 *
 * @throws TonewrightError `unknown-knob`; `bad-movement` for a text that cannot be read, or a switch; `bad-knob`.
 */
export function readKnobMovements(text: string, knobs: readonly EffectKnob[]): KnobMovement[] {
  const movements = text.split(",").map((item): KnobMovement => {
    const [, name = "", path = ""] = /^([^=]*)=(.*)$/s.exec(item.trim()) ?? [];
    if (name.trim() === "") throw badMovement(`"${item}" names no knob`);
    const knob = knobNamed(name.trim(), knobs);
    if (knob.positions !== undefined) {
      throw new TonewrightError(
        "bad-movement",
        `"${knob.name}" is a switch, which does not turn`,
        "move a knob with a range",
      );
    }
    const swing = /^(.+?)\.\.(.+)@([\d.]+)s?$/.exec(path.trim());
    if (swing !== null) {
      const [min, max] = [readKnobValue(swing[1]!, knob), readKnobValue(swing[2]!, knob)];
      const periodSeconds = Number(swing[3]);
      if (!(periodSeconds > 0) || !(min < max)) throw badMovement(`"${item}"`);
      return { knob, path: { kind: "sine", min, max, periodSeconds } };
    }
    const points = path.split("|").map((point) => {
      const [, value = "", seconds = ""] = /^(.+)@([\d.]+)s?$/.exec(point.trim()) ?? [];
      if (seconds === "" || !Number.isFinite(Number(seconds))) throw badMovement(`"${item}"`);
      return { seconds: Number(seconds), value: readKnobValue(value, knob) };
    });
    if (points.some(({ seconds }, k) => k > 0 && seconds <= points[k - 1]!.seconds)) {
      throw badMovement(`"${item}" goes back in time`);
    }
    return { knob, path: { kind: "lines", points } };
  });
  const doubled = movements.find(({ knob }, k) => movements.findIndex((other) => other.knob === knob) < k);
  if (doubled !== undefined) throw badMovement(`"${doubled.knob.name}" is moved twice`);
  return movements;
}

/** Where a knob stands at a time. */
export function knobValueAt({ path }: Pick<KnobMovement, "path">, seconds: number): number {
  if (path.kind === "sine") {
    return path.min + ((path.max - path.min) * (1 - Math.cos((2 * Math.PI * seconds) / path.periodSeconds))) / 2;
  }
  const { points } = path;
  const next = points.findIndex((point) => point.seconds > seconds);
  if (next <= 0) return points.at(next)!.value;
  const [before, after] = [points[next - 1]!, points[next]!];
  const share = (seconds - before.seconds) / (after.seconds - before.seconds);
  return before.value + (after.value - before.value) * share;
}

/**
 * The table that stands beside a recording with moving knobs: CSV with a column of seconds and one for each knob.
 *
 * @param options.rateHz - Rows per second.
 */
export function trajectoryCsv(
  movements: readonly KnobMovement[],
  { seconds, rateHz = 100 }: { readonly seconds: number; readonly rateHz?: number },
): string {
  const rows = Array.from({ length: Math.floor(seconds * rateHz) + 1 }, (_, k) => {
    const time = k / rateHz;
    return [time, ...movements.map((movement) => Number(knobValueAt(movement, time).toPrecision(6)))].join(",");
  });
  return `${[["seconds", ...movements.map(({ knob }) => knob.name)].join(","), ...rows].join("\n")}\n`;
}

function badMovement(message: string): TonewrightError {
  return new TonewrightError(
    "bad-movement",
    message,
    "write drive=0..1@8 to swing with a period of 8 s, or drive=0@0|1@10 to go from 0 to 1 in 10 s",
  );
}
