import type { ByteWindow } from "./byte-window.ts";
import { corrupt, cutShort, unsupportedEncoding } from "./file-refusal.ts";
import { nameOggCodec } from "./ogg-codec-name.ts";
import { isOggPage, type OggPage, readOggPage } from "./ogg-page.ts";

/** The packets that end on one page. */
export interface OggPackets {
  readonly packets: readonly Uint8Array[];
  /** Position in samples behind the last of them; `undefined` only where none ends. */
  readonly granule: number | undefined;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** Nothing follows in the file. */
  readonly isAtEnd: boolean;
  readonly serial: number;
}

/** What the walk needs besides the bytes. */
export interface OggWalkOptions {
  readonly name: string;
  /** Told about bytes after the end. */
  readonly warnings: string[];
  /** Seconds of sound on the pages before, for messages; asked when something is wrong. */
  readonly seconds: () => number;
}

/**
 * All pages of an Ogg file in order, taken apart into packets, one stream after another.
 *
 * What is checked: the checksum of every page; that pages are numbered without a gap and belong to one stream at a time;
 * that packets go on where the page before left them; that every stream has its last page. Streams that run side by
 * side are refused.
 *
 * @throws TonewrightError `corrupt-file`, `truncated-file`, `unsupported-encoding`.
 */
export async function* oggPackets(
  window: ByteWindow,
  { name, warnings, seconds }: OggWalkOptions,
): AsyncGenerator<OggPackets> {
  const seen = new Set<number>();
  let before: OggPage | undefined; // on the same stream
  let pieces: Uint8Array[] = [];
  let at = 0;
  const place = () => `at ${seconds().toFixed(3)} s`;
  while (at < window.size) {
    if (before === undefined && at > 0 && (await isForeignEnd(window, at))) {
      warnings.push(`"${name}" goes on for ${window.size - at} bytes after its sound; they are left out`);
      break;
    }
    const page = await readOggPage(window, at, { name, place: place() });
    if (before === undefined) {
      if (!page.isFirst) throw corrupt(name, `${place()}, the beginning of a stream is missing`);
      if (seen.has(page.serial)) throw corrupt(name, `${place()}, a second stream has the number of an earlier one`);
      seen.add(page.serial);
    } else checkSuccession(before, page, { name, place: place() });
    if (page.isContinued !== pieces.length > 0) throw corrupt(name, `${place()}, a packet is torn apart`);
    const packets = takePackets(page, pieces);
    if (packets.length > 0 && page.granule === undefined) throw corrupt(name, `${place()}, a page has no position`);
    const { isFirst, isLast, serial } = page;
    const granule = packets.length > 0 ? page.granule : undefined;
    yield { packets, granule, isFirst, isLast, isAtEnd: page.end === window.size, serial };
    if (isLast && pieces.length > 0) throw corrupt(name, `${place()}, the last packet is not complete`);
    before = isLast ? undefined : page;
    if (isLast) pieces = [];
    at = page.end;
  }
  if (before !== undefined) throw cutShort(name, `it ends without its last page (${place()})`);
}

function checkSuccession(before: OggPage, page: OggPage, { name, place }: { name: string; place: string }): void {
  if (page.serial !== before.serial) {
    if (before.isFirst && page.isFirst) {
      const kinds = [before, page].map(({ body }) => nameOggCodec(body)).join(" and ");
      throw unsupportedEncoding(name, `several streams side by side in Ogg (${kinds})`);
    }
    throw corrupt(name, `${place}, a page belongs to another stream`);
  }
  const expected = (before.sequence + 1) % 2 ** 32;
  if (page.sequence !== expected) {
    throw corrupt(name, `${place}, page ${expected} is missing (page ${page.sequence} follows)`);
  }
  if (page.isFirst) throw corrupt(name, `${place}, a stream begins a second time`);
}

/** The packets that end on a page; `pieces` is overwritten: what the pages before left, then what this one leaves. */
function takePackets({ lacing, body }: OggPage, pieces: Uint8Array[]): Uint8Array[] {
  const packets: Uint8Array[] = [];
  let start = 0;
  let end = 0;
  for (const length of lacing) {
    end += length;
    if (length === 255) continue;
    pieces.push(body.subarray(start, end));
    packets.push(join(pieces));
    pieces.length = 0;
    start = end;
  }
  if (end > start) pieces.push(body.slice(start, end));
  return packets;
}

function join(pieces: readonly Uint8Array[]): Uint8Array {
  const [first = new Uint8Array(0)] = pieces;
  if (pieces.length <= 1) return first;
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** True if nothing that follows looks like a page, as with a tag or padding at the end. */
async function isForeignEnd(window: ByteWindow, start: number): Promise<boolean> {
  for (let at = start; at < window.size; at += SEARCH_BYTES) {
    const bytes = await window.bytes(at, SEARCH_BYTES + 3);
    for (let k = bytes.indexOf(0x4f); k >= 0; k = bytes.indexOf(0x4f, k + 1)) {
      if (isOggPage(bytes.subarray(k, k + 4))) return false;
    }
  }
  return true;
}

const SEARCH_BYTES = 32_768;
