import { badHeader, unsupportedEncoding } from "./file-refusal.ts";
import { type OggDecoder, type OggStream, WAV_CHANNELS } from "./ogg-stream.ts";
import { opusPacketSamples, splitOpusPacket } from "./opus-packet.ts";

/** Packets in front of the sound. */
export const OPUS_HEADERS = 2;

/**
 * An Opus stream from its two header packets: identification and comments.
 *
 * The rate is 48 kHz, whatever the rate was before encoding. Channels come in the order of WAV files, not in Opus' own
 * (they differ from three channels on). The gain in the header is applied, gains in the comments are not.
 *
 * @throws TonewrightError `bad-header`, `unsupported-encoding` (ambisonics, more than 8 channels).
 * @see RFC 7845, section 5.
 */
export function readOpusStream(headers: readonly Uint8Array[], name: string): OggStream {
  const [identification = NO_BYTES, comments = NO_BYTES] = headers;
  const head = readIdentification(identification, name);
  if (String.fromCharCode(...comments.subarray(0, 8)) !== "OpusTags") {
    throw badHeader(name, "the second packet of its Opus stream holds no comments");
  }
  const { channels, family, preSkip } = head;
  return {
    format: "ogg-opus",
    sampleRate: 48_000,
    channelCount: channels,
    preSkip,
    mayStartLate: false,
    warnings:
      family === 255 && channels > 1
        ? [`"${name}" does not say where its ${channels} channels belong; they come in the order of the file`]
        : [],
    packetSamples: (packet) => opusPacketSamples(packet, head.streams),
    createDecoder: () => createOpusDecoder(head),
  };
}

const NO_BYTES = new Uint8Array(0);

interface OpusHead {
  readonly channels: number;
  /** How channels are arranged: 0 mono or stereo, 1 the list that Vorbis uses, 255 not said. */
  readonly family: number;
  /** Samples. */
  readonly preSkip: number;
  /** dB. */
  readonly gainDb: number;
  readonly streams: number;
  /** Streams, the first ones, that hold two channels. */
  readonly coupled: number;
  /** For each channel in the order of WAV, which decoded one it is; 255 for silence. */
  readonly mapping: readonly number[];
}

function readIdentification(packet: Uint8Array, name: string): OpusHead {
  if (packet.length < 19) {
    throw badHeader(name, `the first packet of its Opus stream has ${packet.length} bytes, 19 are needed`);
  }
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  const version = view.getUint8(8);
  if (version >> 4 !== 0) throw unsupportedEncoding(name, `Opus of version ${version}`);
  const channels = view.getUint8(9);
  const family = view.getUint8(18);
  if (family === 2 || family === 3) throw unsupportedEncoding(name, "a sound field (ambisonics) in Opus");
  if (family > 1 && family < 255) throw unsupportedEncoding(name, `Opus with channels of unknown family ${family}`);
  const common = { channels, family, preSkip: view.getUint16(10, true), gainDb: view.getInt16(16, true) / 256 };
  const badChannels = badHeader(name, `its Opus stream declares ${channels} channels of family ${family}`);
  if (channels === 0) throw badChannels;
  if (family === 0) {
    if (channels > 2) throw badChannels;
    return { ...common, streams: 1, coupled: channels - 1, mapping: channels === 1 ? [0] : [0, 1] };
  }
  if (channels > 8) {
    if (family === 1) throw badChannels;
    throw unsupportedEncoding(name, `${channels} channels in Opus, 8 can be read`);
  }
  const streams = packet[19] ?? 0;
  const coupled = packet[20] ?? 0;
  const listed = [...packet.subarray(21, 21 + channels)];
  const isTrue =
    listed.length === channels &&
    streams > 0 &&
    coupled <= streams &&
    streams + coupled <= 255 &&
    listed.every((source) => source === 255 || source < streams + coupled);
  if (!isTrue) throw badHeader(name, `the ${channels} channels of its Opus stream make no sense`);
  const order = family === 1 ? (WAV_CHANNELS[channels] ?? []) : listed.keys();
  return { ...common, streams, coupled, mapping: Array.from(order, (c) => listed[c] ?? 255) };
}

/**
 * libopus behind the packets that were read here. The library gets them without pre-skip and end, which are cut here,
 * and cannot apply the gain of the header nor take packets beyond 3840 bytes per channel.
 */
async function createOpusDecoder(head: OpusHead): Promise<OggDecoder> {
  const { OpusDecoder } = await import("opus-decoder");
  const decoder = new OpusDecoder({
    channels: head.channels,
    streamCount: head.streams,
    coupledStreamCount: head.coupled,
    channelMappingTable: [...head.mapping],
    preSkip: 0,
  });
  await decoder.ready;
  const longest = 3840 * head.channels;
  const gain = 10 ** (head.gainDb / 20);
  return {
    async decode(packets) {
      const parts: Uint8Array[] = [];
      for (const packet of packets) {
        if (packet.length <= longest) parts.push(packet);
        else if (head.streams === 1) parts.push(...splitOpusPacket(packet));
        else return `a packet of ${packet.length} bytes, ${longest} can be read`;
      }
      const { channelData, errors } = decoder.decodeFrames(parts);
      const [error] = errors;
      if (error !== undefined) return error.message;
      if (gain !== 1) for (const channel of channelData) for (let n = 0; n < channel.length; n++) channel[n]! *= gain;
      return channelData;
    },
    free: () => decoder.free(),
  };
}
