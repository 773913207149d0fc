import { type ElementLine, takePair } from "./element-line.ts";
import type { Formula, NetlistElement, Settings, SourceElement, Waveform } from "./netlist.ts";
import { netlistError, quoted } from "./netlist-error.ts";

const shapes = new Set([
  "sin",
  "sine",
  "pulse",
  "pwl",
  "exp",
  "sffm",
  "am",
  "trnoise",
  "trrandom",
  "external",
  "wavefile",
]);
/** Words of other analyses, with numbers behind them. */
const otherAnalyses = new Set(["ac", "distof1", "distof2"]);

/** An independent source: a constant with or without `DC`, `AC` values passed over, and a waveform. */
export function readSource(letter: "v" | "i", line: ElementLine): NetlistElement {
  const { cursor, name, place } = line;
  const kind = letter === "v" ? "voltage-source" : "current-source";
  const nodes = takePair(line, letter === "v" ? "V1 plus minus 9" : "I1 from to 1m");
  let constant: Formula | undefined;
  let waveform: Waveform | undefined;
  let ac = false;
  const settings: Record<string, Formula> = Object.create(null);
  while (!cursor.atEnd) {
    if (cursor.atSetting()) {
      const setting = cursor.settingName();
      const value = cursor.value();
      if (!value) break;
      if (setting === "dc") constant = value;
      else if (setting === "ac") ac = true;
      else if (setting === "wavefile") waveform = { shape: setting, arguments: [value] };
      else settings[setting] = value;
      continue;
    }
    const word = cursor.peekWord()?.toLowerCase() ?? "";
    if (word === "dc") {
      cursor.word();
      constant = takeNumber(line) ?? constant;
    } else if (otherAnalyses.has(word)) {
      cursor.word();
      ac ||= word === "ac";
      while (takeNumber(line));
    } else if (shapes.has(word)) {
      waveform = takeWaveform(line);
    } else {
      const value = cursor.value();
      if (!value) break;
      if (constant || value.expression === null) {
        throw netlistError(
          "netlist-syntax",
          place,
          `${quoted(name)}: ${quoted(value.text)} is no part of a source`,
          `write a constant, such as: ${letter === "v" ? "V1 plus minus 9" : "I1 from to 1m"}`,
        );
      }
      constant = value;
    }
  }
  const element: SourceElement = { kind, name, place, settings: settings as Settings, nodes, ac };
  return { ...element, ...(constant ? { constant } : {}), ...(waveform ? { waveform } : {}) };
}

/** `SIN(0 1 1k)`, up to the next word of the source's grammar or setting. */
function takeWaveform({ cursor }: ElementLine): Waveform {
  const shape = cursor.word()?.toLowerCase() ?? "";
  const values: Formula[] = [];
  let repeats = false;
  while (!cursor.atEnd && !cursor.atSetting()) {
    const word = cursor.peekWord();
    if (isGrammar(word)) break;
    // PWL has words among its numbers: REPEAT FOREVER.
    repeats ||= word?.toLowerCase() === "forever";
    const value = word !== undefined && /^[a-z_]+$/i.test(word) ? undefined : cursor.value();
    if (value) values.push(value);
    else cursor.word();
  }
  return { shape: shape === "sine" ? "sin" : shape, arguments: values, ...(repeats ? { repeats } : {}) };
}

/** The next value, unless a word of the source's grammar or a setting comes. */
function takeNumber({ cursor }: ElementLine): Formula | undefined {
  if (cursor.atEnd || cursor.atSetting()) return undefined;
  if (isGrammar(cursor.peekWord())) return undefined;
  const start = cursor.at;
  const value = cursor.value();
  if (value && value.expression !== null) return value;
  cursor.at = start;
  return undefined;
}

function isGrammar(word: string | undefined): boolean {
  const lower = word?.toLowerCase() ?? "";
  return lower === "dc" || otherAnalyses.has(lower) || shapes.has(lower);
}
