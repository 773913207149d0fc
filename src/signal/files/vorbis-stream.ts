import type { OggVorbisDecoder } from "@wasm-audio-decoders/ogg-vorbis";
import { badHeader, checkChannelsAndRate, unsupportedEncoding } from "./file-refusal.ts";
import { type OggDecoder, type OggStream, WAV_CHANNELS } from "./ogg-stream.ts";
import { bitLength, readVorbisModes, startsLikeHeader } from "./vorbis-setup.ts";

/** Packets in front of the sound. */
export const VORBIS_HEADERS = 3;

/**
 * A Vorbis stream from its three header packets: identification, comments, setup.
 *
 * Channels come in the order of WAV files, not in Vorbis' own (they differ from three channels on).
 *
 * @throws TonewrightError `bad-header`, `unsupported-encoding` (more than 8 channels).
 * @see Vorbis I specification, section 4.2.
 */
export function readVorbisStream(headers: readonly Uint8Array[], name: string): OggStream {
  const [identification = NO_BYTES, comments = NO_BYTES, setup = NO_BYTES] = headers;
  const { channels, sampleRate, blockSizes } = readIdentification(identification, name);
  if (!startsLikeHeader(comments, 3)) throw badHeader(name, "the second packet of its Vorbis stream holds no comments");
  const modes = readVorbisModes(setup, channels);
  if (modes === undefined) throw badHeader(name, "the tables of its Vorbis stream make no sense");
  const modeMask = 2 ** bitLength(modes.length - 1) - 1;
  let before: number | undefined;
  return {
    format: "ogg-vorbis",
    sampleRate,
    channelCount: channels,
    preSkip: 0,
    mayStartLate: true,
    warnings: [],
    packetSamples(packet) {
      const [first = 1] = packet; // the lowest bit marks a header
      const isLong = modes[(first >> 1) & modeMask];
      if ((first & 1) === 1 || isLong === undefined) return undefined;
      const size = blockSizes[isLong ? 1 : 0];
      const samples = before === undefined ? 0 : (before + size) / 4;
      before = size;
      return samples;
    },
    createDecoder: () => createVorbisDecoder(identification, setup, channels),
  };
}

const NO_BYTES = new Uint8Array(0);

function readIdentification(packet: Uint8Array, name: string) {
  if (!startsLikeHeader(packet, 1) || packet.length < 30) {
    throw badHeader(name, `the first packet of its Vorbis stream has ${packet.length} bytes, 30 are needed`);
  }
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  const version = view.getUint32(7, true);
  if (version !== 0) throw unsupportedEncoding(name, `Vorbis of version ${version}`);
  const channels = view.getUint8(11);
  const sampleRate = view.getUint32(12, true);
  checkChannelsAndRate(name, channels, sampleRate);
  if (WAV_CHANNELS[channels] === undefined) {
    throw unsupportedEncoding(name, `${channels} channels in Vorbis, which names 8 at most`);
  }
  const sizes = view.getUint8(28);
  const blockSizes = [2 ** (sizes & 15), 2 ** (sizes >> 4)] as const;
  if (blockSizes[0] < 64 || blockSizes[1] > 8192 || blockSizes[0] > blockSizes[1] || (view.getUint8(29) & 1) === 0) {
    throw badHeader(name, `its Vorbis stream declares blocks of ${blockSizes.join(" and ")} samples`);
  }
  return { channels, sampleRate, blockSizes };
}

type Pages = Parameters<OggVorbisDecoder["decodeOggPages"]>[0];

/**
 * libvorbis behind the pages that were read here. The library's own reading of Ogg files does not notice damage, and it
 * cuts the end by a count of its own; so it gets the packets of each page, as pages of no position.
 */
async function createVorbisDecoder(
  identification: Uint8Array,
  setup: Uint8Array,
  channels: number,
): Promise<OggDecoder> {
  const { OggVorbisDecoder } = await import("@wasm-audio-decoders/ogg-vorbis");
  const decoder = new OggVorbisDecoder();
  await decoder.ready;
  const order = WAV_CHANNELS[channels] ?? [];
  const header = { vorbisSetup: setup };
  let isFirst = true;
  return {
    async decode(packets) {
      const page = { data: NO_BYTES, codecFrames: packets.map((data) => ({ data, header })), isLastPage: false };
      const pages = isFirst ? [{ data: identification, codecFrames: [], isLastPage: false }, page] : [page];
      isFirst = false;
      const { channelData, errors } = await decoder.decodeOggPages(pages as unknown as Pages);
      const [error] = errors;
      if (error !== undefined) return error.message;
      if (channelData.length !== channels) return `it gave ${channelData.length} channels`;
      return order.map((c) => channelData[c] ?? new Float32Array(0));
    },
    free: () => decoder.free(),
  };
}
