import type { SegmentGrid } from "./example.ts";
import type { ChannelChoice } from "./mono.ts";

/** What can be told to `inspectPair`. */
export interface InspectOptions {
  /** File names for messages. */
  readonly dryName: string;
  readonly wetName?: string | undefined;
  /** If the recording is made of segments: only their scored parts are looked at. */
  readonly segment?: SegmentGrid | undefined;
  readonly channel?: ChannelChoice | undefined;
  readonly maxDelaySeconds?: number | undefined;
  /** The delay, if it is known; then it is not searched. */
  readonly delaySamples?: number | undefined;
}
