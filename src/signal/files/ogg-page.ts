import type { ByteWindow } from "./byte-window.ts";
import { corrupt, cutShort } from "./file-refusal.ts";
import { oggChecksum } from "./ogg-checksum.ts";

/** One page of an Ogg file, whose checksum fits. */
export interface OggPage {
  /** Byte offset behind it. */
  readonly end: number;
  /** Its first packet began on the page before. */
  readonly isContinued: boolean;
  /** The first or the last page of its stream. */
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** Position in samples at the end of the last packet that ends on the page; `undefined` if none does. */
  readonly granule: number | undefined;
  /** The number of the stream it belongs to. */
  readonly serial: number;
  /** Its own number within the stream. */
  readonly sequence: number;
  /** Lengths of the pieces of packets; a packet ends with a piece shorter than 255. */
  readonly lacing: Uint8Array;
  readonly body: Uint8Array;
}

/** Bytes of the longest page there can be. */
export const MAX_PAGE_BYTES = 27 + 255 + 255 * 255;

/**
 * The page that starts at `at`.
 *
 * @param options.place - Where that is in the sound, to follow "is damaged" or "is cut short", for messages.
 * @throws TonewrightError `truncated-file`, `corrupt-file`.
 * @see RFC 3533, section 6.
 */
export async function readOggPage(
  window: ByteWindow,
  at: number,
  { name, place }: { readonly name: string; readonly place: string },
): Promise<OggPage> {
  const head = await window.bytes(at, 27 + 255);
  const isCut = head.length < 4 && head.every((byte, k) => byte === CAPTURE[k]);
  if (!isCut && !isOggPage(head))
    throw corrupt(name, `${place}, no page begins where the one before ends (byte ${at})`);
  const end = at + 27 + (head[26] ?? 0) + sum(head.subarray(27, 27 + (head[26] ?? 0)));
  if (head.length < 27 || at + 27 + (head[26] ?? 0) > window.size || end > window.size) {
    throw cutShort(name, `it ends inside a page (${place})`);
  }
  const page = await window.bytes(at, end - at);
  const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
  if (view.getUint32(22, true) !== oggChecksum(page)) {
    throw corrupt(name, `${place}, a page fails its checksum (bytes ${at} to ${end})`);
  }
  const flags = view.getUint8(5);
  const granuleHigh = view.getUint32(10, true);
  const granuleLow = view.getUint32(6, true);
  const hasGranule = granuleHigh !== 0xffffffff || granuleLow !== 0xffffffff;
  if (view.getUint8(4) !== 0 || (hasGranule && granuleHigh >= 2 ** 20)) {
    throw corrupt(name, `${place}, the header of a page makes no sense (byte ${at})`);
  }
  return {
    end,
    isContinued: (flags & 1) !== 0,
    isFirst: (flags & 2) !== 0,
    isLast: (flags & 4) !== 0,
    granule: hasGranule ? granuleHigh * 2 ** 32 + granuleLow : undefined,
    serial: view.getUint32(14, true),
    sequence: view.getUint32(18, true),
    lacing: page.subarray(27, 27 + view.getUint8(26)),
    body: page.subarray(27 + view.getUint8(26)),
  };
}

/** True if the bytes begin as a page does. */
export function isOggPage(bytes: Uint8Array): boolean {
  return CAPTURE.every((byte, k) => bytes[k] === byte);
}

/** The last page of a file, or `undefined` if the file does not end with a whole one. */
export async function readLastOggPage(window: ByteWindow): Promise<OggPage | undefined> {
  const from = Math.max(0, window.size - MAX_PAGE_BYTES);
  const tail = await window.bytes(from, MAX_PAGE_BYTES);
  for (let k = tail.lastIndexOf(CAPTURE[0]); k >= 0; k = k === 0 ? -1 : tail.lastIndexOf(CAPTURE[0], k - 1)) {
    if (!isOggPage(tail.subarray(k, k + 4))) continue;
    const page = await readOggPage(window, from + k, { name: "", place: "" }).catch(() => undefined);
    if (page?.end === window.size) return page;
  }
  return undefined;
}

const CAPTURE = [0x4f, 0x67, 0x67, 0x53] as const; // OggS

function sum(bytes: Uint8Array): number {
  return bytes.reduce((total, byte) => total + byte, 0);
}
