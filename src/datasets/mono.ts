import { TonewrightError } from "../errors/index.ts";
import { meanOfChannels, type Recording } from "../signal/index.ts";

/** Which channel of a recording to use; `auto` decides by what is in them. */
export type ChannelChoice = "auto" | "left" | "right" | "mix";

/**
 * One channel of a recording.
 *
 * `auto` takes the left one of a stereo file with a warning, unless both are the same (no warning) or the left one is
 * silent (then the right one, with a warning). `mix` is the mean, which can cancel what is out of phase.
 *
 * @param recording - At least one channel.
 * @param options.name - File name for messages.
 * @param options.channel - What to take.
 * @returns Shape `[samples]`, a view of the recording where possible, and the warning to show, if any.
 * @throws TonewrightError `no-such-channel` for the right channel of a mono file.
 */
export function toMono(
  recording: Recording,
  { name, channel = "auto" }: { readonly name: string; readonly channel?: ChannelChoice },
): { readonly samples: Float32Array; readonly warning?: string } {
  const [left, right] = recording.channels;
  if (left === undefined) throw new Error("bug: a recording without channels");
  if (channel === "left") return { samples: left };
  if (channel === "right") {
    if (right !== undefined) return { samples: right };
    throw new TonewrightError("no-such-channel", `"${name}" has one channel`, "choose the left channel, or auto");
  }
  if (right === undefined) return { samples: left };
  if (channel === "mix") return { samples: meanOfChannels(recording.channels) };
  if (recording.channels.every((other) => sameSamples(left, other))) return { samples: left };
  const count = recording.channels.length;
  if (isSilent(left) && !isSilent(right)) {
    return {
      samples: right,
      warning: `"${name}" has ${count} channels and the left one is silent: the right one is used`,
    };
  }
  return { samples: left, warning: `"${name}" has ${count} different channels: the left one is used` };
}

function sameSamples(a: Float32Array, b: Float32Array): boolean {
  return a === b || a.every((value, n) => value === b[n]);
}

function isSilent(x: Float32Array): boolean {
  return x.every((value) => value === 0);
}
