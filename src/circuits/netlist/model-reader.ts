import type { LineCursor } from "./line-cursor.ts";
import { deviceType, isAudibleLoss } from "./model-types.ts";
import type { Formula, ModelCard, Place, Settings } from "./netlist.ts";
import { netlistError, quoted } from "./netlist-error.ts";

/** `.model name type(a=1 b=2)`, with or without brackets; `ako:other` starts from another model. */
export function readModel(cursor: LineCursor, place: Place, warn: (place: Place, text: string) => void): ModelCard {
  const name = cursor.word()?.toLowerCase();
  let base: string | undefined;
  let type = cursor.atSetting() ? "" : (cursor.word()?.toLowerCase() ?? "");
  if (type.startsWith("ako:")) {
    base = type.slice(4) || cursor.word()?.toLowerCase();
    type = cursor.atSetting() ? "" : (cursor.word()?.toLowerCase() ?? "");
  }
  if (name === undefined || (type === "" && base === undefined)) {
    throw netlistError(
      "netlist-syntax",
      place,
      `${quoted(cursor.line.text)} has no ${name === undefined ? "name" : "type"}`,
      "write .model 1N4148 D(IS=2.52n N=1.752)",
    );
  }
  const unused: string[] = [];
  const flags: Record<string, Formula> = {};
  const settings: Settings = cursor.settings((word) => {
    // VDMOS has its polarity as a word.
    if (/^[np]chan$/i.test(word.text)) flags[word.text.toLowerCase()] = word;
    else unused.push(word.text);
  });
  if (unused.length > 0) warn(place, `.model ${name}: ${unused.join(" ").slice(0, 120)} is not used`);
  if (/^c?sw$/.test(type) && settings[type === "sw" ? "vh" : "ih"]?.text.startsWith("-") === false) {
    warn(place, `.model ${name}: hysteresis is not simulated, the switch goes over smoothly within it`);
  }
  const device = deviceType(type);
  const quiet = Object.keys(settings).filter((setting) => device && isAudibleLoss(device, setting));
  if (quiet.length > 0) warn(place, `.model ${name}: ${quiet.join(" ").toUpperCase()} not simulated`);
  return { name, place, type, settings: { ...settings, ...flags }, ...(base === undefined ? {} : { base }) };
}
