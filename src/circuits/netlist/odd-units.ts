import type { Formula, Place } from "./netlist.ts";
import { quoted } from "./netlist-error.ts";
import { objectsIn } from "./objects-in.ts";
import { scanSpiceNumber } from "./spice-number.ts";

/** Units that people write behind a number and its suffix. */
const units =
  /^(ohms?|[Ωω]|r|f|fd|farads?|h|hy|henry|henrys|henries|v|volts?|vdc|vac|vpp|vp|vrms|a|amps?|amperes?|hz|hertz|s|secs?|seconds?|w|watts?|va|db|deg|degrees?|°|°?c|celsius|rad|m|mho|siemens)?$/i;

/**
 * Tells of numbers with letters behind them that are neither a suffix nor a unit: `1ok`, with the letter o, is 1 to SPICE.
 *
 * @param data - Elements, models or parameters.
 * @param subject - In front of the message, such as `r9: `.
 */
export function findOddUnits(
  data: unknown,
  { subject, warn }: { readonly subject: string; readonly warn: (place: Place, text: string) => void },
): void {
  for (const found of objectsIn(data)) {
    if (typeof found.text !== "string" || !found.expression || !found.place) continue;
    const { text, place } = found as unknown as Formula;
    for (const { written, value, unit } of numbersIn(text)) {
      if (units.test(unit)) continue;
      const meaning = `is read as ${Number(value.toPrecision(6))}, since ${quoted(unit)} is no unit`;
      warn(place, `${subject}${quoted(written)} ${meaning}: correct the number (suffixes are T G Meg k m u n p f)`);
    }
  }
}

function numbersIn(formula: string): { written: string; value: number; unit: string }[] {
  // Names of nodes and sources may begin with digits.
  const text = formula.replace(/\b[vi]\s*\([^()]*\)/gi, (call) => " ".repeat(call.length));
  const found: { written: string; value: number; unit: string }[] = [];
  for (let at = 0; at < text.length; ) {
    const isInName = at > 0 && /[\p{L}\p{N}_.$#]/u.test(text[at - 1] ?? "");
    const number = isInName ? undefined : scanSpiceNumber(text, at);
    if (number) found.push({ written: text.slice(at, number.end), value: number.value, unit: number.unit });
    at = number?.end ?? at + 1;
  }
  return found;
}
