import { wrongCall } from "../../errors/index.ts";
import type { Taper } from "./netlist.ts";

/** Share of the resistance that logarithmic potentiometers have at half rotation unless written. */
const usualMiddle = 0.15;

const kinds: Readonly<Record<string, Taper["kind"]>> = {
  a: "audio",
  log: "audio",
  audio: "audio",
  b: "linear",
  lin: "linear",
  linear: "linear",
  c: "reverse-audio",
  antilog: "reverse-audio",
  revlog: "reverse-audio",
};

/**
 * A taper by its usual name: `A` (also `log`), `B` (`linear`), `C` (`antilog`); a number behind it is the percentage at half
 * rotation, such as `A10` or `C20`. Nothing if the text is none of these.
 *
 * @throws TonewrightError `wrong-call` if it is no text
 */
export function readTaper(text: string): Taper | undefined {
  if (typeof text !== "string") throw wrongCall("readTaper(text)", "the taper", text, 'give it as text: "A15"');
  const found = /^([a-z]+)(\d+(?:\.\d+)?)?$/i.exec(text.trim());
  const name = found?.[1]?.toLowerCase() ?? "";
  if (!found || !Object.hasOwn(kinds, name)) return undefined;
  const kind = kinds[name] ?? "linear";
  const middle = found[2] === undefined ? usualMiddle : Number(found[2]) / 100;
  if (kind === "linear") return found[2] === undefined ? { kind, middle: 0.5 } : undefined;
  return middle >= 0.01 && middle < 0.5 ? { kind, middle } : undefined;
}

/**
 * What share of a potentiometer's resistance lies between its first end and the wiper.
 *
 * Audio tapers are the exponential through 0, `middle` and 1, which real tracks approach with two or three straight pieces.
 *
 * @param position - Rotation, 0 to 1.
 * @returns 0 to 1.
 */
export function taperShare(position: number, { kind, middle }: Taper): number {
  if (kind === "linear") return position;
  if (kind === "reverse-audio") return 1 - taperShare(1 - position, { kind: "audio", middle });
  const ratio = (1 / middle - 1) ** 2;
  return (ratio ** position - 1) / (ratio - 1);
}

/** The rotation at which a potentiometer reaches a share of its resistance: the inverse of `taperShare`. */
export function taperPosition(share: number, { kind, middle }: Taper): number {
  if (kind === "linear") return share;
  if (kind === "reverse-audio") return 1 - taperPosition(1 - share, { kind: "audio", middle });
  const ratio = (1 / middle - 1) ** 2;
  return Math.log(1 + share * (ratio - 1)) / Math.log(ratio);
}
