import { createRandom } from "../../signal/index.ts";
import { addDrumStroke, chooseDrumKit, type DrumName } from "./drum-strokes.ts";
import { finishSound, firstStroke } from "./finish-sound.ts";
import { between, choose, logBetween } from "./random-choices.ts";
import { soundLength, type SoundRequest } from "./sound-request.ts";

/**
 * Drums one stroke at a time, soft and hard, far enough apart to hear most of each ring.
 *
 * @param request - Seed, rate and length.
 * @param request.drums - Which ones; each stroke is on one of them.
 * @returns Shape `[samples]`, peak 1, ends faded.
 * @throws TonewrightError `signal-rate`, `signal-length`.
 */
export function drumHits(request: SoundRequest & { readonly drums: readonly DrumName[] }): Float64Array {
  const { seed, sampleRate, drums } = request;
  const random = createRandom(seed);
  const out = new Float64Array(soundLength(request));
  const kit = chooseDrumKit(random);
  const gapSeconds = logBetween(random, 0.12, 0.45);
  for (let start = firstStroke(sampleRate); start < out.length; ) {
    const velocity = between(random, 0.15, 1) ** 1.3;
    addDrumStroke(out, kit[choose(random, drums)], { start, sampleRate, random, velocity });
    start += Math.max(1, Math.round(gapSeconds * choose(random, [0.5, 1, 1, 2]) * sampleRate));
  }
  return finishSound(out, sampleRate);
}
