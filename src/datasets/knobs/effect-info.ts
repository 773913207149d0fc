import { knobValueText } from "./effect-knob.ts";

/** What `effect_info.ini` says of a dataset. */
export interface EffectInfo {
  readonly name: string;
  readonly knobNames: readonly string[];
  /** Lowest and highest value of each knob. */
  readonly knobRanges: readonly (readonly [number, number])[];
  /** Input and target have changed places: the effect is to be undone. */
  readonly inverse: boolean;
}

/**
 * The text of an `effect_info.ini`, as SignalTrain reads it: lists in Python's notation.
 *
 * @see https://github.com/drscotthawley/signaltrain, `FileEffect`
 */
export function writeEffectInfo({ name, knobNames, knobRanges, inverse }: EffectInfo): string {
  const names = knobNames.map((knob) => `'${knob.replace(/[\\']/g, (character) => `\\${character}`)}'`);
  const ranges = knobRanges.map(([min, max]) => `[${knobValueText(min)}, ${knobValueText(max)}]`);
  return [
    "[effect]",
    `name = ${name.replace(/\s+/g, " ")}`,
    `knob_names = [${names.join(", ")}]`,
    `knob_ranges = [${ranges.join(", ")}]`,
    // SignalTrain takes any text for true.
    ...(inverse ? ["inverse = True"] : []),
    "",
  ].join("\n");
}

/**
 * What an `effect_info.ini` says; nothing for a text that is none, or whose lists do not fit each other.
 *
 * Nothing in it is evaluated: lists of texts and numbers are all that is understood.
 */
export function readEffectInfo(text: string): EffectInfo | undefined {
  const values = new Map<string, string>();
  let section = "";
  for (const line of text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/)) {
    const heading = /^\s*\[([^\]]*)\]\s*$/.exec(line)?.[1];
    if (heading !== undefined) section = heading.trim().toLowerCase();
    const [, key, value] = /^\s*([A-Za-z_]+)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    if (section === "effect" && key !== undefined && value !== undefined) values.set(key.toLowerCase(), value);
  }
  const knobNames = readList(values.get("knob_names") ?? "");
  const knobRanges = readList(values.get("knob_ranges") ?? "");
  if (!knobNames?.every((name) => typeof name === "string")) return undefined;
  if (!knobRanges?.every(isRange) || knobRanges.length !== knobNames.length) return undefined;
  return {
    name: (values.get("name") ?? "").replace(/^(['"])(.*)\1$/, "$2"),
    knobNames,
    knobRanges,
    inverse: /^(true|1|yes)$/i.test(values.get("inverse") ?? ""),
  };
}

type Value = string | number | Value[];

const isRange = (value: Value): value is [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every((end) => typeof end === "number");

/** A list in Python's notation; nothing for anything else. */
function readList(text: string): Value[] | undefined {
  const tokens = text.match(/\[|\]|,|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^\s[\],'"]+/g) ?? [];
  let at = 0;
  const value = (depth: number): Value | undefined => {
    const token = tokens[at++];
    if (token === undefined || depth > 4) return undefined;
    if (token === "[") {
      const items: Value[] = [];
      while (tokens[at] !== "]") {
        const item = value(depth + 1);
        if (item === undefined) return undefined;
        items.push(item);
        if (tokens[at] === ",") at++;
        else if (tokens[at] !== "]") return undefined;
      }
      at++;
      return items;
    }
    if (/^['"]/.test(token)) return token.slice(1, -1).replace(/\\(.)/g, "$1");
    return token.trim() !== "" && Number.isFinite(Number(token)) ? Number(token) : undefined;
  };
  const list = value(0);
  return Array.isArray(list) && at === tokens.length ? list : undefined;
}
