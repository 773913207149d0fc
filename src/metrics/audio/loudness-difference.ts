import { checkLists, checkOptions, TonewrightError } from "../../errors/index.ts";
import { integratedLoudness, type Samples } from "../../signal/index.ts";

/**
 * Difference of the integrated loudness of two recordings, predicted less target, in LU (equal to dB).
 *
 * It forgives any other error: report it next to a distance. Positive means that the prediction is louder.
 *
 * @param predicted - Model output, shape `[channels][samples]`; at least 0.4 s.
 * @param target - Recorded output, same shape.
 * @param options.sampleRate - Hz.
 * @returns LU.
 * @throws TonewrightError `length-mismatch` for other channels or lengths; `silent-target`, `silent-prediction` if
 *   nothing is above -70 LUFS; and as `integratedLoudness`.
 * @see ITU-R BS.1770-4, EBU R 128
 */
export function loudnessDifference(
  predicted: readonly Samples[],
  target: readonly Samples[],
  options: { readonly sampleRate: number },
): number {
  checkLists("loudnessDifference(predicted, target, options)", { predicted, target });
  checkOptions("loudnessDifference(predicted, target, options)", options, { sampleRate: true });
  const { sampleRate } = options;
  const metric = "loudnessDifference";
  if (predicted.length !== target.length || predicted.some((channel, c) => channel.length !== target[c]?.length)) {
    const shape = (channels: readonly Samples[]) => `[${channels.map(({ length }) => length).join(", ")}]`;
    throw new TonewrightError(
      "length-mismatch",
      `${metric}: predicted channels of ${shape(predicted)} samples, target channels of ${shape(target)}`,
      "render the model over exactly the input that belongs to the target",
    );
  }
  const loudness = (channels: readonly Samples[], code: "silent-prediction" | "silent-target") => {
    const level = integratedLoudness(channels, { sampleRate });
    if (Number.isFinite(level)) return level;
    throw new TonewrightError(
      code,
      `${metric}: nothing ${code === "silent-target" ? "of the target" : "of the prediction"} is above -70 LUFS`,
      "judge a part in which something is played",
    );
  };
  return loudness(predicted, "silent-prediction") - loudness(target, "silent-target");
}
