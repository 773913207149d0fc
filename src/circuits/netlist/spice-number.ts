const scales: Readonly<Record<string, number>> = {
  t: 1e12,
  g: 1e9,
  meg: 1e6,
  k: 1e3,
  mil: 25.4e-6,
  m: 1e-3,
  u: 1e-6,
  µ: 1e-6,
  μ: 1e-6,
  n: 1e-9,
  p: 1e-12,
  f: 1e-15,
  r: 1,
};

const mantissa = /(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/iy;
const infix = /(meg|mil|[tgkmunpfrµμ])(\d+)/iy;
const scale = /meg|mil|[tgkmunpfµμ]/iy;
const unit = /[a-zµμΩω°]*/iy;

/**
 * The number at a place in a text, without sign, where it ends, and the letters of its unit; nothing if no number stands there.
 *
 * Suffixes scale, in any case: `T G Meg k mil m u µ n p f`. So `1M` is a thousandth, and `1F` a femtofarad. Letters behind
 * the suffix are a unit and mean nothing: `10kOhm`. A suffix may stand for the decimal point: `4k7`, `2R2`.
 */
export function scanSpiceNumber(
  text: string,
  at: number,
): { readonly value: number; readonly end: number; readonly unit: string } | undefined {
  const digits = match(mantissa, text, at);
  if (!digits) return undefined;
  let end = at + digits[0].length;
  let value = Number(digits[0]);
  const point = /^\d+$/.test(digits[0]) ? match(infix, text, end) : null;
  if (point) {
    end += point[0].length;
    value = scaled(`${digits[0]}.${point[2]}`, point[1] ?? "");
  } else {
    const suffix = match(scale, text, end);
    if (suffix) {
      end += suffix[0].length;
      value = scaled(digits[0], suffix[0]);
    }
  }
  const letters = match(unit, text, end)?.[0] ?? "";
  return { value, end: end + letters.length, unit: letters };
}

/** The value of a text that is a number and nothing else, with or without sign; otherwise nothing. */
export function readSpiceNumber(text: string): number | undefined {
  const sign = text.startsWith("-") ? -1 : 1;
  const start = /^[+-]/.test(text) ? 1 : 0;
  const number = scanSpiceNumber(text, start);
  return number?.end === text.length ? sign * number.value : undefined;
}

/** As the nearest number to what is written: `4.7n` is 4.7e-9, not 4.7 times 1e-9. */
function scaled(digits: string, suffix: string): number {
  const factor = scales[suffix.toLowerCase()] ?? 1;
  const exponent = Math.round(Math.log10(factor));
  return /e/i.test(digits) || 10 ** exponent !== factor ? Number(digits) * factor : Number(`${digits}e${exponent}`);
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
