import { TonewrightError } from "../../errors/index.ts";
import type { RecordingStream } from "../recording.ts";
import type { ByteSource } from "./byte-source.ts";
import { type ByteWindow, createByteWindow } from "./byte-window.ts";
import { badHeader, corrupt, noSamples, unsupportedEncoding } from "./file-refusal.ts";
import { recogniseForeignFile } from "./foreign-file.ts";
import { nameOggCodec } from "./ogg-codec-name.ts";
import { isOggPage, readLastOggPage } from "./ogg-page.ts";
import { type OggPackets, oggPackets } from "./ogg-packets.ts";
import type { OggDecoder, OggStream } from "./ogg-stream.ts";
import { createOggTimeline, type OggTimeline, type OggTimelineOptions } from "./ogg-timeline.ts";
import { OPUS_HEADERS, readOpusStream } from "./opus-stream.ts";
import { readVorbisStream, VORBIS_HEADERS } from "./vorbis-stream.ts";
import { readOnce } from "./read-once.ts";

/**
 * An Ogg file of Vorbis or Opus as a stream of blocks, aligned to the sample with what `oggdec` and `opusdec` write.
 *
 * Opus comes at the 48 kHz it is coded in, whatever the rate before. Three channels and more come in the order of WAV
 * files (5.1: front left, front right, center, low frequencies, back left, back right), which is the order that oggenc
 * and opusenc take them in. Streams one after another in one file (chained) are read as one if rate and channels agree;
 * then the length is not known before the end.
 *
 * The libraries decode packets that were taken out of checked pages here. Left to themselves they give as many samples
 * after a flipped bit as before, fewer after a missing page or a cut, none without headers, 312 too many of an Opus file
 * of one page of sound, all without an error.
 *
 * @param source - The whole file. A file of several streams side by side (sound with video), or of anything but Vorbis
 *   and Opus, is refused by name.
 * @param options.name - File name for messages.
 * @throws TonewrightError `empty-file`, `not-an-ogg`, `bad-header`, `unsupported-encoding`, `truncated-file`,
 *   `corrupt-file`; while it is read also `unsupported-encoding` where a chained stream differs.
 * @throws TonewrightError `unsupported-rate` below 1 kHz or above 768 kHz, `unsupported-channels` above 64.
 * @see libvorbisfile 3 (libvorbis 1.3.7, as oggdec 1.4.2; here @wasm-audio-decoders/ogg-vorbis 0.1.20): within 2.5e-7 of
 *   full scale. oggdec itself mixes up the order of five channels and more, and cuts samples before position 0 out of the
 *   last block of the first page instead of in front, where the specification wants them cut.
 * @see opusdec 0.2 (libopus 1.3.1; here opus-decoder 0.7.12): speech equal, music within 1e-4 of its own level, since the
 *   WebAssembly build approximates the powers of two that scale its bands (FLOAT_APPROX, celt/mathops.h).
 */
export async function openOgg(source: ByteSource, { name }: { readonly name: string }): Promise<RecordingStream> {
  const window = createByteWindow(source, name);
  await refuseForeignFile(window, name);
  const warnings: string[] = [];
  let timeline: OggTimeline | undefined;
  const pages = oggPackets(window, { name, warnings, seconds: () => timeline?.seconds() ?? 0 });
  const first = await openLink(pages, { name, warnings, before: 0 });
  if (first === undefined) throw noSamples(name);
  timeline = first.timeline;
  const { format, sampleRate, channelCount } = first.stream;
  const last = await readLastOggPage(window);
  const isWhole = last?.isLast === true && last.serial === first.serial && last.granule !== undefined;
  const samples = isWhole ? first.timeline.samplesUpTo(last.granule) : undefined;
  if (samples !== undefined && samples <= 0) throw noSamples(name);
  return {
    format,
    encoding: format,
    sampleRate,
    channelCount,
    samples,
    warnings,
    blocks: readOnce(() =>
      linkBlocks(first, {
        pages,
        name,
        warnings,
        onLink: (link) => {
          timeline = link.timeline;
        },
      }),
    ),
  };
}

/** One of the streams that follow each other in a file, its headers read. */
interface OggLink {
  readonly stream: OggStream;
  readonly serial: number;
  readonly timeline: OggTimeline;
  /** The first page that holds sound, already placed on the timeline. */
  readonly firstPage: PlacedPage | undefined;
}

interface PlacedPage extends OggPackets, ReturnType<OggTimeline["next"]> {}

async function refuseForeignFile(window: ByteWindow, name: string): Promise<void> {
  if (window.size === 0) {
    throw new TonewrightError("empty-file", `"${name}" is empty (0 bytes)`, "export or record the file again");
  }
  const head = await window.bytes(0, 512);
  if (isOggPage(head)) return;
  const { kind, hint } = recogniseForeignFile(head);
  throw new TonewrightError("not-an-ogg", `"${name}" is not an Ogg file: it looks like ${kind}`, hint);
}

type Pages = AsyncIterator<OggPackets>;

/** Reads the headers of the next stream and its first page of sound; `undefined` at the end of the file. */
async function openLink(pages: Pages, options: OggTimelineOptions): Promise<OggLink | undefined> {
  const { name, warnings } = options;
  const headers: Uint8Array[] = [];
  let wanted = 1;
  let page: OggPackets | undefined;
  while (headers.length < wanted) {
    page = await nextPage(pages);
    if (page === undefined && headers.length === 0) return undefined;
    if (page === undefined || (page.isLast && headers.length + page.packets.length < wanted)) {
      throw badHeader(name, "its Ogg stream ends before its sound begins");
    }
    headers.push(...page.packets);
    if (headers.length > 0) wanted = headerCount(headers[0] ?? new Uint8Array(0), name);
  }
  const stream = wanted === VORBIS_HEADERS ? readVorbisStream(headers, name) : readOpusStream(headers, name);
  warnings.push(...stream.warnings);
  const timeline = createOggTimeline(stream, options);
  const serial = page?.serial ?? 0;
  if (headers.length > wanted) throw badHeader(name, "a page of its Ogg stream holds headers and sound at once");
  while (page?.isLast === false) {
    page = await nextPage(pages);
    if (page === undefined) break;
    const placed = { ...page, ...timeline.next(page) };
    if (page.packets.length > 0) return { stream, serial, timeline, firstPage: placed };
  }
  return { stream, serial, timeline, firstPage: undefined };
}

async function nextPage(pages: Pages): Promise<OggPackets | undefined> {
  const next = await pages.next();
  return next.done === true ? undefined : next.value;
}

function headerCount(packet: Uint8Array, name: string): number {
  const codec = nameOggCodec(packet);
  if (codec === "Vorbis") return VORBIS_HEADERS;
  if (codec === "Opus") return OPUS_HEADERS;
  throw unsupportedEncoding(name, `${codec} in Ogg`);
}

interface LinkOptions {
  readonly pages: Pages;
  readonly name: string;
  readonly warnings: string[];
  /** Told when a stream begins. */
  readonly onLink: (link: OggLink) => void;
}

async function* linkBlocks(
  first: OggLink,
  { pages, name, warnings, onLink }: LinkOptions,
): AsyncGenerator<Float32Array[]> {
  let given = 0;
  let link: OggLink | undefined = first;
  while (link !== undefined) {
    onLink(link);
    for await (const block of streamBlocks(link, { pages, name })) {
      given += block[0]?.length ?? 0;
      yield block;
    }
    const before = given / first.stream.sampleRate;
    link = await openLink(pages, { name, warnings, before });
    if (link !== undefined && describe(link.stream) !== describe(first.stream)) {
      const change = `${describe(first.stream)} up to ${before.toFixed(3)} s and ${describe(link.stream)} from there on`;
      throw unsupportedEncoding(name, change);
    }
  }
  if (given === 0) throw noSamples(name);
}

function describe({ format, sampleRate, channelCount }: OggStream): string {
  return `${sampleRate} Hz with ${channelCount} channels (${format})`;
}

/** The sound of one stream, a block for each page. */
async function* streamBlocks(
  { stream, timeline, firstPage }: OggLink,
  { pages, name }: { readonly pages: Pages; readonly name: string },
): AsyncGenerator<Float32Array[]> {
  const decoder = await stream.createDecoder();
  try {
    let page = firstPage;
    while (page !== undefined) {
      const { from, to } = page;
      const channels = page.packets.length === 0 ? [] : await decodePage(decoder, page);
      if (typeof channels === "string") {
        throw corrupt(name, `at ${page.startSeconds.toFixed(3)} s, the decoder refuses a page (${channels})`);
      }
      if (from < to) yield channels.map((channel) => channel.subarray(from, to));
      const next: OggPackets | undefined = page.isLast ? undefined : await nextPage(pages);
      page = next === undefined ? undefined : { ...next, ...timeline.next(next) };
    }
  } finally {
    release(decoder);
  }
}

/** The channels of a page, or in words why there are none. A trap of the WebAssembly counts as a refusal. */
async function decodePage(decoder: OggDecoder, { packets, samples }: PlacedPage): Promise<Float32Array[] | string> {
  try {
    const channels = await decoder.decode(packets);
    if (typeof channels === "string") return channels;
    const given = channels[0]?.length ?? 0;
    if (given !== samples) return `it gave ${given} of ${samples} samples`;
    return channels.every(hasFiniteSum) ? channels : "it gave numbers that are not finite";
  } catch (error) {
    return String(error);
  }
}

/** A sum keeps what is not finite, and a float64 sum of float32 values does not overflow. */
function hasFiniteSum(channel: Float32Array): boolean {
  let sum = 0;
  for (let n = 0; n < channel.length; n++) sum += channel[n]!;
  return Number.isFinite(sum);
}

function release(decoder: OggDecoder): void {
  try {
    decoder.free();
  } catch {
    // After a trap its memory cannot be tidied; it goes with the instance.
  }
}
