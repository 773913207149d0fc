import type { FrontEndDocument } from "../signal/index.ts";

/** The time of the middle of frame `t`, in seconds from the start of the sound. */
export function frameSeconds(
  t: number,
  { sampleRate, hop, center, fftSize }: Pick<FrontEndDocument, "sampleRate" | "hop" | "center" | "fftSize">,
): number {
  return (t * hop + (center ? 0 : fftSize / 2)) / sampleRate;
}
