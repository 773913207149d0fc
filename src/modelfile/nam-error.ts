import { TonewrightError } from "../errors/index.ts";

/** The error for a `.nam` file that asks for something this project does not play; `feature` is a noun. */
export function unsupportedNam(name: string, feature: string): TonewrightError {
  return new TonewrightError(
    "unsupported-nam",
    `"${name}" uses ${feature}, which Tonewright does not play`,
    "choose a plain LSTM or WaveNet model (all A1 and A2 captures of the NAM trainer are)",
  );
}

/** The error for a `.nam` file that breaks its own format; `found` starts with a verb. */
export function invalidNam(name: string, found: string): TonewrightError {
  return new TonewrightError("invalid-nam", `"${name}" ${found}`, "download or export the .nam file again");
}
