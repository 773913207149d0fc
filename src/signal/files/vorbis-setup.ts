import { createVorbisBits, type VorbisBits } from "./vorbis-bits.ts";

/**
 * For each mode of a Vorbis stream, whether its blocks are long: what is needed to know the length of a packet without
 * decoding it. `undefined` if the packet cannot be a setup header.
 *
 * The modes stand at the end of the packet, behind tables of lengths that only their content tells, so all of it is
 * read.
 *
 * @param packet - The third packet of the stream.
 * @param channels - Of the stream.
 * @see Vorbis I specification, section 4.2.4.
 */
export function readVorbisModes(packet: Uint8Array, channels: number): boolean[] | undefined {
  const bits = createVorbisBits(packet);
  if (!startsLikeHeader(packet, 5)) return undefined;
  bits.skip(8 * 7);
  const parts = [skipCodebook, skipTime, skipFloor, skipResidue, skipMapping];
  for (const skipPart of parts) {
    const count = bits.read(skipPart === skipCodebook ? 8 : 6) + 1;
    for (let k = 0; k < count; k++) {
      if (!skipPart(bits, channels) || bits.isOverrun()) return undefined;
    }
  }
  const modes: boolean[] = [];
  const count = bits.read(6) + 1;
  for (let k = 0; k < count; k++) {
    modes.push(bits.read(1) === 1);
    if (bits.read(16) !== 0 || bits.read(16) !== 0) return undefined; // kinds of window and transform
    bits.skip(8);
  }
  return bits.read(1) === 1 && !bits.isOverrun() ? modes : undefined;
}

/** True if the packet is the header of that number: 1 identification, 3 comment, 5 setup. */
export function startsLikeHeader(packet: Uint8Array, kind: number): boolean {
  return packet[0] === kind && String.fromCharCode(...packet.subarray(1, 7)) === "vorbis";
}

/** Bits that a number below `limit + 1` takes. */
export function bitLength(limit: number): number {
  return limit <= 0 ? 0 : 32 - Math.clz32(limit);
}

function skipCodebook(bits: VorbisBits): boolean {
  if (bits.read(24) !== 0x564342) return false;
  const dimensions = bits.read(16);
  const entries = bits.read(24);
  if (bitLength(dimensions) + bitLength(entries) > 24) return false; // libvorbis refuses these, too
  if (bits.read(1) === 1) {
    bits.skip(5);
    for (let entry = 0; entry < entries; ) {
      entry += bits.read(bitLength(entries - entry));
      if (entry > entries || bits.isOverrun()) return false;
    }
  } else {
    const isSparse = bits.read(1) === 1;
    for (let entry = 0; entry < entries && !bits.isOverrun(); entry++) {
      if (!isSparse || bits.read(1) === 1) bits.skip(5);
    }
  }
  const lookup = bits.read(4);
  if (lookup === 0) return true;
  if (lookup > 2) return false;
  bits.skip(64);
  const valueBits = bits.read(4) + 1;
  bits.skip(1);
  bits.skip(valueBits * (lookup === 1 ? latticeSide(entries, dimensions) : entries * dimensions));
  return true;
}

/** The largest number whose power `dimensions` is at most `entries`. */
function latticeSide(entries: number, dimensions: number): number {
  if (dimensions === 0) return 0;
  let side = Math.floor(entries ** (1 / dimensions)) + 1;
  while (side > 0 && side ** dimensions > entries) side--;
  return side;
}

function skipTime(bits: VorbisBits): boolean {
  return bits.read(16) === 0;
}

function skipFloor(bits: VorbisBits): boolean {
  const kind = bits.read(16);
  if (kind === 0) {
    bits.skip(8 + 16 + 16 + 6 + 8);
    bits.skip(8 * (bits.read(4) + 1));
    return true;
  }
  if (kind !== 1) return false;
  const partitions = Array.from({ length: bits.read(5) }, () => bits.read(4));
  const dimensions: number[] = [];
  for (let k = 0; k <= Math.max(-1, ...partitions); k++) {
    dimensions.push(bits.read(3) + 1);
    const subclasses = bits.read(2);
    if (subclasses > 0) bits.skip(8);
    bits.skip(8 * 2 ** subclasses);
  }
  bits.skip(2);
  const rangeBits = bits.read(4);
  for (const partition of partitions) bits.skip(rangeBits * (dimensions[partition] ?? 0));
  return true;
}

function skipResidue(bits: VorbisBits): boolean {
  if (bits.read(16) > 2) return false;
  bits.skip(3 * 24);
  const classes = bits.read(6) + 1;
  bits.skip(8);
  let books = 0;
  for (let k = 0; k < classes; k++) {
    let cascade = bits.read(3);
    if (bits.read(1) === 1) cascade += 8 * bits.read(5);
    for (; cascade > 0; cascade >>= 1) books += cascade & 1;
  }
  bits.skip(8 * books);
  return true;
}

function skipMapping(bits: VorbisBits, channels: number): boolean {
  if (bits.read(16) !== 0) return false;
  const submaps = bits.read(1) === 1 ? bits.read(4) + 1 : 1;
  if (bits.read(1) === 1) bits.skip(2 * bitLength(channels - 1) * (bits.read(8) + 1));
  if (bits.read(2) !== 0) return false;
  if (submaps > 1) bits.skip(4 * channels);
  bits.skip(3 * 8 * submaps);
  return true;
}
