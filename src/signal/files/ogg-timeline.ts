import { corrupt } from "./file-refusal.ts";
import type { OggPackets } from "./ogg-packets.ts";
import type { OggStream } from "./ogg-stream.ts";

/** Which of the samples that a page decodes to belong to the recording. */
export interface OggPageSpan {
  /** Samples that the packets of the page must decode to. */
  readonly samples: number;
  /** Of these, the part that belongs to the recording; empty where `to` is not beyond `from`. */
  readonly from: number;
  readonly to: number;
  /** Where the page starts, for messages. */
  readonly startSeconds: number;
}

/** Follows the positions of the pages of one stream, and compares them with the lengths of its packets. */
export interface OggTimeline {
  /** The span of the next page. @throws TonewrightError `corrupt-file`. */
  next(page: OggPackets): OggPageSpan;
  /** Seconds of the recording up to here, streams before this one included. */
  seconds(): number;
  /** Samples of the recording if its last position is `granule`; known once the first page was seen. */
  samplesUpTo(granule: number): number;
}

/** What a timeline needs besides the stream. */
export interface OggTimelineOptions {
  readonly name: string;
  /** Seconds of the streams before this one, for messages. */
  readonly before: number;
  /** Told about positions that are not exact. */
  readonly warnings: string[];
}

/**
 * The timeline of a stream, from its first page of sound.
 *
 * A position is that of the end of the last packet on its page. The first page tells where the stream starts: later
 * than 0 for a piece of a longer stream, which changes nothing; before 0 where samples are to be cut in front (Vorbis
 * only). The last page may name an end before the end of its last packet: the rest is cut. Positions that are off by up
 * to a millisecond are believed with a warning, since programs that copy from WebM round them; more is damage.
 *
 * @see Vorbis I specification, section A.2; RFC 7845, section 4; libvorbis 1.3.7, lib/block.c, for believing positions.
 */
export function createOggTimeline(stream: OggStream, { name, before, warnings }: OggTimelineOptions): OggTimeline {
  const tolerance = Math.ceil(stream.sampleRate / 1000);
  let start: number | undefined; // position of the first decoded sample
  let decoded = 0;
  let skip = stream.preSkip;
  let isExact = true;
  const seconds = () => before + Math.max(0, decoded - skip) / stream.sampleRate;
  const damage = (found: string) => corrupt(name, `at ${seconds().toFixed(3)} s, ${found}`);
  return {
    seconds,
    samplesUpTo: (granule) => granule - (start ?? 0) - skip,
    next({ packets, granule, isLast, isAtEnd }) {
      const startSeconds = seconds();
      const first = decoded;
      let samples = 0;
      for (const packet of packets) {
        const more = stream.packetSamples(packet);
        if (more === undefined) throw damage("a packet is not one of sound");
        samples += more;
      }
      let end = first + samples;
      if (granule !== undefined) {
        if (start === undefined) {
          start = granule - end;
          if (start < 0 && isLast) start = 0; // a stream of one page is cut at its end, not in front
          if (start < 0 && !stream.mayStartLate) throw damage(`its first position, ${granule}, is before its sound`);
          skip += Math.max(0, -start);
        }
        const missing = granule - start - end;
        if (missing > tolerance) throw damage(`${missing} samples are missing before position ${granule}`);
        if (missing < 0 && isLast) {
          end += missing;
          if (end < first) throw damage("its last position is before the last page");
        } else if (missing !== 0) {
          // A last page without its mark may name an end: the walk over the pages will say what is missing.
          if (missing < -tolerance && !isAtEnd) throw damage("the positions of its pages run backwards");
          if (isExact) warnings.push(`"${name}" has rounded positions: its end may be up to a millisecond off`);
          isExact = false;
          start += missing;
        }
      }
      decoded = isLast ? end : first + samples;
      return { samples, from: Math.min(samples, Math.max(0, skip - first)), to: end - first, startSeconds };
    },
  };
}
